"""Recipes at the place where an answer leaves: date grounding, abstention, span extraction."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from researchers.program_analysis.context import Context, location
from researchers.program_analysis.detectors.verbosity import TOO_LONG
from researchers.program_analysis.draft import Draft
from researchers.program_analysis.names import called
from researchers.program_analysis.recipes.bring import bring
from researchers.program_analysis.recipes.recipe import Recipe
from researchers.program_analysis.recipes.refusals import refusals
from researchers.program_analysis.recipes.seams import Seam, answer_seams
from researchers.program_analysis.recipes.shapes import fields

SEAMS = 3
NO_SEAM = "no place where a question, the records found and the answer text are at hand together"
_DAY = {
    r"\d{1,2} [A-Z][a-z]{3,8},? \d{4}": "{day} {month} {year}",
    r"[A-Z][a-z]{3,8} \d{1,2}, \d{4}": "{month} {day}, {year}",
    r"\d{4}-\d{2}-\d{2}": "{year}-{month2}-{day2}",
    r"\d{1,2} [A-Z][a-z]{2} \d{4}": "{day} {mon} {year}",
}


def _ground(context: Context) -> Sequence[Draft] | str:
    known = fields(context)
    seams = [s for s in answer_seams(context) if s.records]
    if not seams:
        return NO_SEAM
    if not known.date:
        return "the target's records have no date"
    samples = context.program.dossier.samples
    asked = sum(bool(re.match(r"\s*when\b", s.question, re.I)) for s in samples)
    if samples and not asked:
        return "no sampled question asks for a time"
    share = asked / len(samples) if samples else 0.2
    styles = {"DAY_FORMAT": _day_format(context), "RELATIVE_PHRASES": _tells_relatively(context)}
    what = "Answer questions for a time by the record's date, relative words resolved,"
    return list(
        _drafts(
            context,
            seams,
            "date_grounding",
            "ground_answer",
            styles,
            what,
            0.5 + share / 2,
        )
    )


def _abstain(context: Context) -> Sequence[Draft] | str:
    quoted = refusals(context)
    if not quoted:
        return "the metric's notes quote no phrase of refusal"
    seams = [s for s in answer_seams(context) if s.records]
    if not seams:
        return NO_SEAM
    drafts: list[Draft] = []
    for author, support, what in (
        (True, 0.0, "the best evidence is somebody else's"),
        (True, 0.34, "the evidence is thin or somebody else's"),
        (False, 0.34, "the evidence is thin"),
    ):
        if author and not fields(context).author:
            continue
        styles = {"REFUSAL": quoted[0], "CHECK_AUTHOR": author, "MINIMUM_SUPPORT": support}
        title = f"Refuse to answer where {what}"
        drafts += _drafts(
            context,
            seams[:2],
            "abstention",
            "answer_or_refuse",
            styles,
            title,
            0.75,
        )
    return drafts


def _shorten(context: Context) -> Sequence[Draft] | str:
    failures = context.program.dossier.failures
    said, wanted = failures.prediction_words, failures.gold_words
    if said is not None and wanted and said <= TOO_LONG * wanted:
        return f"answers of {said:g} words are not much longer than the {wanted:g} expected"
    seams = answer_seams(context)
    if not seams:
        return "no function answers a question by a text"
    length = max(3, round(2 * wanted)) if wanted else 8
    strength = 0.8 if said and wanted else 0.4
    drafts: list[Draft] = []
    for alone, title in (
        (True, "Answer by the one sentence that fits"),
        (False, f"Answer by the at most {length} words that tell something new"),
    ):
        styles = {"MAXIMUM_WORDS": length, "SENTENCE_ONLY": alone}
        drafts += _drafts(
            context,
            seams,
            "span_extraction",
            "informative_span",
            styles,
            title,
            strength,
        )
    return drafts


def _choose(context: Context) -> Sequence[Draft] | str:
    seams = [s for s in answer_seams(context) if s.records]
    if not seams:
        return NO_SEAM
    title = "Answer by the best sentence among all records found"
    return list(_drafts(context, seams, "sentence_choice", "best_sentence", {}, title, 0.6))


def _drafts(
    context: Context,
    seams: Sequence[Seam],
    part: str,
    name: str,
    styles: Mapping[str, object],
    title: str,
    strength: float,
) -> Iterator[Draft]:
    needs_records = "records" in _FORMS[name]
    constants = {**styles, **fields(context).constants}
    for i, seam in enumerate(seams[:SEAMS]):
        if name in seam.module.text:
            continue
        seam = replace(seam, places=tuple(_below(place, name) for place in seam.places))
        files = bring(context, seam.module, seam.wrapped(_FORMS[name]), part, name, constants)
        reached = f" from {seam.records}" if needs_records else ""
        yield Draft(
            f"{title} in {seam.function.name} ({seam.module.path})",
            f"{seam.function.name} answers `{seam.question}`{reached} as it is",
            location(seam.module, seam.places[0]),
            files,
            strength * 0.8**i,
            1.5,
        )


_FORMS = {
    "ground_answer": "ground_answer({question}, {records}, {value})",
    "answer_or_refuse": "answer_or_refuse({question}, {records}, {value})",
    "best_sentence": "best_sentence({question}, {records}, {value})",
    "informative_span": "informative_span({question}, {value})",
}
_OUTER_TO_INNER = ("answer_or_refuse", "ground_answer", "informative_span", "best_sentence")


def _below(place: ast.expr, name: str) -> ast.expr:
    """The expression within wrappings that must stay outside of this one."""
    outer = _OUTER_TO_INNER[: _OUTER_TO_INNER.index(name)]
    while isinstance(place, ast.Call) and called(place) in outer and place.args:
        place = place.args[-1]
    return place


def _day_format(context: Context) -> str:
    """The form in which sampled gold answers write a day."""
    counts: Counter[str] = Counter()
    for sample in context.program.dossier.samples:
        counts.update(
            form for pattern, form in _DAY.items() if re.search(rf"\b{pattern}\b", sample.gold)
        )
    return counts.most_common(1)[0][0] if counts else "{day} {month} {year}"


def _tells_relatively(context: Context) -> bool:
    """Whether sampled gold answers write `the week before 14 March 2017` and the like."""
    pattern = r"\b(week|weekend|day|[A-Z][a-z]+day)s? (before|after|of)\b"
    return any(re.search(pattern, s.gold, re.I) for s in context.program.dossier.samples)


GROUNDING = Recipe(
    "date-grounding", "architecture", 0.6, _ground, ("heideltime", "date-in-the-index")
)
ABSTENTION = Recipe(
    "abstention", "architecture", 0.6, _abstain, ("squad-unanswerable", "wrong-speaker-questions")
)
EXTRACTION = Recipe("span-extraction", "format_alignment", 0.5, _shorten, ("squad-span-f1", "drqa"))
CHOICE = Recipe("answer-format", "format_alignment", 0.5, _choose, ("drqa", "squad-span-f1"))

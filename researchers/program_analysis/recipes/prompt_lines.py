"""Lines that a prompt lacks: the form of the answer, the refusal, word-for-word copying."""

from __future__ import annotations

from collections.abc import Sequence

from researchers.program_analysis.context import Context
from researchers.program_analysis.detectors.verbosity import TOO_LONG
from researchers.program_analysis.draft import Draft
from researchers.program_analysis.recipes.prompt_shape import NO_PROMPT, prompts
from researchers.program_analysis.recipes.recipe import Recipe
from researchers.program_analysis.recipes.refusals import refusals

_WORDY = (
    r"\b(full|complete|whole|long)\b[^.]*\bsentences?\b|in detail|\bexplain your|"
    r"\belaborate|\bfriendly\b|\bverbose"
)
_BRIEF = r"\bonly the (bare )?answer|at most \w+ words|\bconcise|\bbrief|no explanation|json"
_GUESSES = r"best guess|always (give|answer|reply)|never (refuse|decline)|do not (refuse|decline)"
_EXACT = r"\bexact|verbatim|word for word|\bcopy\b|\bquote\b|as (it is |they are )?written"
_CONSTANT = 8


def _form(context: Context) -> Sequence[Draft] | str:
    failures = context.program.dossier.failures
    said, wanted = failures.prediction_words, failures.gold_words
    if said is not None and wanted and said <= TOO_LONG * wanted:
        return f"answers of {said:g} words are not much longer than the {wanted:g} expected"
    limit = max(2, round(2 * wanted)) if wanted else _CONSTANT
    line = f"Give only the answer itself, in at most {limit} words, with no sentence around it."
    drafts: list[Draft] = []
    known = prompts(context)
    for prompt in known:
        wordy = prompt.with_line_for(_WORDY, line)
        if wordy:
            why = "asks for more words than the answer has"
            drafts.append(prompt.draft("Ask for the bare answer", wordy, why, 0.7))
        elif not prompt.says(_BRIEF):
            why = "does not say in which form to answer"
            drafts.append(prompt.draft("Ask for the bare answer", prompt.with_line(line), why, 0.5))
    return drafts or (NO_PROMPT if not known else "every prompt says in which form to answer")


def _refusal(context: Context) -> Sequence[Draft] | str:
    quoted = refusals(context)
    if not quoted:
        return "the metric's notes quote no phrase of refusal"
    drafts: list[Draft] = []
    known = prompts(context)
    for prompt in known:
        line = f'If {prompt.material_does("do")} not tell, answer "{quoted[0]}".'
        guessing = prompt.with_line_for(_GUESSES, line)
        if guessing:
            why = "asks for a guess where nothing is known"
            drafts.append(prompt.draft("Say when to refuse", guessing, why, 0.7))
        elif quoted[0].lower() not in prompt.text.lower():
            why = "does not say what to answer when nothing is known"
            drafts.append(prompt.draft("Say when to refuse", prompt.with_line(line), why, 0.5))
    return drafts or (NO_PROMPT if not known else "every prompt names the phrase of refusal")


def _copying(context: Context) -> Sequence[Draft] | str:
    known = prompts(context)
    drafts = [
        prompt.draft(
            "Ask for exact copying",
            prompt.with_line(
                f"Copy names, numbers and titles exactly as {prompt.material_does('write')} them."
            ),
            "does not ask to keep names and numbers as they are written", 0.35,
        )
        for prompt in known if not prompt.says(_EXACT)
    ]  # fmt: skip
    return drafts or (NO_PROMPT if not known else "every prompt asks for exact copying")


FORMAT = Recipe(
    "prompt-format",
    "format_alignment",
    0.35,
    _form,
    ("output-format-parameter", "squad-span-f1", "format-restriction-cost"),
)
ABSTENTION = Recipe(
    "prompt-abstention", "prompt", 0.35, _refusal, ("constraint-placement", "chain-of-note")
)
QUOTATION = Recipe(
    "prompt-quotation", "prompt", 0.15, _copying, ("according-to", "exact-copying-reverted")
)

"""Says a constant answer in the words that the metric's documentation quotes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location
from researchers.program_analysis.detectors.verbosity import phrases
from researchers.program_analysis.draft import Draft, Operator

MOST = 3
_REFUSING = re.compile(
    r"unanswer|not answer|no answer|unknown|cannot|can't|does not|refus|abstain|absent|missing",
    re.IGNORECASE,
)


def drafts(context: Context) -> Iterator[Draft]:
    """One draft for each of the likeliest phrases, in a template file or in a literal."""
    quoted = refusals(context.program.dossier.metric.notes)[:MOST]
    for finding in context.findings:
        path = finding.location.path
        body = context.program.templates.get(path)
        if finding.kind == "constant_answer" and body is not None:
            for rank, phrase in enumerate(quoted):
                yield Draft(
                    f'Say "{phrase}" in {path}', finding.evidence, finding.location,
                    {path: phrase + ("\n" if body.endswith("\n") else "")},
                    finding.strength * 0.7**rank, 1.3, (finding.id,),
                )  # fmt: skip
    for finding, module, node in context.found("constant_answer"):
        if isinstance(node, ast.Constant):
            for rank, phrase in enumerate(quoted):
                yield Draft(
                    f'Say "{phrase}" in {module.path}', finding.evidence, location(module, node),
                    changed(module, edits.swap(module, node, repr(phrase))),
                    finding.strength * 0.7**rank, 1.3, (finding.id,),
                )  # fmt: skip


def refusals(notes: str) -> list[str]:
    """Quoted phrases, those of sentences about what cannot be answered first; no numbers."""
    sentences = re.split(r"(?<=[.;])\s+", notes)
    ranked = [
        (not _REFUSING.search(sentence), notes.find(phrase), phrase)
        for sentence in sentences
        for phrase in phrases(sentence)
        if not re.search(r"[0-9]", phrase)
    ]
    return list(dict.fromkeys(phrase for _, _, phrase in sorted(ranked)))


OPERATOR = Operator("quoted_phrase", "template text from metric", "format_alignment", 0.8, drafts)

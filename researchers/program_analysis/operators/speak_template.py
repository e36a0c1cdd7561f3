"""Tells a prompt or template what the metric asks for."""

from __future__ import annotations

from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.detectors.verbosity import TOO_LONG, phrases
from researchers.program_analysis.draft import Draft, Operator


def drafts(context: Context) -> Iterator[Draft]:
    """Adds a refusal phrase that the metric quotes, and a word limit where answers are too long."""
    dossier = context.program.dossier
    for finding in context.findings:
        if finding.kind != "silent_template":
            continue
        path = finding.location.path
        text = context.program.templates.get(path, "")
        said, wanted = dossier.failures.prediction_words, dossier.failures.gold_words
        lines = []
        if said and wanted and said > TOO_LONG * wanted:
            lines.append(
                f"Answer in at most {max(2, round(2 * wanted))} words, without a full sentence."
            )
        quoted = phrases(dossier.metric.notes)
        if quoted:
            lines.append(f'If the answer is not known, write "{quoted[0]}".')
        for line in lines:
            yield Draft(
                f"Add to {path}: {line}",
                finding.evidence,
                finding.location,
                {path: text.rstrip("\n") + "\n" + line + "\n"},
                finding.strength,
                findings=(finding.id,),
            )


OPERATOR = Operator("speak_template", "template text from metric", "format_alignment", 0.3, drafts)

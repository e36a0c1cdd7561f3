"""Reflection: what a round of trials teaches, and which of them deserve another form."""

from __future__ import annotations

from collections.abc import Sequence

import dspy

from researchers.language_model import brief, sections
from researchers.language_model.answers import Refine
from researchers.language_model.fence import clipped, fenced, one_line
from researchers.language_model.signatures import REFLECT
from researchers.language_model.step import Step
from researchers.language_model.thinking import Thinker
from tasks.records.dossier import Dossier
from tasks.records.reflection import Lesson, Outcome

MOST_OUTCOMES = 12
MOST_REFINED = 2
Reflected = tuple[tuple[Lesson, ...], tuple[tuple[Outcome, str], ...], str]
"""Lessons, what to refine and how, and the direction for the next round."""


def reflect(thinker: Thinker, dossier: Dossier, outcomes: Sequence[Outcome]) -> Reflected:
    """What the model makes of the outcomes. Raises StepFailed."""
    shown = tuple(outcomes[:MOST_OUTCOMES])

    def use(answer: dspy.Prediction) -> Reflected:
        lessons = {
            lesson.trial: Lesson(
                proposal=shown[lesson.trial - 1].proposal.id, text=one_line(lesson.lesson, 400)
            )
            for lesson in answer.lessons
            if 1 <= lesson.trial <= len(shown) and lesson.lesson.strip()
        }
        wanted: list[Refine] = [r for r in answer.refine if 1 <= r.trial <= len(shown)]
        again = {refine.trial: refine.how for refine in wanted[:MOST_REFINED]}
        return (
            tuple(lessons[number] for number in sorted(lessons)),
            tuple((shown[n - 1], one_line(how, 600)) for n, how in again.items()),
            one_line(str(answer.direction), 600),
        )

    return thinker.ask(
        Step("decide", "reflect on the round"),
        REFLECT,
        use,
        target=f"{brief.target(dossier)}\n{sections.standing(dossier)}",
        outcomes="\n".join(_told(n, outcome) for n, outcome in enumerate(shown, 1)),
    )


def _told(number: int, outcome: Outcome) -> str:
    verdict = outcome.verdict
    dev = f" {verdict.dev.figures}" if verdict.dev is not None else ""
    text = "\n".join(
        [
            f"{outcome.proposal.title} ({outcome.proposal.change_type})",
            outcome.proposal.rationale,
            f"verdict: {verdict.verdict}{dev}: {one_line(verdict.reason, 300)}",
            clipped(outcome.diff, 2_500),
        ]
    )
    return fenced(f"trial {number}", text)

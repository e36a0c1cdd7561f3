"""Time shift: all dates of context and questions move by whole weeks, and answers move along."""

from __future__ import annotations

from tasks.diagnose.probes.dates import has_year, is_exact, mover
from tasks.diagnose.probes.probe import Case, Given, Relation, asked
from tasks.diagnose.probes.walk import mapped, texts

WEEKS = 52


def _case(given: Given) -> Case | str:
    told = sum(has_year(text) for text in texts(given.context))
    if not told:
        return "no whole date stands in the context"
    move = mover(7 * WEEKS)
    context = mapped(given.context, move)
    questions = {item: mapped(dict(question), move) for item, question in asked(given).items()}

    def expected(prediction: str) -> str | None:
        return mover(7 * WEEKS)(prediction) if is_exact(prediction) else None

    what = f"all dates move by {WEEKS} weeks"
    return Case(what, context, questions, expected=expected)


TIME_SHIFT = Relation("time shift", _case)

"""What the search of a run has cost so far, and what it had cost after each round."""

from __future__ import annotations

from stages.desk import CALLS
from stages.run import Run
from tasks.costs import research_cost
from tasks.ledger import Work
from tasks.records.cost import Cost
from tasks.records.usage import ModelCall


def search_cost(run: Run, round_: int | None = None) -> Cost:
    """All that the search spent, or all until the end of one round."""
    marks = tuple(run.marks())
    until = float("inf")
    if round_ is not None:
        until = max((m.at for m in marks if m.number == 21 and m.round <= round_), default=0.0)
    return research_cost(
        run.spending(),
        run.ledger.read("work", Work),
        marks,
        base=run.workspace.tree_of(run.workspace.base),
        calls=run.ledger.read(CALLS, ModelCall) if round_ is None else (),
        until=until,
    )

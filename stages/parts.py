"""The two parts of the development items: the one that the search sees, and the one it does not."""

from __future__ import annotations

from stages.run import Run
from tasks.records.score import Evaluation, Part
from tasks.validate import estimate, overfit


def seen(run: Run, evaluation: Evaluation) -> Evaluation:
    """What the search may see of a development evaluation, item by item."""
    select = run.workload.select
    return evaluation.among({e.item for e in evaluation.items} - select) if select else evaluation


def parts_of(run: Run, new: Evaluation, old: Evaluation) -> dict[str, Part | None]:
    """How a candidate does on either part, by its name in a verdict; None for what was not run."""
    select = run.workload.select
    if not select:
        return {"search": None, "select": None}
    ran = set(new.by_item)
    return {
        "search": _part(run, new, old, ran - select),
        "select": _part(run, new, old, ran & select),
    }


def not_shown(run: Run, new: Evaluation, old: Evaluation) -> str:
    """What the select part says against a gain on all items, in words; empty when nothing."""
    return overfit(new, old, run.workload.select, run.target.sign)


def tell_undivided(run: Run) -> None:
    """States that a target has too few items for a select part, where its contract wants one."""
    if run.benchmark is None or run.workload.select or not run.target.splits.select_share:
        return
    run.degrade(
        f"the development split has {run.workload.size('dev')} items, too few to keep some of "
        "them from the search",
        "only the sealed split tells whether a change holds on items that it was not found on",
    )


def _part(run: Run, new: Evaluation, old: Evaluation, items: set[str]) -> Part | None:
    if len(items) < 2:
        return None
    one, other = new.among(items), old.among(items)
    return Part(score=estimate(one.items), gain=run.difference(one, other))

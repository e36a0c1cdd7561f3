"""The thinking step that a model call belongs to, for whoever stands between us and the model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """Whose call it is: the stage of the research graph, what the step is for, and the proposal.

    `stage` is a name from the graph ("form_hypotheses"), `purpose` a few words for people
    ("form hypotheses", "repair"), `proposal` the id of the proposal in hand or ''.
    """

    stage: str
    purpose: str
    proposal: str = ""


_CURRENT: ContextVar[Step | None] = ContextVar("whetstone_step", default=None)


def current_step() -> Step:
    """The step in hand; outside any step, one without a name."""
    return _CURRENT.get() or Step(stage="", purpose="")


@contextmanager
def thinking(step: Step) -> Iterator[Step]:
    """Marks every model call within as belonging to `step`."""
    token = _CURRENT.set(step)
    try:
        yield step
    finally:
        _CURRENT.reset(token)

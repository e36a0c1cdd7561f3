"""The states that were seen before one statement, and in which of them a condition holds."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from researchers.program_analysis.context import Context
from researchers.program_analysis.evaluation import Evaluator
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.operations import Raised, Unknown
from researchers.program_analysis.states import State, states_of

FAILING, PASSING = 24, 30
"""States of a place that are asked."""

Truths = tuple[bool | None, ...]
"""By state: whether a condition holds; None where it cannot be told or would raise."""


@dataclass(frozen=True)
class Condition:
    """A condition, how plain it is (0 to 1), and in which states it holds."""

    code: str
    plainness: float
    truths: Truths


@dataclass(frozen=True, eq=False)
class Scene:
    """The states before one statement: those of failing tests first."""

    module: Module
    function: Function
    at: ast.stmt
    states: tuple[State, ...]
    failing: int
    evaluator: Evaluator

    def narrowed(self, keep: Iterable[bool]) -> Scene:
        """The same with some states only; `keep` says of each whether it stays."""
        states = tuple(s for s, stays in zip(self.states, keep, strict=True) if stays)
        failing = sum(s.fails for s in states)
        return Scene(self.module, self.function, self.at, states, failing, self.evaluator)

    def truths(self, test: ast.expr) -> Truths:
        """In which states a condition holds."""
        return tuple(self._truth(test, state) for state in self.states)

    def _truth(self, test: ast.expr, state: State) -> bool | None:
        try:
            return self.evaluator.truth(self.evaluator.value(test, state.values))
        except (Unknown, Raised):
            return None

    def coverage(self, truths: Truths) -> float:
        """The share of failing tests in one of whose states a condition holds."""
        pairs = zip(self.states[: self.failing], truths, strict=False)
        return len({state.item for state, truth in pairs if truth}) / max(self.failing_items, 1)

    def passing_share(self, truths: Truths) -> float:
        """The share of passing tests' states in which a condition holds."""
        passing = truths[self.failing :]
        return sum(map(bool, passing)) / max(len(passing), 1)

    @property
    def failing_items(self) -> int:
        """How many failing tests came here."""
        return len({state.item for state in self.states[: self.failing]})

    @property
    def passing_items(self) -> int:
        """How many passing tests came here."""
        return len({state.item for state in self.states[self.failing :]})


def scene(context: Context, module: Module, function: Function, at: ast.stmt) -> Scene | None:
    """What was seen before a statement; None where no failing test came there."""
    place = states_of(context.program).at(module.path, at.lineno)
    failing, passing = place.failing[:FAILING], place.passing[:PASSING]
    if not failing:
        return None
    evaluator = Evaluator(context.program, module)
    return Scene(module, function, at, (*failing, *passing), len(failing), evaluator)

"""Prerequisites are learnt from sets that do not apply or do not run."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tasks.attribute import Blocked, CreditError, Explorer, Plan, Precedence, Value, members
from tasks.errors import PredictError
from tests.tasks.attribute.games import alike


def explorer(
    size: int,
    text: Callable[[int], int | None] = lambda c: None,
    runs: Callable[[int], bool] = lambda c: True,
) -> tuple[Explorer, list[int]]:
    asked: list[int] = []

    def applies(coalition: int) -> Blocked | None:
        found = text(coalition)
        return None if found is None else Blocked(found, f"{found} conflicts")

    def measure(coalitions: Sequence[int]) -> list[Value]:
        asked.extend(coalitions)
        return [
            alike(0.1 * c.bit_count()) if runs(c) else PredictError("it crashed", "") 
            for c in coalitions
        ]  # fmt: skip

    return Explorer(Precedence.free(size), applies, measure), asked


def everything(order: Precedence, probes: int) -> Plan:
    sets = order.feasible_sets(999) or ()
    return Plan(sets, sets=sets)


def lacking(needs: dict[int, int]) -> Callable[[int], int | None]:
    return lambda c: next((p for p in members(c) if needs.get(p, 0) & ~c), None)


def test_a_change_of_anothers_text_brings_it_along():
    made, asked = explorer(4, text=lacking({2: 0b001, 3: 0b101}))
    plan = made.explore(everything)
    assert made.order.needs == (0, 0, 0b001, 0b101)
    assert {(n.player, n.prerequisites, n.kind) for n in made.needs} == {
        (2, 0b001, "text"), (3, 0b100, "text"),
    } or {n.player for n in made.needs} == {2, 3}  # fmt: skip
    assert sorted(asked) == sorted(plan.sets) == sorted(set(asked))
    assert made.probes == 0


def test_what_does_not_run_without_another_brings_it_along():
    made, asked = explorer(4, runs=lambda c: lacking({3: 0b010})(c) is None)
    plan = made.explore(everything)
    assert made.order.needs == (0, 0, 0, 0b010)
    assert [(n.player, n.kind, n.detail) for n in made.needs] == [(3, "run", "it crashed")]
    assert set(plan.sets) <= set(asked)
    assert len(asked) == len(set(asked)), "a set is evaluated once"
    assert all(made.order.active(c) == c for c in plan.sets)


def test_an_accepted_beginning_that_does_not_run_any_more_is_an_error():
    made, _ = explorer(3, runs=lambda c: not c & 0b010)
    with pytest.raises(CreditError, match="change 2 of 3 does not stand on all"):
        made.explore(everything)

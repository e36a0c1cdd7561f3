"""The credit rule and the interaction index against games with known answers."""

from __future__ import annotations

from itertools import permutations
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.attribute import Precedence, coalition_of, members
from tasks.attribute.rules import interaction, last, shapley, summed
from tests.tasks.attribute.games import credited, deltas, random_worths, value


@st.composite
def precedences(draw: st.DrawFn, largest: int = 5) -> Precedence:
    order = Precedence.free(draw(st.integers(2, largest)))
    for player in range(1, order.size):
        needed = draw(st.integers(0, (1 << player) - 1) | st.just(0))
        order = order.requiring(player, needed)
    return order


def sets_of(order: Precedence) -> tuple[int, ...]:
    sets = order.feasible_sets(1 << order.size)
    assert sets is not None
    return sets


def by_hand(order: Precedence, worths: dict[int, float]) -> list[float]:
    """What each adds in every order in which it comes after its prerequisites, one by one."""
    total, orders = [0.0] * order.size, 0
    for line in permutations(range(order.size)):
        steps = [(coalition_of(line[:at]), player) for at, player in enumerate(line)]
        if all(not order.needs[player] & ~built for built, player in steps):
            orders += 1
            for built, player in steps:
                total[player] += worths[built | 1 << player] - worths[built]
    return [amount / orders for amount in total]


@settings(deadline=None, max_examples=40)
@given(precedences(), st.integers(0, 99))
def test_it_is_the_mean_over_all_orders_and_shares_out_the_whole(order: Precedence, seed: int):
    worths = random_worths(sets_of(order), seed)
    found = [value(figure, worths) for figure in shapley(order, sets_of(order))]
    assert found == pytest.approx(by_hand(order, worths))
    assert sum(found) == pytest.approx(worths[order.whole])


@settings(deadline=None, max_examples=30)
@given(precedences(), st.integers(0, 99), st.floats(-3, 3))
def test_it_is_linear_in_the_game(order: Precedence, seed: int, factor: float):
    sets = sets_of(order)
    one, two = random_worths(sets, seed), random_worths(sets, seed + 1)
    both = {c: one[c] + factor * two[c] for c in sets}
    for figure in shapley(order, sets):
        expected = value(figure, one) + factor * value(figure, two)
        assert value(figure, both) == pytest.approx(expected)


@settings(deadline=None, max_examples=30)
@given(precedences(), st.integers(0, 99), st.data())
def test_who_adds_nothing_gets_nothing(order: Precedence, seed: int, data: st.DataObject):
    idle = data.draw(st.integers(0, order.size - 1))
    sets = sets_of(order)
    plain = random_worths([c & ~(1 << idle) for c in sets], seed)
    worths = {c: plain[c & ~(1 << idle)] for c in sets}
    assert value(shapley(order, sets)[idle], worths) == pytest.approx(0)
    for pair, figure in interaction(order, sets).items():
        if idle in pair:
            assert value(figure, worths) == pytest.approx(0)


@settings(deadline=None, max_examples=30)
@given(st.integers(2, 5), st.integers(0, 99), st.data())
def test_players_that_do_the_same_get_the_same(size: int, seed: int, data: st.DataObject):
    one, other = data.draw(st.permutations(range(size)))[:2]
    order = Precedence.free(size)

    def exchanged(coalition: int) -> int:
        swap = {one: other, other: one}
        return coalition_of(swap.get(p, p) for p in members(coalition))

    plain = random_worths(sets_of(order), seed)
    worths = {c: plain[c] + plain[exchanged(c)] for c in sets_of(order)}
    found = [value(figure, worths) for figure in shapley(order, sets_of(order))]
    assert found[one] == pytest.approx(found[other])


def test_in_an_additive_game_everyone_gets_what_they_bring():
    gains = [0.1, -0.05, 0.2, 0.0]
    found = credited(lambda s: sum(gains[p] for p in s), Precedence.free(4))
    contributions = found.contributions()
    for figures in ([c.shapley for c in contributions], [c.alone for c in contributions],
                    [c.difference for c in contributions]):  # fmt: skip
        assert deltas(figures) == pytest.approx(gains)
    composition = found.composition()
    assert composition is not None
    assert (composition.verdict, composition.residual.delta) == ("open", pytest.approx(0))


def test_a_unanimous_gain_is_shared_by_those_whom_it_takes():
    found = credited(lambda s: 0.3 if s >= {0, 1, 2} else 0.0, Precedence.free(5))
    assert deltas([c.shapley for c in found.contributions()]) == pytest.approx([0.1] * 3 + [0] * 2)
    composition = found.composition()
    assert composition is not None
    assert (composition.verdict, composition.parts.delta) == ("synergy", pytest.approx(0))


def test_a_majority_is_shared_evenly_and_overlaps_once_it_is_reached():
    order = Precedence.free(5)
    found = credited(lambda s: float(len(s) >= 3), order)
    assert deltas([c.shapley for c in found.contributions()]) == pytest.approx([0.2] * 5)
    index = interaction(order, sets_of(order))
    worths = {c: float(c.bit_count() >= 3) for c in sets_of(order)}
    # A pair swings together in sets of 1 (by +1) and overlaps in sets of 2 (by -1), of 0 to 3.
    assert [value(figure, worths) for figure in index.values()] == pytest.approx([0.0] * comb(5, 2))


def test_redundant_changes_share_what_leave_one_out_gives_to_neither():
    found = credited(lambda s: 0.3 if s & {0, 2} else 0.0, Precedence.free(3))
    contributions = found.contributions()
    assert deltas([c.shapley for c in contributions]) == pytest.approx([0.15, 0, 0.15])
    assert deltas([c.difference for c in contributions]) == pytest.approx([0, 0, 0])
    composition = found.composition()
    assert composition is not None
    assert (composition.verdict, composition.residual.delta) == ("overlap", pytest.approx(-0.3))


def test_planted_interactions_are_found_between_the_two_alone():
    order = Precedence.free(4)
    planted = {(0, 1): 0.4, (2, 3): -0.2, (0, 3): 0.1}
    worths = {
        c: 0.05 * c.bit_count()
        + sum(
            size for pair, size in planted.items() if c & coalition_of(pair) == coalition_of(pair)
        )
        for c in sets_of(order)
    }
    found = {p: value(w, worths) for p, w in interaction(order, sets_of(order)).items()}
    assert found == pytest.approx({pair: planted.get(pair, 0.0) for pair in found})
    assert len(found) == 6


def test_what_needs_another_is_paid_for_what_it_adds_to_it():
    order = Precedence.free(3).requiring(2, 0b001)
    assert sets_of(order) == (0, 1, 2, 3, 5, 7)
    found = credited(lambda s: 0.1 * (0 in s) + 0.4 * (2 in s), order)
    first, second, third = found.contributions()
    assert deltas([c.shapley for c in (first, second, third)]) == pytest.approx([0.1, 0, 0.4])
    assert deltas([first.difference, third.alone]) == pytest.approx([0.5, 0.4])
    assert (first.note, third.needs) == ("taken out with c2, which needs it", ("c0",))
    assert set(interaction(order, sets_of(order))) == {(0, 1), (1, 2)}
    assert dict(last(order, 0b001)) == {7: 1.0, 2: -1.0}


def test_types_are_sums_of_their_changes_beside_what_is_lost_without_them():
    kinds = ("bug_fix", "prompt", "data_repair")
    found = credited(lambda s: 0.2 * (0 in s or 2 in s) + 0.1 * (1 in s), Precedence.free(3), kinds)
    fixes, prompts = found.by_type({"all": {"half": [f"i{n}" for n in range(5)], "one": ["i0"]}})
    assert (fixes.change_type, fixes.changes, prompts.change_type) == ("bug_fix", 2, "prompt")
    assert deltas([fixes.shapley, fixes.difference, prompts.shapley]) == pytest.approx(
        [0.2, 0.2, 0.1]
    )
    assert [(s.name, round(s.difference.delta, 9)) for s in fixes.finer if s.difference] == [
        ("bug_fix", 0.1), ("data_repair", 0.1),
    ]  # fmt: skip
    assert {v: d.n for v, d in fixes.by_slice["all"].items()} == {"half": 5}
    assert fixes.by_slice["all"]["half"].delta == pytest.approx(0.2)
    minds = found.shares(["one", "other", "one"])
    assert [(s.name, s.changes) for s in minds] == [("one", 2), ("other", 1)]


def test_nothing_accepted_is_no_credit():
    found = credited(lambda s: 0.0, Precedence.free(0))
    assert (found.contributions(), found.by_type({}), found.composition()) == ((), (), None)


def test_figures_add_up_by_coalition():
    assert summed([{1: 1.0, 0: -1.0}, {0: 1.0}], 2.0) == {1: 2.0}

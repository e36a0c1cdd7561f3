"""What is measured within a budget, and in what order it is given up."""

from __future__ import annotations

from tasks.attribute import Plan, Precedence, plan_credit


def plan(size: int, budget: int, known: frozenset[int] = frozenset()) -> Plan:
    whole = (1 << size) - 1
    free = known | {0, whole}
    halves = [whole & 0x55555555, whole & 0xAAAAAAAA]

    def price(coalition: int) -> str | None:
        return None if coalition in free else str(coalition)

    return plan_credit(Precedence.free(size), halves, budget, price, len(free), 0)


def cost(made: Plan, size: int) -> int:
    return len(set(made.coalitions) - {0, (1 << size) - 1})


def test_small_games_are_exact_and_what_is_known_costs_nothing():
    # Of 30 sets beside none and all, leave-one-out takes 5 and the two types 2 more.
    assert plan(5, 23).exact
    assert len(plan(5, 23).coalitions) == 32
    assert not plan(6, 53).exact
    assert plan(6, 53, frozenset({1})).exact


def test_larger_ones_are_sampled_within_the_budget():
    made = plan(8, 32)
    assert not made.exact
    assert len(made.pairs) >= 2
    assert cost(made, 8) <= 32 + 8 + 2
    outs = {255 & ~(1 << place) for place in range(8)}
    assert outs <= set(made.coalitions)
    assert {1 << place for place in range(8)} <= set(made.coalitions)
    assert [c.bit_count() for c in made.coalitions] == sorted(
        c.bit_count() for c in made.coalitions
    )


def test_a_budget_of_none_leaves_leave_one_out():
    made = plan(8, 0)
    assert (made.exact, made.pairs) == (False, ())
    assert cost(made, 8) == 8 + 2


def test_four_evaluations_a_change_always_buy_two_pairs():
    for size in range(2, 26):
        made = plan(size, 4 * size)
        assert made.exact or len(made.pairs) >= 2


def test_a_large_budget_swaps_neighbours_too():
    made = plan(12, 900)
    assert made.swaps
    assert cost(made, 12) <= 900 + 12 + 2
    assert len(made.pairs) == 16


def test_trees_that_two_sets_share_are_paid_once():
    order = Precedence.free(6)
    made = plan_credit(order, [], 26, lambda c: str(c & 0b11111) if c else None, 40, 0)
    assert made.exact

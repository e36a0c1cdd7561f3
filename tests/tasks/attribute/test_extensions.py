"""Orders: counted, drawn evenly, in antithetic pairs."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.attribute import Precedence, extensions
from tasks.attribute.extensions import Draw, orders_below
from tasks.attribute.rules import from_pair
from tests.tasks.attribute.games import value

N_SHAPE = Precedence.free(5).requiring(2, 0b001).requiring(3, 0b011)


def test_orders_are_counted():
    free = Precedence.free(4)
    sets = free.feasible_sets(16)
    assert sets is not None
    assert orders_below(free, sets)[free.whole] == 24
    assert free.feasible_sets(15) is None
    sets = N_SHAPE.feasible_sets(99)
    assert sets is not None
    lines = [line for line in permutations(range(5)) if follows(line)]
    assert orders_below(N_SHAPE, sets)[N_SHAPE.whole] == len(lines)
    assert N_SHAPE.components() == ((0, 1, 2, 3), (4,))


def follows(line: tuple[int, ...]) -> bool:
    at = {player: place for place, player in enumerate(line)}
    return at[0] < at[2] and max(at[0], at[1]) < at[3]


@pytest.mark.parametrize("enumerated", [4096, 1])
def test_every_order_is_drawn_as_often(enumerated: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(extensions, "ENUMERATED", enumerated)
    lines = [line for line in permutations(range(5)) if follows(line)]
    draw, draws = Draw(N_SHAPE, 3), 1500
    found = Counter(line for _ in range(draws) for line in draw.antithetic())
    assert set(found) == set(lines)
    expected = 2 * draws / len(lines)
    square = sum((found[line] - expected) ** 2 / expected for line in lines)
    assert square < 2 * len(lines)


def test_without_precedence_the_second_order_is_the_first_in_reverse():
    first, second = Draw(Precedence.free(9), 1).antithetic()
    assert second == first[::-1]
    assert Draw(Precedence.free(9), 1).antithetic() == (first, second)
    assert Draw(Precedence.free(9), 2).antithetic() != (first, second)


@settings(deadline=None, max_examples=25)
@given(st.integers(2, 9), st.integers(0, 99), st.data())
def test_one_pair_is_exact_where_changes_interact_in_pairs(
    size: int, seed: int, data: st.DataObject
):
    gains = data.draw(st.lists(st.floats(-1, 1), min_size=size, max_size=size))
    bonds = {(i, j): data.draw(st.floats(-1, 1)) for i in range(size) for j in range(i + 1, size)}

    def worth(coalition: int) -> float:
        return sum(g for i, g in enumerate(gains) if coalition >> i & 1) + sum(
            b for (i, j), b in bonds.items() if coalition >> i & 1 and coalition >> j & 1
        )

    figures = from_pair(Draw(Precedence.free(size), seed).antithetic())
    for player, figure in enumerate(figures):
        exact = gains[player] + sum(b for pair, b in bonds.items() if player in pair) / 2
        assert value(figure, {c: worth(c) for c in figure}) == pytest.approx(exact, abs=1e-9)

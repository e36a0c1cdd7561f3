"""The paired difference and its second opinion: algebra by property, coverage by simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.errors import StageError
from tasks.records.score import Evaluation, ItemScore
from tasks.validate import census, compare, permutation_p, student, summarize
from tasks.validate.jackknife import effective_degrees

SCORES = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.floats(0, 1, allow_subnormal=False),
        st.floats(0, 1, allow_subnormal=False),
    ),
    min_size=2,
    max_size=30,
)


def evaluation(scores: list[tuple[str, float]], tree: str = "t") -> Evaluation:
    items = [ItemScore(item=f"i{n}", group=g, score=s) for n, (g, s) in enumerate(scores)]
    return Evaluation(tree=tree, split="dev", seed=0, items=tuple(items))


def two(rows: list[tuple[int, float, float]]) -> tuple[Evaluation, Evaluation]:
    return (
        evaluation([(str(g), new) for g, new, _ in rows]),
        evaluation([(str(g), old) for g, _, old in rows]),
    )


@given(SCORES)
def test_swapping_the_two_turns_the_difference_around(
    rows: list[tuple[int, float, float]],
) -> None:
    new, old = two(rows)
    there, back = compare(new, old, 1), compare(old, new, 1)
    assert there.delta == pytest.approx(-back.delta, abs=1e-12)
    assert there.interval.low == pytest.approx(-back.interval.high, abs=1e-9)
    assert compare(new, old, -1).delta == pytest.approx(back.delta, abs=1e-12)
    assert compare(new, old, -1).p_value == pytest.approx(back.p_value, abs=1e-9)


@given(SCORES, st.floats(-2, 2))
def test_a_constant_added_to_one_side_moves_the_interval_by_it(
    rows: list[tuple[int, float, float]], shift: float
) -> None:
    new, old = two(rows)
    moved, _ = two([(g, a + shift, b) for g, a, b in rows])
    plain, shifted = compare(new, old, 1), compare(moved, old, 1)
    assert shifted.delta == pytest.approx(plain.delta + shift, abs=1e-9)
    width = plain.interval.high - plain.interval.low
    assert shifted.interval.high - shifted.interval.low == pytest.approx(width, abs=1e-6)


@given(SCORES, st.randoms(use_true_random=False))
def test_the_order_of_items_says_nothing(
    rows: list[tuple[int, float, float]], random: object
) -> None:
    new, old = two(rows)
    shuffled = list(new.items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    other = new.model_copy(update={"items": tuple(shuffled)})
    assert compare(other, old, 1) == compare(new, old, 1)


def test_the_error_is_the_regression_formula_for_unequal_groups() -> None:
    values = {"a": [0.5, 0.0, 0.1], "b": [0.2, 0.2], "c": [-0.1, 0.4, 0.0, 0.3]}
    rows = [(g, v) for g, vs in values.items() for v in vs]
    found = compare(evaluation(rows), evaluation([(g, 0.0) for g, _ in rows]), 1)
    flat = [v for _, v in rows]
    mean = sum(flat) / len(flat)
    without = [np.mean([v for g, v in rows if g != left]) for left in values]
    error = math.sqrt(2 / 3 * sum((w - mean) ** 2 for w in without))
    assert found.delta == pytest.approx(mean)
    reach = student.quantile(0.975, degrees_by_matrix([3, 2, 4])) * error
    assert found.interval.high - found.delta == pytest.approx(reach)
    assert found.groups == 3


def degrees_by_matrix(sizes: list[int]) -> float:
    """Bell & McCaffrey's degrees of freedom, with the matrix written out."""
    n = np.asarray(sizes, dtype=float)
    groups, total = len(n), n.sum()
    residual = np.eye(groups) - np.outer(n, np.ones(groups)) / total
    form = np.diag((total - n) ** -2.0) @ residual @ np.diag(n**2) @ residual.T
    return float(np.trace(form) ** 2 / np.trace(form @ form))


@given(st.lists(st.integers(1, 300), min_size=2, max_size=12))
def test_effective_degrees_are_those_of_the_matrix_and_at_most_groups_minus_one(
    sizes: list[int],
) -> None:
    found = effective_degrees(np.asarray(sizes))
    assert found == pytest.approx(max(1.0, degrees_by_matrix(sizes)), rel=1e-6)
    assert 1 <= found <= len(sizes) - 1


def test_one_large_group_among_small_ones_leaves_one_degree_of_freedom() -> None:
    assert effective_degrees(np.array([10, 10, 10, 1000])) == pytest.approx(1, abs=0.01)
    assert effective_degrees(np.array([7] * 6)) == 5


@pytest.mark.parametrize(("gain", "p_value"), [(0.1, 0.0), (0.0, 1.0), (-0.1, 1.0)])
def test_without_variance_the_answer_is_exact(gain: float, p_value: float) -> None:
    old = [("a", 0.1), ("a", 0.7), ("b", 0.3)]
    found = compare(evaluation([(g, s + gain) for g, s in old]), evaluation(old), 1)
    assert found.p_value == p_value
    assert found.interval.low == found.interval.high == pytest.approx(gain)


def test_a_single_group_falls_back_on_its_items() -> None:
    found = compare(evaluation([("a", 1.0), ("a", 0.0)]), evaluation([("a", 0.0)] * 2), 1)
    assert found.groups == 1
    assert found.interval.high - found.delta == pytest.approx(12.706204736 * 0.5)


def test_a_stopped_trial_is_compared_on_the_groups_that_it_ran() -> None:
    old = evaluation([("a", 0.0), ("a", 0.0), ("b", 0.0), ("c", 0.5)])
    part = old.model_copy(update={"items": old.items[:3]})
    assert compare(part, old, 1).n == 3


@pytest.mark.parametrize("kept", [[0], [0, 2, 3], []])
def test_items_left_out_of_a_group_are_refused(kept: list[int]) -> None:
    old = evaluation([("a", 0.0), ("a", 0.0), ("b", 0.0), ("c", 0.5)])
    part = old.model_copy(update={"items": tuple(old.items[i] for i in kept)})
    with pytest.raises(StageError):
        compare(part, old, 1)


def test_items_that_the_reference_lacks_are_refused() -> None:
    new = evaluation([("a", 0.0), ("a", 0.0), ("b", 0.0)])
    with pytest.raises(StageError, match="the reference lacks 1 item"):
        compare(new, new.model_copy(update={"items": new.items[:2]}), 1)


def test_permutations_of_groups_are_counted_exactly() -> None:
    old = evaluation([(str(g), 0.0) for g in range(5)])
    better = evaluation([(str(g), 0.1) for g in range(5)])
    assert permutation_p(better, old, 1) == 1 / 32
    mixed = evaluation([(str(g), s) for g, s in enumerate([0.1, 0.1, 0.1, 0.1, -0.1])])
    assert permutation_p(mixed, old, 1) == 6 / 32
    assert permutation_p(old, old, 1) == 1.0


def test_sampled_permutations_agree_with_the_exact_ones() -> None:
    random = np.random.default_rng(3)
    values = random.normal(0.1, 0.3, 14)
    old = evaluation([(str(g), 0.0) for g in range(14)])
    exact = permutation_p(evaluation([(str(g), v) for g, v in enumerate(values)]), old, 1)
    many = evaluation([(str(g), s) for g, v in enumerate(values) for s in (v, 0.0)])
    sampled = permutation_p(
        evaluation([(i.group, i.score) for i in many.items] + [("x", 1e-9)]),
        evaluation([(i.group, 0.0) for i in many.items] + [("x", 0.0)]),
        1,
        draws=20000,
    )
    assert 0.001 < exact < 0.5
    assert sampled == pytest.approx(exact, abs=0.012)


@settings(max_examples=30)
@given(SCORES)
def test_a_permutation_p_is_a_probability_and_never_zero(
    rows: list[tuple[int, float, float]],
) -> None:
    new, old = two(rows)
    for unit in ("group", "item"):
        assert 0 < permutation_p(new, old, 1, unit=unit, draws=199) <= 1  # type: ignore[arg-type]


def test_a_census_accepts_a_gain_that_costs_nothing_and_no_trade() -> None:
    old = evaluation([("a", 0.0), ("b", 1.0), ("c", 0.0)])
    gain, trade = (
        evaluation([("a", 1.0), ("b", 1.0), ("c", 0.0)]),
        evaluation([("a", 1.0), ("b", 0.0), ("c", 1.0)]),
    )
    assert census(gain, old, 1).p_value == 0.0
    assert census(gain, old, 1).delta == pytest.approx(1 / 3)
    assert census(trade, old, 1).p_value == 1.0
    assert census(old, old, 1).p_value == 1.0


def test_a_summary_has_slices_with_their_n_and_leaves_out_single_items() -> None:
    scored = evaluation([("a", 1.0), ("a", 0.0), ("b", 0.5), ("b", 0.5), ("c", 1.0)])
    kinds = ["x", "x", "x", "y", "x"]
    slices = {f"i{n}": {"kind": kind} for n, kind in enumerate(kinds)}
    found = summarize(scored, slices)
    assert (found.score, found.n, found.groups) == (pytest.approx(0.6), 5, 3)
    assert set(found.by_slice["kind"]) == {"x"}
    assert found.by_slice["kind"]["x"].n == 4
    assert found.by_slice["kind"]["x"].score == pytest.approx(0.625)


def test_a_summary_needs_two_items() -> None:
    with pytest.raises(StageError):
        summarize(evaluation([("a", 1.0)]), {})

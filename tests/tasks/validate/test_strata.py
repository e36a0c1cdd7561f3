"""The stratified deal: failing groups land on both sides, alike on every machine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import ContractError
from tasks.target import Splits
from tasks.validate import deal_apart


@given(
    st.integers(4, 40),
    st.integers(0, 40),
    st.integers(1, 5),
    st.floats(0.05, 0.9),
    st.integers(0, 5),
)
def test_both_splits_get_failing_tests_where_there_are_two(
    size: int, bad: int, kinds: int, share: float, seed: int
):
    groups = [f"g{i}" for i in range(size)]
    failing = {group: f"kind {i % kinds}" for i, group in enumerate(groups[:bad])}
    splits = Splits(sealed_share=share, seed=seed)
    dev, sealed = deal_apart(groups, failing, splits)
    assert sorted({*dev, *sealed}) == sorted(groups)
    assert not set(dev) & set(sealed)
    assert min(len(dev), len(sealed)) >= 2
    if failing:
        assert set(failing) & set(dev)
    if len(failing) > 1:
        assert set(failing) & set(sealed)
    assert deal_apart(list(reversed(groups)), failing, splits) == (dev, sealed)


def test_named_groups_are_dealt_as_the_contract_says():
    splits = Splits(dev=("a", "b"), sealed=("c", "d"))
    assert deal_apart("abcd", {"a": ""}, splits) == (("a", "b"), ("c", "d"))


def test_too_few_groups_are_refused():
    with pytest.raises(ContractError):
        deal_apart("abc", {"a": ""}, Splits())


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.integers(0, 5))
def test_every_kind_of_failure_is_in_both_splits_where_it_has_two(sizes: list[int], seed: int):
    failing = {f"bad {k}-{i}": f"kind {k}" for k, size in enumerate(sizes) for i in range(size)}
    groups = [*failing, *(f"good {i}" for i in range(40))]
    dev, sealed = deal_apart(groups, failing, Splits(sealed_share=0.3, seed=seed))
    for kind, size in enumerate(sizes):
        sides = [sum(failing.get(g) == f"kind {kind}" for g in side) for side in (dev, sealed)]
        assert sum(sides) == size
        if size > 1:
            assert min(sides) >= 1
        elif max(sizes) > 1:
            assert sides == [1, 0]
    assert len(sealed) == round(0.3 * len(groups))


def test_without_passing_tests_to_hold_out_a_kind_keeps_one_in_development_if_it_can():
    failing = {f"{kind}{i}": kind for kind in "ab" for i in range(4)}
    dev, sealed = deal_apart(list(failing), failing, Splits(sealed_share=0.7))
    assert len(sealed) == 6
    assert {failing[group] for group in dev} == {"a", "b"}

"""The stratified deal: failing groups land on both sides, alike on every machine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import ContractError
from tasks.target import Splits
from tasks.validate import deal_apart


@given(st.integers(4, 40), st.integers(0, 40), st.floats(0.05, 0.9), st.integers(0, 5))
def test_both_splits_get_failing_tests_where_there_are_two(
    size: int, bad: int, share: float, seed: int
):
    groups = [f"g{i}" for i in range(size)]
    failing = set(groups[:bad])
    splits = Splits(sealed_share=share, seed=seed)
    dev, sealed = deal_apart(groups, failing, splits)
    assert sorted({*dev, *sealed}) == sorted(groups)
    assert not set(dev) & set(sealed)
    assert min(len(dev), len(sealed)) >= 2
    if failing:
        assert failing & set(dev)
    if len(failing) > 1:
        assert failing & set(sealed)
    assert deal_apart(list(reversed(groups)), failing, splits) == (dev, sealed)


def test_named_groups_are_dealt_as_the_contract_says():
    splits = Splits(dev=("a", "b"), sealed=("c", "d"))
    assert deal_apart("abcd", {"a"}, splits) == (("a", "b"), ("c", "d"))


def test_too_few_groups_are_refused():
    with pytest.raises(ContractError):
        deal_apart("abc", {"a"}, Splits())

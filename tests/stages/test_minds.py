"""Evaluations are divided by gain per trial, with a floor, whatever the minds are called."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stages.minds import FLOOR, dealt
from tasks.records.change import FileEdit, Proposal


def proposals(**counts: int) -> list[Proposal]:
    return [
        Proposal(
            id=f"{mind}{n}", title="t", rationale="r", change_type="bug_fix", base="b",
            edits=(FileEdit(path="a.py", content=str(n)),), source="s", researcher=mind,
            priority=1 - n / 100,
        )
        for mind, count in counts.items()
        for n in range(count)
    ]  # fmt: skip


def shares(order: list[Proposal], slots: int) -> Counter[str]:
    return Counter(p.researcher for p in order[:slots])


@pytest.mark.parametrize("known", [{}, {"one": (0.0, 9), "two": (0.0, 3)}])
def test_without_a_gain_all_share_alike(known: dict[str, tuple[float, int]]) -> None:
    order = dealt(proposals(one=20, two=20), 10, known)
    assert shares(order, 10) == {"one": 5, "two": 5}


def test_who_gains_more_a_trial_gets_more() -> None:
    order = dealt(proposals(one=30, two=30), 12, {"one": (0.30, 10), "two": (0.06, 10)})
    got = shares(order, 12)
    assert 8 <= got["one"] <= 10
    assert got["two"] == 12 - got["one"]


def test_one_lucky_trial_decides_nothing() -> None:
    lucky = shares(dealt(proposals(one=30, two=30), 12, {"one": (0.05, 1), "two": (0.0, 0)}), 12)
    proven = shares(dealt(proposals(one=30, two=30), 12, {"one": (1.0, 20), "two": (0.0, 20)}), 12)
    assert lucky["one"] < proven["one"]
    assert lucky["two"] >= 4


def test_who_never_gained_keeps_the_floor() -> None:
    order = dealt(proposals(one=90, two=90), 60, {"one": (9.0, 200), "two": (0.0, 200)})
    assert shares(order, 60)["two"] == pytest.approx(60 * FLOOR / (1 + FLOOR), abs=1)


@given(
    st.dictionaries(st.sampled_from("abcd"), st.integers(1, 9), min_size=1),
    st.dictionaries(st.sampled_from("abcd"), st.tuples(st.floats(-1, 1), st.integers(0, 30))),
    st.integers(0, 12),
)
def test_nothing_is_lost_and_each_mind_keeps_its_order(
    counts: dict[str, int], known: dict[str, tuple[float, int]], slots: int
) -> None:
    given_ = proposals(**counts)
    order = dealt(given_, slots, known)
    assert sorted(p.id for p in order) == sorted(p.id for p in given_)
    for mind in counts:
        assert [p for p in order if p.researcher == mind] == [
            p for p in given_ if p.researcher == mind
        ]
    if slots >= len(counts):
        assert set(shares(order, slots)) == set(counts)

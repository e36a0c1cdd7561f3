"""The sealed split: who gets in, how that is counted, and how groups come into it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import ContractError, StageError
from tasks.target import Splits
from tasks.validate import Seal, deal


def test_openings_are_counted_by_tree_and_survive_a_restart(tmp_path: Path) -> None:
    first = Seal(tmp_path, 2).open("aaa", "baseline")
    again = Seal(tmp_path, 2).open("aaa", "baseline")
    assert (first.tree, first.opening, again.opening) == ("aaa", 1, 1)
    seal = Seal(tmp_path, 2)
    assert (seal.openings, seal.left()) == (1, 1)
    seal.open("bbb", "merge", "validate_heldout")
    assert [(o.number, o.tree, o.purpose) for o in seal.log()] == [
        (1, "aaa", "baseline"),
        (1, "aaa", "baseline"),
        (2, "bbb", "merge"),
    ]
    assert seal.log()[0].at <= seal.log()[-1].at


def test_nothing_is_opened_beyond_the_budget_but_what_was_seen_stays_open(tmp_path: Path) -> None:
    seal = Seal(tmp_path, 1)
    seal.open("aaa", "baseline")
    with pytest.raises(StageError, match="opened for 1 trees"):
        seal.open("bbb", "merge")
    assert seal.open("aaa", "again").opening == 1
    assert seal.left() == 0


def test_the_last_look_is_one_opening_of_trees_named_before_and_ends_all_others(
    tmp_path: Path,
) -> None:
    seal = Seal(tmp_path, 3)
    seal.open("aaa", "baseline")
    permits = seal.open_last(["aaa", "bbb", "ccc"], "credit")
    assert {tree: p.opening for tree, p in permits.items()} == {"aaa": 1, "bbb": 2, "ccc": 2}
    assert all(permit.tree == tree for tree, permit in permits.items())
    again = Seal(tmp_path, 3)
    assert (again.openings, again.left(), again.closed) == (2, 0, True)
    assert again.open_last(["ccc", "bbb"], "credit")["bbb"].opening == 2
    assert again.open("ccc", "again").opening == 2
    for ask in (lambda: again.open("ddd", "merge"), lambda: again.open_last(["ddd"], "credit")):
        with pytest.raises(StageError, match="the last look"):
            ask()
    assert again.openings == 2


def test_the_last_look_needs_an_opening_too(tmp_path: Path) -> None:
    seal = Seal(tmp_path, 1)
    seal.open("aaa", "baseline")
    assert seal.open_last(["aaa"], "credit")["aaa"].opening == 1
    assert not seal.closed
    with pytest.raises(StageError, match="asked for 2 more"):
        seal.open_last(["bbb", "ccc"], "credit")


def test_a_line_cut_by_a_kill_gives_nothing_and_spoils_nothing(tmp_path: Path) -> None:
    seal = Seal(tmp_path, 3)
    seal.open("aaa", "baseline")
    with (tmp_path / "openings.jsonl").open("a") as handle:
        handle.write('{"number": 2, "tr')
    assert seal.openings == 1
    assert seal.open("bbb", "merge").opening == 2
    assert [o.tree for o in Seal(tmp_path, 3).log()] == ["aaa", "bbb"]


@given(st.sets(st.text("abcdefgh", min_size=1), min_size=4), st.floats(0.01, 0.99), st.integers())
def test_groups_are_dealt_completely_disjointly_and_alike(
    groups: set[str], share: float, seed: int
) -> None:
    splits = Splits(sealed_share=share, seed=seed)
    dev, sealed = deal(sorted(groups), splits)
    assert set(dev) | set(sealed) == groups
    assert not set(dev) & set(sealed)
    assert min(len(dev), len(sealed)) >= 2
    assert deal(sorted(groups, reverse=True), splits) == (dev, sealed)


def test_ten_conversations_give_six_and_four() -> None:
    dev, sealed = deal([f"conv-{n}" for n in range(10)], Splits())
    assert (len(dev), len(sealed)) == (6, 4)


def test_named_groups_are_taken_as_named() -> None:
    splits = Splits(dev=("a", "b"), sealed=("c", "d"))
    assert deal("abcde", splits) == (("a", "b"), ("c", "d"))


@pytest.mark.parametrize(
    ("groups", "splits", "words"),
    [
        ("abc", Splits(), "3 group"),
        ("abcd", Splits(dev=("a", "b"), sealed=("c", "x")), "no group x"),
        ("abcd", Splits(dev=("a", "b"), sealed=("c",)), "splits.sealed names 1 group"),
    ],
)
def test_splits_that_cannot_be_are_explained(groups: str, splits: Splits, words: str) -> None:
    with pytest.raises(ContractError, match=words):
        deal(groups, splits)

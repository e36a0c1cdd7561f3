import itertools
import random

import pytest
from common_subsequence import apply, common_subsequence, diff, lengths, summary


def subsequences(text):
    for size in range(len(text), -1, -1):
        yield from itertools.combinations(text, size)


def text(draw):
    return [draw.choice("abc") for _ in range(draw.randint(0, 7))]


@pytest.mark.parametrize("seed", range(12))
def test_longest_by_brute_force(seed):
    draw = random.Random(seed)
    a, b = text(draw), text(draw)
    of_b = set(subsequences(b))
    longest = next(s for s in subsequences(a) if s in of_b)
    assert lengths(a, b)[0][0] == len(longest)
    found = tuple(common_subsequence(a, b))
    assert len(found) == len(longest)
    assert found in of_b
    assert found in set(subsequences(a))


@pytest.mark.parametrize("seed", range(8))
def test_diff_there_and_back(seed):
    draw = random.Random(seed + 50)
    old, new = text(draw), text(draw)
    changes = diff(old, new)
    assert apply(old, changes) == new
    assert [line for mark, line in changes if mark != "+"] == old
    kept = sum(mark == " " for mark, _ in changes)
    assert summary(changes) == f"+{len(new) - kept} -{len(old) - kept}"


def test_lengths_of_suffixes():
    assert lengths("ab", "b") == [[1, 0], [1, 0], [0, 0]]
    assert lengths("", "") == [[0]]


def test_removals_come_first():
    assert diff("a", "b") == [("-", "a"), ("+", "b")]
    assert diff("ab", "ba") == [("-", "a"), (" ", "b"), ("+", "a")]


def test_addition_where_it_saves_a_line():
    assert diff("ab", "xab") == [("+", "x"), (" ", "a"), (" ", "b")]


@pytest.mark.parametrize(
    ("old", "changes", "message"),
    [
        ("a", [("-", "b")], "expected 'b'"),
        ("", [(" ", "b")], "expected 'b'"),
        ("ab", [("-", "a")], "too early"),
        ("a", [], "too early"),
    ],
)
def test_diffs_that_do_not_fit(old, changes, message):
    with pytest.raises(ValueError, match=message):
        apply(old, changes)


def test_empty_diff():
    assert diff([], []) == []
    assert apply([], []) == []
    assert summary([]) == "+0 -0"
    assert diff([], ["x", "y"]) == [("+", "x"), ("+", "y")]

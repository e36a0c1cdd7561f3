import random
from functools import cache

import pytest
from edit_distance import closest, distance, edits, similarity, table


@cache
def recursive(a, b):
    if not a or not b:
        return len(a) + len(b)
    if a[0] == b[0]:
        return recursive(a[1:], b[1:])
    return 1 + min(recursive(a[1:], b), recursive(a, b[1:]), recursive(a[1:], b[1:]))


def word(draw, longest=7):
    return "".join(draw.choice("abc") for _ in range(draw.randint(0, longest)))


def replay(source, steps):
    """All results of applying the edits in order, letters being kept in between."""
    results = {(0, "")}
    for step in steps:
        following = set()
        for at, text in results:
            for keep in range(len(source) - at + 1):
                here, kept = at + keep, text + source[at : at + keep]
                if step[0] == "+":
                    following.add((here, kept + step[1]))
                elif here < len(source) and step[0] == "-" and source[here] == step[1]:
                    following.add((here + 1, kept))
                elif here < len(source) and step[1] == ">" and source[here] == step[0]:
                    following.add((here + 1, kept + step[2]))
        results = following
    return {text + source[at:] for at, text in results}


@pytest.mark.parametrize("seed", range(12))
def test_agrees_with_recursion(seed):
    draw = random.Random(seed)
    a, b = word(draw), word(draw)
    assert distance(a, b) == recursive(a, b)
    steps = edits(a, b)
    assert len(steps) == distance(a, b)
    assert b in replay(a, steps)
    costs = table(a, b)
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            assert costs[i][j] == recursive(a[:i], b[:j])


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("", "ab", ["+a", "+b"]),
        ("ab", "", ["-a", "-b"]),
        ("ab", "xy", ["a>x", "b>y"]),
        ("abc", "xbz", ["a>x", "c>z"]),
        ("kitten", "sitting", ["k>s", "e>i", "+g"]),
        ("xabc", "abc", ["-x"]),
        ("abc", "xabc", ["+x"]),
    ],
)
def test_edits_in_order(source, target, expected):
    assert edits(source, target) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("ab", "cd", 0.0), ("a", "", 0.0), ("a", "a", 1.0), ("ab", "abcd", 0.5), ("abcd", "ab", 0.5)],
)
def test_similarity_values(a, b, expected):
    assert similarity(a, b) == expected


@pytest.mark.parametrize(
    ("word_", "choices", "limit", "expected"),
    [
        ("abc", ["abd", "abx"], 2, "abd"),
        ("abc", ["xyc", "abc"], 2, "abc"),
        ("abc", ["xyc"], 2, "xyc"),
        ("abc", ["xyc"], 1, None),
        ("abc", ["xyz"], 3, "xyz"),
        ("abc", [], 9, None),
        ("abcd", ["wxyd"], 2, None),
    ],
)
def test_closest_within_limits(word_, choices, limit, expected):
    assert closest(word_, choices, limit) == expected


def test_default_limit_is_two():
    assert closest("abcd", ["abxy"]) == "abxy"
    assert closest("abcd", ["axyz"]) is None

import pytest
from common_subsequence import apply, common_subsequence, diff, lengths, summary

OLD = ["milk", "eggs", "bread"]
NEW = ["milk", "butter", "bread", "jam"]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("ABCBDAB", "BDCABA", 4),
        ("abc", "abc", 3),
        ("abc", "xyz", 0),
        ("", "abc", 0),
    ],
)
def test_length(a, b, expected):
    assert lengths(a, b)[0][0] == expected


def test_subsequence():
    assert common_subsequence("stone", "longest") == ["o", "n", "e"]


def test_diff_marks_lines():
    assert diff(OLD, NEW) == [
        (" ", "milk"),
        ("-", "eggs"),
        ("+", "butter"),
        (" ", "bread"),
        ("+", "jam"),
    ]


def test_diff_to_nothing():
    assert diff(["a"], []) == [("-", "a")]


def test_apply_makes_the_new_text():
    assert apply(OLD, diff(OLD, NEW)) == NEW


def test_apply_refuses_another_text():
    with pytest.raises(ValueError):
        apply(["tea"], [(" ", "milk")])


def test_apply_refuses_a_short_diff():
    with pytest.raises(ValueError):
        apply(OLD, [(" ", "milk")])


def test_summary():
    assert summary(diff(OLD, NEW)) == "+2 -1"

import pytest
from kmp_search import border_table, count, find_all, is_rotation, period


@pytest.mark.parametrize(
    ("pattern", "table"),
    [
        ("abab", [0, 0, 1, 2]),
        ("aaaa", [0, 1, 2, 3]),
        ("abcd", [0, 0, 0, 0]),
        ("aabaaab", [0, 1, 0, 1, 2, 2, 3]),
    ],
)
def test_border_table(pattern, table):
    assert border_table(pattern) == table


def test_find_all():
    assert find_all("one two one", "one") == [0, 8]


def test_overlapping_matches():
    assert find_all("ababa", "aba") == [0, 2]


def test_no_match():
    assert find_all("abc", "abd") == []


def test_empty_pattern():
    with pytest.raises(ValueError):
        find_all("abc", "")


@pytest.mark.parametrize(("overlapping", "expected"), [(True, 3), (False, 2)])
def test_count(overlapping, expected):
    assert count("aaaa", "aa", overlapping) == expected


def test_period():
    assert period("abcabcabc") == 3


def test_period_of_an_odd_piece():
    assert period("abcab") == 5


def test_rotation():
    assert is_rotation("erbottlewat", "waterbottle")


def test_no_rotation():
    assert not is_rotation("abc", "acb")

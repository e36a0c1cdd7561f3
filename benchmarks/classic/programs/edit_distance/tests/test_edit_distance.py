import pytest
from edit_distance import closest, distance, edits, similarity, table


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("kitten", "sitting", 3),
        ("", "abc", 3),
        ("abc", "", 3),
        ("same", "same", 0),
    ],
)
def test_distance(source, target, expected):
    assert distance(source, target) == expected


def test_table_of_short_words():
    assert table("a", "ab") == [[0, 1, 2], [1, 0, 1]]


def test_edits_replace():
    assert edits("cat", "cut") == ["a>u"]


def test_edits_insert_at_the_end():
    assert edits("car", "cart") == ["+t"]


def test_edits_delete():
    assert edits("moon", "mon") == ["-o"]


def test_no_edits():
    assert edits("x", "x") == []


def test_similarity():
    assert similarity("abcd", "abcx") == 0.75


def test_similarity_of_empty_texts():
    assert similarity("", "") == 1.0


def test_closest_word():
    assert closest("helo", ["world", "hello", "help"]) == "hello"


def test_closest_respects_the_limit():
    assert closest("abc", ["wxyz"]) is None

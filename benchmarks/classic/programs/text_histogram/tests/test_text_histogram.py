import pytest
from text_histogram import bars, by_length, count, mean_length, most_common, words

TEXT = "The cat and the dog. The cat's dog is a good dog!"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One, two", ["one", "two"]),
        ("don't stop", ["don't", "stop"]),
        ("a-b 3x", ["a", "b", "3x"]),
        ("", []),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


def test_count_leaves_out_stop_words():
    assert count(TEXT) == {"cat": 1, "dog": 3, "cat's": 1, "good": 1}


def test_count_with_other_stop_words():
    assert count("a b a", frozenset({"b"})) == {"a": 2}


def test_most_common():
    assert most_common({"x": 1, "y": 5, "z": 3}, 2) == [("y", 5), ("z", 3)]


def test_ties_are_alphabetical():
    assert most_common({"b": 2, "a": 2, "c": 2}, 3) == [("a", 2), ("b", 2), ("c", 2)]


def test_bars():
    assert bars({"tea": 4, "coffee": 2}, width=8) == ["tea    ######## 4", "coffee #### 2"]


def test_every_bar_has_a_sign():
    assert bars({"a": 100, "b": 1}, width=5)[1] == "b # 1"


def test_no_bars():
    assert bars({}) == []


def test_by_length():
    assert by_length("to be or not") == {2: 3, 3: 1}


def test_mean_length():
    assert mean_length("ab abcd") == 3

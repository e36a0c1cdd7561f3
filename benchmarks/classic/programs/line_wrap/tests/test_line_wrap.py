import pytest
from line_wrap import box, justify, paragraph, split_long, wrap

TEXT = "the quick brown fox jumps"


def test_wrap():
    assert wrap(TEXT, 10) == ["the quick", "brown fox", "jumps"]


@pytest.mark.parametrize(("text", "lines"), [("", []), ("   ", []), ("one", ["one"])])
def test_wrap_short_texts(text, lines):
    assert wrap(text, 5) == lines


def test_line_may_be_exactly_full():
    assert wrap("ab cd ef", 5) == ["ab cd", "ef"]


def test_long_word_is_cut():
    assert wrap("a abcdefgh b", 3) == ["a", "abc", "def", "gh", "b"]


def test_width_must_be_positive():
    with pytest.raises(ValueError):
        wrap("a", 0)


def test_split_long():
    assert split_long("abcdefg", 3) == ["abc", "def", "g"]


@pytest.mark.parametrize(
    ("line", "expected"), [("a b c", "a    b   c"), ("ab cd", "ab      cd"), ("word", "word      ")]
)
def test_justify(line, expected):
    assert justify(line, 10) == expected


def test_paragraph():
    assert paragraph(TEXT, 11) == "the   quick\nbrown   fox\njumps"


def test_box():
    assert box("hi", 8) == ["+------+", "|  hi  |", "+------+"]

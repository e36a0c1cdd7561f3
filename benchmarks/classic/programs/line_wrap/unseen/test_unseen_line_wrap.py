import itertools
import random
import textwrap

import pytest
from line_wrap import box, justify, paragraph, split_long, wrap


def text(draw, longest):
    words = ("x" * draw.randint(1, longest) for _ in range(draw.randint(1, 15)))
    return " ".join(words)


@pytest.mark.parametrize("seed", range(8))
def test_agrees_with_textwrap(seed):
    draw = random.Random(seed)
    for width in range(6, 16):
        sample = text(draw, 6)
        assert wrap(sample, width) == textwrap.wrap(sample, width)


@pytest.mark.parametrize("seed", range(5))
def test_lines_are_full_and_lose_nothing(seed):
    draw = random.Random(seed)
    sample = text(draw, 12)
    for width in range(1, 14):
        lines = wrap(sample, width)
        assert all(0 < len(line) <= width for line in lines)
        assert "".join(lines).replace(" ", "") == sample.replace(" ", "")
        for line, following in itertools.pairwise(lines):
            assert len(line) + 1 + len(following.split()[0]) > width


@pytest.mark.parametrize("seed", range(5))
def test_justified_lines(seed):
    draw = random.Random(seed)
    line = " ".join("y" * draw.randint(1, 4) for _ in range(draw.randint(2, 6)))
    for width in range(len(line), len(line) + 12):
        result = justify(line, width)
        assert len(result) == width
        assert result.split() == line.split()
        gaps = [len(gap) for gap in result.split("y") if gap]
        assert gaps == sorted(gaps, reverse=True)
        assert max(gaps) - min(gaps) <= 1


def test_gaps_from_the_left():
    assert justify("a b c d", 9) == "a  b  c d"
    assert justify("a b", 3) == "a b"
    assert justify("", 2) == "  "


@pytest.mark.parametrize("width", [0, -2])
def test_narrow_lines_are_refused(width):
    with pytest.raises(ValueError, match="one letter"):
        wrap("text", width)


def test_width_of_one():
    assert wrap("ab c", 1) == ["a", "b", "c"]


def test_piece_of_a_long_word_shares_its_line():
    assert wrap("abcd e", 3) == ["abc", "d e"]
    assert wrap("abcdef g", 3) == ["abc", "def", "g"]


def test_whitespace_is_collapsed():
    assert wrap(" a\t b\n\nc ", 9) == ["a b c"]


def test_split_at_the_width():
    assert split_long("abc", 3) == ["abc"]
    assert split_long("", 3) == []
    assert split_long("abcdef", 3) == ["abc", "def"]


def test_paragraph_of_one_line_and_of_none():
    assert paragraph("a b", 9) == "a b"
    assert paragraph("", 9) == ""
    assert paragraph("a bb c dd", 6) == "a bb c\ndd"
    assert paragraph("aa b cccc", 5) == "aa  b\ncccc"


def test_box_of_several_lines():
    assert box("ab cde", 7) == ["+-----+", "|  ab |", "| cde |", "+-----+"]

import itertools
import random

import pytest
from run_lengths import decode, encode, longest_run, ratio, runs


@pytest.mark.parametrize("seed", range(10))
def test_there_and_back(seed):
    draw = random.Random(seed)
    for _ in range(30):
        text = "".join(
            draw.choice("ab1\\ 9") * draw.choice([1, 1, 2, 11]) for _ in range(draw.randint(0, 8))
        )
        assert decode(encode(text)) == text
        grouped = [(letter, len(list(group))) for letter, group in itertools.groupby(text)]
        assert runs(text) == grouped
        longest = max((n for _, n in grouped), default=0)
        assert longest_run(text) == next((run for run in grouped if run[1] == longest), ("", 0))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("\\", "\\\\"),
        ("\\\\", "2\\\\"),
        ("7", "\\7"),
        ("aba", "aba"),
        ("aa  bb", "2a2 2b"),
        ("AAa", "2Aa"),
    ],
)
def test_codes(text, code):
    assert encode(text) == code
    assert decode(code) == text


@pytest.mark.parametrize("code", ["3", "a\\", "2\\", "\\", "ab12"])
def test_unfinished_codes_are_named(code):
    with pytest.raises(ValueError, match="middle of a run"):
        decode(code)


def test_decode_is_liberal():
    assert decode("1a") == "a"
    assert decode("0a") == ""
    assert decode("\\ab") == "ab"
    assert decode("02a3b") == "aabbb"


def test_ratio_values():
    assert ratio("") == 1.0
    assert ratio("ab") == 1.0
    assert ratio("1") == 2.0
    assert ratio("a" * 10) == 0.3


def test_longest_of_nothing_and_of_ties():
    assert longest_run("") == ("", 0)
    assert longest_run("ab") == ("a", 1)
    assert longest_run("abbb") == ("b", 3)

import random
import re

import pytest
from kmp_search import border_table, count, find_all, is_rotation, period


def word(draw, low, high, letters="ab"):
    return "".join(draw.choice(letters) for _ in range(draw.randint(low, high)))


@pytest.mark.parametrize("seed", range(10))
def test_agrees_with_slicing(seed):
    draw = random.Random(seed)
    for _ in range(20):
        text, pattern = word(draw, 0, 30), word(draw, 1, 5)
        places = range(len(text) - len(pattern) + 1)
        expected = [i for i in places if text[i : i + len(pattern)] == pattern]
        assert find_all(text, pattern) == expected
        assert count(text, pattern) == len(expected)
        assert count(text, pattern, overlapping=False) == len(re.findall(pattern, text))
        assert count(text, pattern, overlapping=False) == text.count(pattern)


@pytest.mark.parametrize("seed", range(6))
def test_borders_by_definition(seed):
    draw = random.Random(seed)
    pattern = word(draw, 1, 20)
    for end, border in enumerate(border_table(pattern), start=1):
        prefix = pattern[:end]
        assert border == max(n for n in range(end) if prefix[:n] == prefix[end - n :])


@pytest.mark.parametrize("seed", range(6))
def test_period_by_definition(seed):
    draw = random.Random(seed)
    for _ in range(10):
        text = word(draw, 1, 4) * draw.randint(1, 4)
        sizes = range(1, len(text) + 1)
        repeated = [n for n in sizes if len(text) % n == 0 and text[:n] * (len(text) // n) == text]
        assert period(text) == min(repeated)


@pytest.mark.parametrize("seed", range(4))
def test_rotations_by_turning(seed):
    draw = random.Random(seed)
    text = word(draw, 3, 6, "abc")
    turned = {text[i:] + text[:i] for i in range(len(text))}
    for _ in range(20):
        other = "".join(draw.sample(text, len(text)))
        assert is_rotation(text, other) is (other in turned)


def test_rotation_needs_the_same_length():
    assert not is_rotation("abab", "ab")
    assert not is_rotation("ab", "abab")
    assert not is_rotation("", "a")
    assert is_rotation("", "") is True
    assert is_rotation("ab", "ab") is True


def test_empty_texts():
    assert border_table("") == []
    assert find_all("", "a") == []
    assert period("") == 0
    with pytest.raises(ValueError, match="empty"):
        count("a", "")

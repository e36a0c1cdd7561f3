import random
from collections import Counter

import pytest
from text_histogram import STOP_WORDS, bars, by_length, count, mean_length, most_common, words

VOCABULARY = ["the", "fox", "It", "it's", "Fox", "7up", "of", "bee", "beech", "a", "zoo", "TO"]


def random_words(seed):
    draw = random.Random(seed)
    return [draw.choice(VOCABULARY) for _ in range(draw.randint(1, 40))]


@pytest.mark.parametrize("seed", range(8))
def test_counts_against_a_counter(seed):
    chosen = random_words(seed)
    draw = random.Random(seed)
    text = "".join(word + draw.choice([" ", ", ", "\n", "...", " - "]) for word in chosen)
    lower = [word.lower() for word in chosen]
    assert words(text) == lower
    assert count(text) == Counter(word for word in lower if word not in STOP_WORDS)
    assert count(text, frozenset()) == Counter(lower)
    assert list(by_length(text).items()) == sorted(Counter(map(len, lower)).items())
    assert mean_length(text) == pytest.approx(sum(map(len, lower)) / len(lower))


@pytest.mark.parametrize("seed", range(6))
def test_most_common_by_repeated_search(seed):
    draw = random.Random(seed)
    counts = {word: draw.randint(1, 4) for word in "qwertyuiop"}
    left = dict(counts)
    expected = []
    while left:
        best = min(w for w in left if left[w] == max(left.values()))
        expected.append((best, left.pop(best)))
    for limit in range(12):
        assert most_common(counts, limit) == expected[:limit]


@pytest.mark.parametrize("seed", range(6))
def test_bars_have_their_share(seed):
    draw = random.Random(seed)
    counts = {"x" * draw.randint(1, 9) + letter: draw.randint(1, 99) for letter in "abcdefgh"}
    limit, width = draw.randint(1, 9), draw.randint(1, 40)
    top = most_common(counts, limit)
    lines = bars(counts, limit, width)
    assert len(lines) == len(top)
    starts = {line.index("#") for line in lines}
    assert starts == {max(len(word) for word, _ in top) + 1}
    for line, (word, number) in zip(lines, top, strict=True):
        shown, signs, figure = line.split()
        assert (shown, int(figure)) == (word, number)
        exact = number / top[0][1] * width
        assert len(signs) >= 1
        assert abs(len(signs) - exact) <= 0.5 + 1e-9 or (exact < 0.5 and len(signs) == 1)
        assert set(signs) == {"#"}


def test_defaults_of_bars():
    counts = {chr(97 + n): 30 - n for n in range(12)}
    lines = bars(counts)
    assert len(lines) == 10
    assert lines[0] == "a " + "#" * 20 + " 30"


@pytest.mark.parametrize(
    "word", sorted({"a", "an", "and", "in", "is", "it", "of", "on", "the", "to"})
)
def test_each_stop_word(word):
    assert count(f"{word.upper()} x{word}") == {f"x{word}": 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'quoted'", ["quoted"]),
        ("rock'n'roll", ["rock'n'roll"]),
        ("dogs' x", ["dogs", "x"]),
        ("o'9", ["o", "9"]),
        ("a_b", ["a", "b"]),
        ("10:30", ["10", "30"]),
    ],
)
def test_borders_of_words(text, expected):
    assert words(text) == expected


def test_nothing():
    assert count("") == {}
    assert by_length("...") == {}
    assert mean_length("!") == 0.0
    assert most_common({}, 5) == []

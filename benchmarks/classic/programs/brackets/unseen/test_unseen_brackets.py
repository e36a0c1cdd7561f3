import random

import pytest
from brackets import closers, depth, first_error, is_balanced, partners


def reducible(text):
    """Balanced by the other definition: removing empty pairs leaves no bracket."""
    text = "".join(c for c in text if c in "()[]{}")
    while any(pair in text for pair in ("()", "[]", "{}")):
        for pair in ("()", "[]", "{}"):
            text = text.replace(pair, "")
    return text == ""


def nested(draw, size):
    if size == 0:
        return draw.choice(["", "x"])
    inside = draw.randint(0, size - 1)
    opening, closing = draw.choice(["()", "[]", "{}"])
    return opening + nested(draw, inside) + closing + nested(draw, size - 1 - inside)


@pytest.mark.parametrize("seed", range(8))
def test_agrees_with_reduction(seed):
    draw = random.Random(seed)
    for _ in range(60):
        text = "".join(draw.choice("()[]{}a") for _ in range(draw.randint(0, 8)))
        assert is_balanced(text) == reducible(text)


@pytest.mark.parametrize("seed", range(8))
def test_balanced_texts(seed):
    text = nested(random.Random(seed), 6)
    assert first_error(text) is None
    pairs = partners(text)
    assert len(pairs) == 6
    for start, end in pairs.items():
        assert text[start] + text[end] in ("()", "[]", "{}")
        assert reducible(text[start + 1 : end])
    assert depth(text) == max(
        sum(start <= at < end for start, end in pairs.items()) for at in range(len(text))
    )
    for cut in range(len(text) + 1):
        added = closers(text[:cut])
        assert is_balanced(text[:cut] + added)
        assert len(added) == sum(start < cut <= end for start, end in pairs.items())


@pytest.mark.parametrize(
    ("text", "index"),
    [
        (")", 0),
        ("x)", 1),
        ("(", 0),
        ("((", 1),
        ("(()", 0),
        ("[(])", 2),
        ("{}}", 2),
        ("(]", 1),
        ("({)", 2),
        ("(a) b", None),
    ],
)
def test_place_of_the_error(text, index):
    assert first_error(text) == index


@pytest.mark.parametrize(("text", "expected"), [("", 0), ("x", 0), ("()()", 1), ("(()[[]])", 3)])
def test_depths(text, expected):
    assert depth(text) == expected


def test_messages():
    with pytest.raises(ValueError, match="unbalanced bracket at 1"):
        depth("a]")
    with pytest.raises(ValueError, match="the bracket at 2"):
        closers("()]")
    with pytest.raises(ValueError, match="the bracket at 1"):
        closers("{)")


def test_nothing_to_close():
    assert closers("(a)[b]") == ""
    assert closers("({[") == "]})"
    assert partners("abc") == {}

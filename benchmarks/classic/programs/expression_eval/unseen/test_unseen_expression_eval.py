import random

import pytest
from expression_eval import ExpressionError, evaluate, tokens


def random_expression(draw, depth):
    if depth == 0:
        return draw.choice(["1", "2", "3.5", "x", "yy", "7."])
    left, right = random_expression(draw, depth - 1), random_expression(draw, depth - 1)
    shape = draw.randrange(6)
    if shape == 0:
        return f"({left})"
    if shape == 1:
        return f"-{left}"
    if shape == 2:
        return f"({left}) ^ {draw.choice(['2', '-1', '0'])}"
    return f"{left} {draw.choice(['+', '-', '*', '/'])} {right}"


def by_python(text, names):
    try:
        return eval(text.replace("^", "**"), {}, dict(names))
    except ZeroDivisionError:
        return ZeroDivisionError


@pytest.mark.parametrize("seed", range(10))
def test_agrees_with_python(seed):
    draw = random.Random(seed)
    for depth in (1, 2, 3, 4):
        text = random_expression(draw, depth)
        names = {"x": draw.randint(1, 5), "yy": -2.5}
        expected = by_python(text, names)
        if expected is ZeroDivisionError:
            with pytest.raises(ZeroDivisionError):
                evaluate(text, **names)
        else:
            assert evaluate(text, **names) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "ends too early"),
        ("2 *", "ends too early"),
        ("(", "ends too early"),
        ("(1 + 2", "stays open"),
        ("((1)", "stays open"),
        ("1 2", "unexpected '2'"),
        ("1)", "unexpected '\\)'"),
        ("* 2", "unexpected '\\*'"),
        ("()", "unexpected '\\)'"),
        ("1 # 2", "unexpected '#'"),
        ("nope", "unexpected 'nope'"),
        ("2x", "unexpected 'x'"),
        (".5", "unexpected '.'"),
    ],
)
def test_errors_say_what_is_wrong(text, message):
    with pytest.raises(ExpressionError, match=message):
        evaluate(text, x=1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("--7", 7),
        ("2*-3", -6),
        ("2^3*4", 32),
        ("4*2^3", 32),
        ("2^(1+1)", 4),
        ("8/2*4", 16),
        ("1-(2-3)", 2),
        ("5.", 5),
        ("2^--1", 2),
        ("9 - 2 + 1", 8),
    ],
)
def test_values(text, value):
    assert evaluate(text) == value


def test_results_are_floats_of_the_names():
    assert evaluate("a", a=4) == 4
    assert isinstance(evaluate("4"), float)


def test_tokens_without_spaces_and_of_nothing():
    assert tokens("") == []
    assert tokens(" 1+ab^2 / 3 ") == ["1", "+", "ab", "^", "2", "/", "3"]
    with pytest.raises(ExpressionError, match="'&'"):
        tokens("1 & 2")


def test_error_is_a_value_error():
    assert issubclass(ExpressionError, ValueError)

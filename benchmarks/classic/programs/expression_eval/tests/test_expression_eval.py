import pytest
from expression_eval import ExpressionError, evaluate, tokens


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 4 - 3", 3),
        ("12 / 4 / 3", 1),
        ("2.5 * 2", 5),
    ],
)
def test_arithmetic(text, value):
    assert evaluate(text) == value


@pytest.mark.parametrize(("text", "value"), [("2 ^ 3 ^ 2", 512), ("-2 ^ 2", -4), ("2 ^ -1", 0.5)])
def test_powers(text, value):
    assert evaluate(text) == value


def test_signs():
    assert evaluate("3 - -2") == 5


def test_names():
    assert evaluate("2 * r * pi", r=3, pi=3.0) == 18


def test_unknown_name():
    with pytest.raises(ExpressionError):
        evaluate("x + 1")


@pytest.mark.parametrize("text", ["", "1 +", "(1", "1 2", "1 $ 2", ")"])
def test_no_expression(text):
    with pytest.raises(ExpressionError):
        evaluate(text)


def test_tokens():
    assert tokens("3.5*(ab-1)") == ["3.5", "*", "(", "ab", "-", "1", ")"]


def test_division_by_zero():
    with pytest.raises(ZeroDivisionError):
        evaluate("1 / 0")

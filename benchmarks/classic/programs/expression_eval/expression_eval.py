"""A calculator: recursive descent over + - * / ^, parentheses, signs and names."""

from __future__ import annotations

import re


class ExpressionError(ValueError):
    """The text is no expression."""


def tokens(text: str) -> list[str]:
    """Numbers, names and signs of an expression. Raises ExpressionError for anything else."""
    found = re.findall(r"\s*(\d+\.?\d*|[A-Za-z]+|[-+*/^()]|\S)", text)
    for token in found:
        if not re.fullmatch(r"\d+\.?\d*|[A-Za-z]+|[-+*/^()]", token):
            raise ExpressionError(f"unexpected {token!r}")
    return found


class Parser:
    """Reads tokens from the left and evaluates as it goes."""

    def __init__(self, text: str, names: dict[str, float]) -> None:
        self._tokens = tokens(text)
        self._names = names
        self._at = 0

    def parse(self) -> float:
        """The value of the whole text."""
        value = self._sum()
        if self._at < len(self._tokens):
            raise ExpressionError(f"unexpected {self._tokens[self._at]!r}")
        return value

    def _accept(self, *wanted: str) -> str | None:
        if self._at < len(self._tokens) and self._tokens[self._at] in wanted:
            self._at += 1
            return self._tokens[self._at - 1]
        return None

    def _sum(self) -> float:
        value = self._product()
        while sign := self._accept("+", "-"):
            term = self._product()
            value = value + term if sign == "+" else value - term
        return value

    def _product(self) -> float:
        value = self._signed()
        while sign := self._accept("*", "/"):
            factor = self._signed()
            value = value * factor if sign == "*" else value / factor
        return value

    def _signed(self) -> float:
        if self._accept("-"):
            return -self._signed()
        return self._power()

    def _power(self) -> float:
        base = self._atom()
        if self._accept("^"):
            return base ** self._signed()
        return base

    def _atom(self) -> float:
        if self._accept("("):
            value = self._sum()
            if not self._accept(")"):
                raise ExpressionError("a parenthesis stays open")
            return value
        if self._at == len(self._tokens):
            raise ExpressionError("the expression ends too early")
        token = self._tokens[self._at]
        self._at += 1
        if token[0].isdigit():
            return float(token)
        if token not in self._names:
            raise ExpressionError(f"unexpected {token!r}")
        return self._names[token]


def evaluate(text: str, **names: float) -> float:
    """The value of an expression; `names` are the variables in it."""
    return Parser(text, names).parse()

"""`ast` for rehearsed code: trees of short texts, whose nodes are read and nothing more."""

from __future__ import annotations

import ast
from typing import Any

from researchers.program_analysis.rehearsal.limits import Refused, charge, length
from researchers.program_analysis.rehearsal.methods import METHODS, words

_LONGEST = 2_000
_DEEPEST = 60
"""Brackets within one another, and signs in a row, that Python's parser reads by calls."""
_PLACES = words("lineno col_offset end_lineno end_col_offset")


def parse(source: Any, filename: Any = "<unknown>", mode: str = "exec") -> ast.AST:
    """`ast.parse` of a short text."""
    if not isinstance(source, str):
        raise Refused("ast.parse of what is no text")
    text = str.__str__(source)
    if length(text) > _LONGEST or mode not in ("exec", "eval"):
        raise Refused("ast.parse of a long text")
    deep = max(text.count(sign) for sign in "([{-+~")
    if deep > _DEEPEST or text.count("not ") > _DEEPEST or text.count("lambda") > _DEEPEST:
        raise Refused("ast.parse of a deep text")
    charge(length(text))
    return ast.parse(text, mode=mode)


def literal_eval(source: Any) -> Any:
    """`ast.literal_eval`, of text."""
    return ast.literal_eval(parse(source.strip(), mode="eval"))


_KINDS = {
    name: kind for name, kind in vars(ast).items()
    if isinstance(kind, type) and issubclass(kind, ast.AST)
}  # fmt: skip
for _kind in _KINDS.values():
    METHODS[_kind] = frozenset(_kind._fields) | _PLACES | {"n", "s", "value"}
PARSING: dict[str, Any] = {**_KINDS, "parse": parse, "literal_eval": literal_eval}

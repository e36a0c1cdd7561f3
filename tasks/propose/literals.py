"""Literals of a Python file as knobs: found by their places, and set there and nowhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tasks.hyperparameters import Choice, Hyperparameter, Scalar
from tasks.propose.enumerated import Texts, enumerated, name_of, set_under
from tasks.propose.ranges import around

_PLAIN = re.compile(rb"[\d_]+|[\d_.]+(?:[eE][-+]?\d+)?|True|False")
"""How a number must be written: one in another base is a mask or a code, not a quantity."""
_LARGEST = 10**9
_SEEDS = ("seed", "random_state", "salt")
"""Parts of names whose values are luck: another seed is never a gain."""


@dataclass(frozen=True)
class Literal:
    """One literal: its knob, what it holds now, and where it stands (bytes in its line)."""

    knob: Hyperparameter
    value: Scalar
    line: int
    start: int
    end: int


def literals(text: str, file: str, texts: Texts) -> tuple[Literal, ...]:
    """Every number, truth value and enumerated text that may be set, in order of place.

    Left out: what is no setting. Docstrings and annotations; the constant index of a subscript,
    which names a part of a record (the bounds of a slice are settings); `while True`; the test
    of `__name__`; versions and other `__dunder__` names; seeds; numbers in another base, complex
    ones, and ones of a thousand million or more. A text counts where its name is one of `texts`
    (see `enumerated`). A file that does not parse has none.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return ()
    lines = text.encode().splitlines(keepends=True)
    choices = enumerated(tree, texts)
    left_out = {id(node) for part in _no_settings(tree) for node in ast.walk(part)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in left_out:
            made = _literal(node, file, lines, choices.get(id(node), ()))
            if made is not None:
                found.append(made)
    return tuple(sorted(found, key=lambda literal: (literal.line, literal.start)))


def set_literals(text: str, known: Sequence[Literal], values: Mapping[str, Scalar]) -> str:
    """The text with its literals, by the keys of their knobs, written anew where a value differs.

    `known` are the literals of just this text.
    """
    lines = text.encode().splitlines(keepends=True)
    for literal in sorted(known, key=lambda found: (found.line, found.start), reverse=True):
        value = values.get(literal.knob.key, literal.value)
        if value == literal.value and type(value) is type(literal.value):
            continue
        line = lines[literal.line - 1]
        old = line[literal.start : literal.end]
        written = _written(value, old.decode()).encode()
        lines[literal.line - 1] = line[: literal.start] + written + line[literal.end :]
    return b"".join(lines).decode()


def _literal(
    node: ast.Constant, file: str, lines: list[bytes], choices: tuple[str, ...]
) -> Literal | None:
    value = node.value
    if node.end_lineno != node.lineno or node.end_col_offset is None:
        return None
    written = lines[node.lineno - 1][node.col_offset : node.end_col_offset]
    key = f"L{node.lineno}C{node.col_offset}"
    knob: Hyperparameter
    if isinstance(value, str):
        if value not in choices or written[:1] not in (b'"', b"'"):
            return None
        knob = Choice(type="choice", file=file, key=key, values=choices)
    elif isinstance(value, int | float) and value < _LARGEST and _PLAIN.fullmatch(written):
        knob = around(value, file, key)
    else:
        return None
    return Literal(knob, value, node.lineno, node.col_offset, node.end_col_offset)


def _written(value: Scalar, old: str) -> str:
    """A value as Python writes it, with the quotes that the old one had."""
    if not isinstance(value, str):
        return repr(value)
    quote = old[0]
    inner = value.replace("\\", "\\\\").replace(quote, "\\" + quote)
    return f"{quote}{inner}{quote}"


def _no_settings(tree: ast.Module) -> Iterator[ast.AST]:
    """Parts of a file that hold no settings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node
        elif isinstance(node, ast.AnnAssign | ast.arg):
            yield from [node.annotation] if node.annotation is not None else []
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from [node.returns] if node.returns is not None else []
        elif isinstance(node, ast.Subscript) and isinstance(_bare(node.slice), ast.Constant):
            yield node.slice
        elif isinstance(node, ast.While) and isinstance(node.test, ast.Constant):
            yield node.test
        elif isinstance(node, ast.Compare) and name_of(node.left) == "__name__":
            yield node
        elif isinstance(node, ast.JoinedStr):
            yield from (v for v in node.values if isinstance(v, ast.Constant))
        elif isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            yield node.format_spec
        yield from (v for name, v in set_under(node) if v is not None and _is_no_knob(name))


def _is_no_knob(name: str) -> bool:
    dunder = name.startswith("__") and name.endswith("__")
    return dunder or any(part in name.lower() for part in _SEEDS)


def _bare(node: ast.expr) -> ast.expr:
    return node.operand if isinstance(node, ast.UnaryOp) else node

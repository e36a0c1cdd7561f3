"""Other values for a literal, as somebody might have mistyped or misremembered it."""

from __future__ import annotations

import ast

from benchmarks.injection.module import Module
from benchmarks.injection.place import Edit, swap_text


def other_values(node: ast.expr) -> tuple[str, ...]:
    """Source texts of values near a literal: numbers off by one, flipped flags, altered texts."""
    if not isinstance(node, ast.Constant):
        return ()
    match node.value:
        case bool(value):
            return (repr(not value),)
        case int(value):
            near = [value + 1, value - 1, *([0] if value > 2 else [])]
            return tuple(repr(number) for number in near if number >= 0 or value < 0)
        case float(value):
            return repr(value + 1), repr(value * 2), repr(value / 2)
        case str(value):
            texts = [value[:-1], value.swapcase(), "" if value else " "]
            return tuple(repr(text) for text in dict.fromkeys(texts) if text != value)
    return ()


def mistyped(module: Module, node: ast.expr) -> tuple[Edit, ...]:
    """Edits that put another value in place of a literal."""
    return tuple(swap_text(module, node, text) for text in other_values(node))


def is_number(node: ast.AST) -> bool:
    """Whether a node is a number; `True` is none."""
    if not isinstance(node, ast.Constant) or isinstance(node.value, bool):
        return False
    return isinstance(node.value, int | float)

"""Other arithmetic operators in place of one."""

from __future__ import annotations

import ast

from benchmarks.injection.module import Module
from benchmarks.injection.place import Edit, operator_between

WORDS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.BitOr: "|",
    ast.BitAnd: "&",
    ast.BitXor: "^",
}
CONFUSED = {
    "+": ("-", "*"),
    "-": ("+",),
    "*": ("+", "//", "**"),
    "/": ("//", "*"),
    "//": ("/", "%"),
    "%": ("//", "*"),
    "**": ("*",),
    "<<": (">>",),
    ">>": ("<<",),
    "|": ("&", "^"),
    "&": ("|", "^"),
    "^": ("|", "&"),
}


def other_operators(module: Module, node: ast.BinOp) -> tuple[Edit, ...]:
    """Edits that put an operator in place of the node's that is easily taken for it."""
    if isinstance(node.left, ast.Constant) and isinstance(node.left.value, str):
        return ()
    word = WORDS.get(type(node.op), "")
    edits = (
        operator_between(module, node.left, node.right, word, new) for new in CONFUSED.get(word, ())
    )
    return tuple(edit for edit in edits if edit is not None)

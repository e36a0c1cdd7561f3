"""Orders that run against their key: nearest last, best last."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.names import BETTER_HIGH, BETTER_LOW, called, says, words
from tasks.records.change import Finding

_ORDERS = {"sorted", "sort", "max", "min", "nlargest", "nsmallest", "argsort"}

_LARGE = {"largest", "best", "top", "most", "latest", "newest", "highest", "longest", "maximum"}
_SMALL = {"smallest", "worst", "least", "oldest", "earliest", "lowest", "shortest", "nearest",
          "closest", "minimum"}  # fmt: skip


def find(context: Context) -> Iterator[Finding]:
    """Every ordering call; strong where the key's name speaks against the direction."""
    for module, node in context.each(ast.Call):
        assert isinstance(node, ast.Call)
        name = called(node)
        if name not in _ORDERS or (name in {"max", "min"} and not node.keywords):
            continue
        downward = _downward(node, name)
        names = [n for n in map(_identifier, ast.walk(node)) if n]
        high = any(says(n, BETTER_HIGH) for n in names)
        low = any(says(n, BETTER_LOW) for n in names)
        function = module.function_of(node)
        said = words(function.node.name) if function is not None else frozenset()
        against = (low and not high and downward) or (high and not low and not downward)
        against = against or bool(said & (_SMALL if downward else _LARGE))
        strength = 0.7 if against else 0.15
        text = f"`{module.code(node)}` in {where(module, node)} " + (
            "orders against what its key's name says" if against else "fixes a direction"
        )
        yield context.finding("sort_direction", module, node, strength, text)


def _downward(node: ast.Call, name: str) -> bool:
    if name in {"max", "nlargest"}:
        return True
    reverse = next((k.value for k in node.keywords if k.arg == "reverse"), None)
    if isinstance(reverse, ast.Constant):
        return bool(reverse.value)
    key = next((k.value for k in node.keywords if k.arg == "key"), None)
    body = getattr(key, "body", key)
    first = body.elts[0] if isinstance(body, ast.Tuple) and body.elts else body
    return isinstance(first, ast.UnaryOp) and isinstance(first.op, ast.USub)


def _identifier(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""

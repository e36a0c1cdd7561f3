"""Goes on with an operation that the code makes elsewhere: `a % size` for `a`."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import readable
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import each, instead, wrapped

_SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Mod: "%", ast.FloorDiv: "//",
}  # fmt: skip
_NUMBERS = {"", "int", "float", "number"}
TAKEN = 3
"""Operations that are tried at one place, the most frequent of the module first."""


def drafts(context: Context) -> Iterator[Draft]:
    """Numbers that are assigned, returned or passed."""
    for module, function, node in each(context, ast.Name, ast.BinOp, ast.Call, ast.Subscript):
        assert isinstance(node, ast.expr)
        if not _fits(module, node) or context.kinds.of(function, node) not in _NUMBERS:
            continue
        known, own = readable(module, node), module.code(node)
        taken = [
            (sign, term, count) for sign, term, count in _operations(module)
            if term != own and (not term.isidentifier() or term in known)
        ]  # fmt: skip
        for rank, (sign, term, count) in enumerate(taken[:TAKEN]):
            code = f"{wrapped(module, node)} {sign} {term}"
            worth = 0.3 + 0.1 * min(count, 5)
            yield instead(
                module, node, "Use", code, "the module does so elsewhere", worth * 0.8**rank
            )


def _fits(module: Module, node: ast.expr) -> bool:
    parent = module.parents.get(node)
    if isinstance(getattr(node, "ctx", None), ast.Store):
        return False
    if isinstance(parent, ast.Assign | ast.AugAssign | ast.Return):
        return parent.value is node
    return isinstance(parent, ast.Call) and node in parent.args


@lru_cache(maxsize=64)
def _operations(module: Module) -> tuple[tuple[str, str, int], ...]:
    """Signs and right sides, a name or a number, and how often the module has them."""
    found = Counter(
        (_SIGNS[type(n.op)], module.code(n.right)) for n in module.nodes
        if isinstance(n, ast.BinOp) and type(n.op) in _SIGNS
        and isinstance(n.right, ast.Name | ast.Constant)
        and not isinstance(getattr(n.right, "value", 0), str)
    )  # fmt: skip
    return tuple((sign, term, count) for (sign, term), count in found.most_common())


OPERATOR = Operator("borrowed_term", "insert operand", "bug_fix", 0.06, drafts, blind=True)

"""The normal form of source: equal for programs that differ only in how they say the same.

Locals are renamed by the order in which they appear, `not a == b` is `a != b`, `a > b` is `b < a`,
a double negation and neutral operands (`x + 0`, `x * 1`) are gone. What has one normal form is one
program; the reverse need not hold.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

from researchers.program_analysis.module import FunctionNode

_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Gt: ast.Lt, ast.GtE: ast.LtE}
_NEUTRAL: dict[type[ast.operator], int] = {
    ast.Add: 0, ast.Sub: 0, ast.Mult: 1, ast.FloorDiv: 1, ast.Pow: 1,
    ast.LShift: 0, ast.RShift: 0, ast.BitOr: 0, ast.BitXor: 0,
}  # fmt: skip


@lru_cache(maxsize=16384)
def normal(code: str) -> str | None:
    """The normal form of statements; None where they do not parse."""
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError):
        return None
    for function in _outermost(tree):
        _Renamed(function).visit(function)
    return ast.dump(_Plain().visit(tree))


def _outermost(node: ast.AST) -> Iterator[FunctionNode]:
    """Functions that stand in no other function, which rename the inner ones' names too."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, FunctionNode):
            yield child
        else:
            yield from _outermost(child)


class _Plain(ast.NodeTransformer):
    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        self.generic_visit(node)
        inner = node.operand
        if not isinstance(node.op, ast.Not):
            return node
        single = isinstance(inner, ast.Compare) and len(inner.ops) == 1
        if single and isinstance(inner, ast.Compare) and type(inner.ops[0]) in _OPPOSITE:
            return ast.Compare(inner.left, [_OPPOSITE[type(inner.ops[0])]()], inner.comparators)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        if len(node.ops) != 1:
            return node
        left, kind, right = node.left, type(node.ops[0]), node.comparators[0]
        if kind in _TURNED:
            return ast.Compare(right, [_TURNED[kind]()], [left])
        if kind in {ast.Eq, ast.NotEq} and ast.dump(right) < ast.dump(left):
            return ast.Compare(right, node.ops, [left])
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        neutral = _NEUTRAL.get(type(node.op))
        right = node.right
        if neutral is not None and isinstance(right, ast.Constant) and right.value is not None:
            same = type(right.value) is int and right.value == neutral
            return node.left if same else node
        return node

    def visit_If(self, node: ast.If) -> ast.stmt:
        self.generic_visit(node)
        return _upright(node)

    def visit_While(self, node: ast.While) -> ast.stmt:
        self.generic_visit(node)
        node.test = _truth(node.test)
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        self.generic_visit(node)
        test = _truth(node.test)
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return ast.IfExp(test.operand, node.orelse, node.body)
        return ast.IfExp(test, node.body, node.orelse)


def _truth(test: ast.expr) -> ast.expr:
    """A condition without double negation."""
    while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = test.operand
        if not (isinstance(inner, ast.UnaryOp) and isinstance(inner.op, ast.Not)):
            return test
        test = inner.operand
    return test


def _upright(node: ast.If) -> ast.If:
    """With both branches there, the condition without its `not`."""
    node.test = _truth(node.test)
    if node.orelse and isinstance(node.test, ast.UnaryOp) and isinstance(node.test.op, ast.Not):
        node.test, node.body, node.orelse = node.test.operand, node.orelse, node.body
    return node


class _Renamed(ast.NodeTransformer):
    """Names that a function binds, but for parameters of any kind, by their order of appearance."""

    def __init__(self, function: FunctionNode) -> None:
        parameters = {n.arg for n in ast.walk(function) if isinstance(n, ast.arg)}
        declared = {
            name for n in ast.walk(function) if isinstance(n, ast.Nonlocal | ast.Global)
            for name in n.names
        }  # fmt: skip
        names = [n for n in ast.walk(function) if isinstance(n, ast.Name)]
        stored = {n.id for n in names if isinstance(n.ctx, ast.Store)} - parameters - declared
        names.sort(key=lambda n: (n.lineno, n.col_offset))
        order = dict.fromkeys(n.id for n in names if n.id in stored)
        self._names = {name: f"_{place}" for place, name in enumerate(order)}

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self._names.get(node.id, node.id), node.ctx)

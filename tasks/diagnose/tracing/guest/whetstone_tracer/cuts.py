"""Cuts: rewrites the expressions that lose records: slices, filters, maps and sets by key."""

from __future__ import annotations

import ast
from typing import Any

from . import templates
from .blocks import words

UNITING = frozenset({"set", "frozenset", "fromkeys"})


class Cuts(ast.NodeTransformer):
    """Counts what slices cut off, filters drop, and equal keys and elements collapse.

    Names are evaluated a second time, nothing else is.
    """

    def visit_Subscript(self, node: ast.Subscript) -> Any:
        """`x[:n]` and `x[a:b]`, where read."""
        statement = words(node)
        self.generic_visit(node)
        bounds = node.slice
        if not isinstance(node.ctx, ast.Load) or not isinstance(bounds, ast.Slice):
            return node
        if bounds.upper is None:
            return node
        index = self._lost(node, statement, "slice")
        if isinstance(node.value, ast.Name):
            name = templates.load(node.value.id, node)
            return templates.call("cut", index, [name, node], node)
        node.value = templates.call("before", index, [node.value], node.value)
        return templates.call("after", index, [node], node)

    def visit_Call(self, node: ast.Call) -> Any:
        """`filter(f, xs)`, `set(xs)`, `dict.fromkeys(xs)`."""
        statement = words(node)
        self.generic_visit(node)
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
        plain = not node.keywords and not any(isinstance(a, ast.Starred) for a in node.args)
        if name == "filter" and isinstance(node.func, ast.Name) and plain and len(node.args) == 2:
            index = self._lost(node, statement, "filter")
            which = templates.load("filter", node)
            node.args[0] = templates.call("predicate", index, [which, node.args[0]], node)
        elif name in UNITING and plain and node.args and isinstance(node.args[0], ast.Name):
            index = self._lost(node, statement, "collapse")
            return templates.call(
                "unite", index, [templates.load(node.args[0].id, node), node], node
            )
        return node

    def visit_Assign(self, node: ast.Assign) -> Any:
        """`d[key] = value` within a loop, unless the value is made of what `d` holds."""
        statement = words(node)
        self.generic_visit(node)
        target = node.targets[0]
        if not self._in_loop() or len(node.targets) != 1 or not isinstance(target, ast.Subscript):
            return node
        if not isinstance(target.value, ast.Name) or isinstance(target.slice, ast.Slice):
            return node
        name = target.value.id
        if not any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(node.value)):
            index = self._lost(node, statement, "overwrite")
            held = templates.load(name, node)
            target.slice = templates.call("store", index, [held, target.slice], target.slice)
        return node

    def visit_DictComp(self, node: ast.DictComp) -> Any:
        """Entries whose keys are equal."""
        statement = words(node)
        self.generic_visit(node)
        index, loop = self._counted_in(node, statement)
        node.key = templates.counted(loop, node.key)
        return templates.call("made", index, [node], node)

    def visit_SetComp(self, node: ast.SetComp) -> Any:
        """Elements that are equal."""
        statement = words(node)
        self.generic_visit(node)
        index, loop = self._counted_in(node, statement)
        node.elt = templates.counted(loop, node.elt)
        return templates.call("made", index, [node], node)

    def _lost(self, node: ast.AST, statement: str, how: str) -> int:
        """Registers a place."""
        raise NotImplementedError

    def _counted_in(self, node: ast.AST, statement: str) -> tuple[int, int]:
        """Registers a collection, and the counter of what goes into it."""
        raise NotImplementedError

    def _in_loop(self) -> bool:
        """Whether a loop is open."""
        raise NotImplementedError

"""A Python module under injection: its text, its tree, and where every node lies in the text."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

Function = ast.FunctionDef | ast.AsyncFunctionDef
_UNCHANGED_NAMES = ("self", "cls")


@dataclass(frozen=True)
class Module:
    """Offsets are in characters of `text`. Raises SyntaxError for text that does not parse."""

    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text)

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """Every node's parent."""
        return {c: node for node in ast.walk(self.tree) for c in ast.iter_child_nodes(node)}

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in self._lines:
            starts.append(starts[-1] + len(line) + 1)
        return starts

    def _offset(self, line: int, column: int) -> int:
        text = self._lines[line - 1]
        if not text.isascii():
            column = len(text.encode()[:column].decode(errors="ignore"))
        return self._starts[line - 1] + column

    def start(self, node: ast.expr | ast.stmt | ast.keyword) -> int:
        """Where the node's text starts; decorators belong to it."""
        decorators = getattr(node, "decorator_list", [])
        if decorators:
            return self.text.rindex("@", 0, self.start(decorators[0]))
        return self._offset(node.lineno, node.col_offset)

    def end(self, node: ast.expr | ast.stmt | ast.keyword) -> int:
        """Where the node's text ends."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._offset(node.end_lineno, node.end_col_offset)

    def source(self, node: ast.expr | ast.stmt | ast.keyword) -> str:
        """The node's own text."""
        return self.text[self.start(node) : self.end(node)]

    def line_start(self, offset: int) -> int:
        """Where the line of an offset starts."""
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """Where the line of an offset ends, its line break not included."""
        found = self.text.find("\n", offset)
        return len(self.text) if found < 0 else found

    def indent(self, node: ast.stmt) -> str:
        """The white space before a statement, or what stands there if it is not alone."""
        start = self.start(node)
        return self.text[self.line_start(start) : start]

    def code(self, everywhere: bool = False) -> Iterator[ast.AST]:
        """Nodes of function bodies in order, or of the whole module.

        Left out: annotations, decorators, docstrings, imports, f-strings (their columns are wrong
        before Python 3.12) and assignments to names like `__all__`.
        """
        for statement in self.tree.body:
            yield from self._walk(statement, everywhere)

    def _walk(self, node: ast.AST, inside: bool) -> Iterator[ast.AST]:
        if self._left_out(node):
            return
        if inside:
            yield node
        if isinstance(node, Function):
            for child in node.body:
                yield from self._walk(child, True)
            return
        skipped = {"annotation", "decorator_list", "returns"}
        for name, value in ast.iter_fields(node):
            if name not in skipped:
                for child in value if isinstance(value, list) else [value]:
                    if isinstance(child, ast.AST):
                        yield from self._walk(child, inside)

    def _left_out(self, node: ast.AST) -> bool:
        match node:
            case ast.JoinedStr() | ast.Import() | ast.ImportFrom():
                return True
            case ast.Expr(value=ast.Constant()):
                return True
            case ast.Assign(targets=[ast.Name(id=name)]):
                return name.startswith("__")
        return False

    def function_of(self, node: ast.AST) -> Function | None:
        """The innermost function around a node."""
        up = self.parents.get(node)
        while up is not None and not isinstance(up, Function):
            up = self.parents.get(up)
        return up

    def blocks(self) -> Iterator[tuple[ast.AST, Sequence[ast.stmt]]]:
        """Owner and statements of every block inside a function; docstrings are not among them."""
        for node in self.code():
            yield from _blocks_of(node)
        for node in ast.walk(self.tree):
            if isinstance(node, Function) and self.function_of(node) is None:
                yield node, _without_docstring(node.body)

    def names_before(self, node: ast.expr | ast.stmt) -> tuple[str, ...]:
        """Parameters and local variables bound before a node in its function, in order."""
        function = self.function_of(node)
        if function is None:
            return ()
        bound = [
            (n.lineno, n.col_offset, n.id)
            for n in ast.walk(function)
            if isinstance(n, ast.Name)
            and isinstance(n.ctx, ast.Store)
            and self.function_of(n) is function
            and n.lineno < node.lineno
        ]
        names = [*parameters(function), *(name for *_, name in sorted(bound))]
        return tuple(dict.fromkeys(name for name in names if name not in _UNCHANGED_NAMES))


def parameters(function: Function) -> tuple[str, ...]:
    """Names of a function's parameters."""
    a = function.args
    extra = [x for x in (a.vararg, a.kwarg) if x is not None]
    return tuple(x.arg for x in (*a.posonlyargs, *a.args, *a.kwonlyargs, *extra))


def _blocks_of(node: ast.AST) -> Iterator[tuple[ast.AST, Sequence[ast.stmt]]]:
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
            yield node, _without_docstring(block) if name == "body" else block


def _without_docstring(body: Sequence[ast.stmt]) -> Sequence[ast.stmt]:
    first = body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return body[1:] if documented else body

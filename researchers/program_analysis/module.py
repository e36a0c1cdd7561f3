"""One parsed source file: text, syntax tree, parents, and exact character spans of its nodes."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

import libcst

from researchers.program_analysis.editing.section import Section, lines_of, sections

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
Span = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Function:
    """A function or method; `name` is `Class.method` or `outer.inner`, `owner` the class or ''."""

    path: str
    node: FunctionNode
    name: str
    owner: str

    @property
    def key(self) -> str:
        """`path:name`, as the code map and the coverage write it."""
        return f"{self.path}:{self.name}"

    @cached_property
    def arguments(self) -> tuple[ast.arg, ...]:
        """Named parameters without `self` and `cls`."""
        spec = self.node.args
        every = (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)
        method = bool(self.owner) and not self.is_static
        return every[1:] if method and every else every

    @property
    def is_static(self) -> bool:
        """Whether it is declared a static method."""
        return any(getattr(d, "id", "") == "staticmethod" for d in self.node.decorator_list)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Parameter names without `self` and `cls`."""
        return tuple(a.arg for a in self.arguments)

    @cached_property
    def positional(self) -> tuple[str, ...]:
        """The parameters that a caller may pass by position, in order."""
        keyword_only = {a.arg for a in self.node.args.kwonlyargs}
        return tuple(name for name in self.parameters if name not in keyword_only)

    @cached_property
    def defaults(self) -> dict[str, ast.expr]:
        """Optional parameters with their default expressions."""
        spec = self.node.args
        plain = (*spec.posonlyargs, *spec.args)
        names = [a.arg for a in plain[len(plain) - len(spec.defaults) :]]
        found = dict(zip(names, spec.defaults, strict=True))
        pairs = zip(spec.kwonlyargs, spec.kw_defaults, strict=True)
        return found | {a.arg: d for a, d in pairs if d is not None}


@dataclass(frozen=True, eq=False)
class Module:
    """A source file of the target; `editable` says whether proposals may touch it."""

    path: str
    text: str
    tree: ast.Module
    editable: bool
    parents: dict[ast.AST, ast.AST] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        parents = {c: n for n in ast.walk(self.tree) for c in ast.iter_child_nodes(n)}
        object.__setattr__(self, "parents", parents)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node, breadth first."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def lines(self) -> list[str]:
        """The lines as Python counts them, with their ends."""
        return lines_of(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(line) for line in self.lines)]

    @cached_property
    def _byte_starts(self) -> list[int]:
        return [0, *accumulate(len(line.encode()) for line in self.lines)]

    def offset(self, line: int, column: int) -> int:
        """Character offset of a 1-based line and a column in UTF-8 bytes, as `ast` counts."""
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        inside = column if text.isascii() else len(text.encode()[:column].decode(errors="ignore"))
        return self._starts[line - 1] + inside

    def span(self, node: ast.AST) -> Span:
        """Start and end of a node in characters."""
        line, column = node.lineno, node.col_offset  # type: ignore[attr-defined]
        last, end = node.end_lineno, node.end_col_offset  # type: ignore[attr-defined]
        return self.offset(line, column), self.offset(last, end)

    def code(self, node: ast.AST) -> str:
        """The node's own source text."""
        start, end = self.span(node)
        return self.text[start:end]

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The top-level statements, whose concrete trees are made when edits need them."""
        return sections(self.text, self.tree)

    def concrete(self, node: ast.AST) -> tuple[Section, libcst.CSTNode]:
        """The concrete node of an abstract one, and its section; of the module, the last one.

        Raises UnplacedError where the concrete tree has no such node.
        """
        if isinstance(node, ast.Module):
            return self.sections[-1], self.sections[-1].tree
        line, last = node.lineno, node.end_lineno  # type: ignore[attr-defined]
        start = self._byte_starts[line - 1] + node.col_offset  # type: ignore[attr-defined]
        end = self._byte_starts[last - 1] + node.end_col_offset  # type: ignore[attr-defined]
        section = self.sections[bisect_right(self._first_lines, line) - 1]
        return section, section.find(node, (start, end))

    @cached_property
    def _first_lines(self) -> list[int]:
        return [section.line for section in self.sections]

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """Enclosing nodes, innermost first."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    def statement(self, node: ast.AST) -> ast.stmt:
        """The innermost statement that holds the node."""
        if isinstance(node, ast.stmt):
            return node
        return next(a for a in self.ancestors(node) if isinstance(a, ast.stmt))

    def body_of(self, statement: ast.stmt) -> list[ast.stmt]:
        """The block that a statement stands in."""
        parent = self.parents[statement]
        for name in ("body", "orelse", "finalbody"):
            block = getattr(parent, name, None)
            if isinstance(block, list) and statement in block:
                return block
        return [statement]

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """All functions, methods and inner functions."""
        return tuple(self._functions(self.tree, "", ""))

    def _functions(self, node: ast.AST, prefix: str, owner: str) -> Iterator[Function]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, FunctionNode):
                yield Function(self.path, child, prefix + child.name, owner)
                yield from self._functions(child, f"{prefix}{child.name}.", "")
            elif isinstance(child, ast.ClassDef):
                yield from self._functions(child, f"{prefix}{child.name}.", child.name)
            elif not isinstance(child, ast.expr):
                yield from self._functions(child, prefix, owner)

    def function_of(self, node: ast.AST) -> Function | None:
        """The innermost function around a node."""
        return self._homes.get(node)

    def function_whose(self, node: FunctionNode) -> Function:
        """The function that a definition defines."""
        return next(f for f in self.functions if f.node is node)

    @cached_property
    def _homes(self) -> dict[ast.AST, Function]:
        """Every node within a function with the innermost one; outer ones come first."""
        by_node: dict[ast.AST, Function] = {f.node: f for f in self.functions}
        homes: dict[ast.AST, Function] = {}
        for node in self.nodes:
            home = by_node.get(node) or homes.get(self.parents.get(node, node))
            if home is not None:
                homes[node] = home
        return homes

    @cached_property
    def _by_span(self) -> dict[tuple[int, int, str], ast.AST]:
        located = [n for n in self.nodes if hasattr(n, "end_lineno")]
        return {(*self.span(n), type(n).__name__): n for n in reversed(located)}

    def node_at(self, span: Span, kind: str) -> ast.AST | None:
        """The node of this class name at exactly this span."""
        return self._by_span.get((*span, kind))

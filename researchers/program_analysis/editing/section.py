"""Sections: the top-level statements of a module, each with a concrete tree made when needed.

An edit parses the statement that it stands in and no other, so that a module of thousands of lines
costs as much as the function that is changed.
"""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

import libcst as cst
from libcst.metadata import ByteSpanPositionProvider, MetadataWrapper

from researchers.program_analysis.editing.errors import UnplacedError

ByteSpan = tuple[int, int]
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_ENCLOSED = (cst.Tuple, cst.GeneratorExp)
"""Expressions whose parentheses `ast` counts as theirs, where LibCST keeps them apart."""
_CONCRETE: tuple[tuple[type[ast.AST], tuple[type[cst.CSTNode], ...]], ...] = (
    (ast.stmt, (cst.BaseSmallStatement, cst.BaseCompoundStatement)),
    (ast.expr, (cst.BaseExpression,)),
    (ast.excepthandler, (cst.ExceptHandler, cst.ExceptStarHandler)),
)


class Place(NamedTuple):
    """Where a node stands: its parent, and the field of the parent that holds it."""

    parent: cst.CSTNode
    field: str


@dataclass(frozen=True, eq=False)
class Section:
    """The text of top-level statements that share lines, from `line` (1-based) on.

    `start` is the offset in the module in bytes, `indent` what the module indents blocks by.
    """

    text: str
    line: int
    start: int
    indent: str

    @cached_property
    def tree(self) -> cst.Module:
        """The concrete tree; raises UnplacedError where LibCST does not read the text."""
        try:
            tree = cst.parse_module(self.text)
        except cst.ParserSyntaxError as error:
            raise UnplacedError(f"line {self.line}: {error.message}") from error
        nested = any(isinstance(node, cst.IndentedBlock) for node in _children(tree, deep=True))
        return tree if nested else tree.with_changes(default_indent=self.indent)

    @cached_property
    def places(self) -> dict[cst.CSTNode, Place]:
        """Every node but white space with its place, outer ones first."""
        found: dict[cst.CSTNode, Place] = {}
        waiting: list[cst.CSTNode] = [self.tree]
        while waiting:
            node = waiting.pop()
            for name, child in members(node):
                found[child] = Place(node, name)
                waiting.append(child)
        return found

    def find(self, node: ast.AST, span: ByteSpan) -> cst.CSTNode:
        """The concrete node of an abstract one, by its span in bytes of the module."""
        kinds = next((concrete for kind, concrete in _CONCRETE if isinstance(node, kind)), ())
        start, end = span[0] - self.start, span[1] - self.start
        for found in self._by_span.get((start, end), ()):
            if isinstance(found, kinds):
                return found
        bare = self._bare.get(end) if isinstance(node, ast.GeneratorExp) else None
        if bare is None:
            raise UnplacedError(f"no {type(node).__name__} at bytes {start} to {end}")
        return bare

    def around(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """Enclosing nodes, innermost first."""
        while node in self.places:
            node = self.places[node].parent
            yield node

    @cached_property
    def _spans(self) -> dict[cst.CSTNode, ByteSpan]:
        wrapper = MetadataWrapper(self.tree, unsafe_skip_copy=True)
        spans = wrapper.resolve(ByteSpanPositionProvider)
        return {node: (s.start, s.start + s.length) for node, s in spans.items()}

    @cached_property
    def _by_span(self) -> dict[ByteSpan, list[cst.CSTNode]]:
        found: dict[ByteSpan, list[cst.CSTNode]] = {}
        for node, span in self._spans.items():
            if node in self.places:
                found.setdefault(span, []).append(node)
                if isinstance(node, _ENCLOSED) and node.lpar:
                    opened, closed = self._spans[node.lpar[-1]], self._spans[node.rpar[0]]
                    found.setdefault((opened[0], closed[1]), []).append(node)
        return found

    @cached_property
    def _bare(self) -> dict[int, cst.CSTNode]:
        """Generators that are a call's only argument, by the end of the call in bytes."""
        return {
            self._spans[self.places[argument].parent][1]: node
            for node, (argument, _) in self.places.items()
            if isinstance(node, cst.GeneratorExp)
            and not node.lpar
            and isinstance(argument, cst.Arg)
        }


def lines_of(text: str) -> list[str]:
    """The lines as Python counts them, with their ends; form feeds do not end a line."""
    return _LINE.findall(text)


def sections(text: str, tree: ast.Module) -> tuple[Section, ...]:
    """The sections of a module, which together are its text."""
    lines = lines_of(text)
    firsts, end = [1], 0
    for statement in tree.body:
        first = min(n.lineno for n in (statement, *getattr(statement, "decorator_list", ())))
        if first > end and end:
            firsts.append(first)
        end = statement.end_lineno or first
    indent, start = _indent(tree, lines), 0
    made = []
    for first, last in zip(firsts, [*firsts[1:], len(lines) + 1], strict=True):
        part = "".join(lines[first - 1 : last - 1])
        made.append(Section(part, first, start, indent))
        start += len(part.encode())
    return tuple(made)


def members(node: cst.CSTNode) -> Iterator[tuple[str, cst.CSTNode]]:
    """Child nodes with the field of each, white space left out."""
    for name in field_names(type(node)):
        value = getattr(node, name)
        if isinstance(value, cst.CSTNode):
            yield name, value
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield from ((name, child) for child in value if isinstance(child, cst.CSTNode))


@cache
def field_names(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    """The fields of a class of nodes that can hold code."""
    blank = ("whitespace", "lpar", "rpar", "leading_lines", "lines_after", "footer", "header")
    return tuple(f.name for f in dataclasses.fields(kind) if not f.name.startswith(blank))


def _children(node: cst.CSTNode, deep: bool) -> Iterator[cst.CSTNode]:
    for _, child in members(node):
        yield child
        if deep:
            yield from _children(child, deep)


def _indent(tree: ast.Module, lines: list[str]) -> str:
    for statement in tree.body:
        body = getattr(statement, "body", None)
        if isinstance(body, list) and body and body[0].lineno > statement.lineno:
            line: str = lines[body[0].lineno - 1]
            return line[: len(line) - len(line.lstrip())]
    return "    "

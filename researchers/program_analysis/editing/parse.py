"""Code that edits bring, as concrete nodes."""

from __future__ import annotations

import textwrap
from functools import lru_cache

import libcst as cst

from researchers.program_analysis.editing.errors import UnplacedError

Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement


@lru_cache(maxsize=4096)
def expression(code: str) -> tuple[cst.BaseExpression, bool]:
    """An expression, and whether its lines hold together only within brackets."""
    try:
        node = cst.parse_expression(code.strip())
        return _verbatim(node) if "\n" in code else node, False
    except cst.ParserSyntaxError:
        pass
    try:
        node = _verbatim(cst.parse_expression(f"({code.strip()}\n)"))
    except cst.ParserSyntaxError as error:
        raise UnplacedError(f"`{code}` is not an expression: {error.message}") from error
    if isinstance(node, cst.Tuple | cst.GeneratorExp):
        return node, False
    return node.with_changes(lpar=node.lpar[1:], rpar=node.rpar[:-1]), True


def _verbatim(node: cst.BaseExpression) -> cst.BaseExpression:
    """The expression with line breaks as they are written, whatever block it comes to."""
    made = node.visit(_Verbatim())
    assert isinstance(made, cst.BaseExpression)
    return made


class _Verbatim(cst.CSTTransformer):
    def leave_ParenthesizedWhitespace(
        self, original_node: cst.ParenthesizedWhitespace, updated_node: cst.ParenthesizedWhitespace
    ) -> cst.ParenthesizedWhitespace:
        return updated_node.with_changes(indent=False)

    def leave_EmptyLine(
        self, original_node: cst.EmptyLine, updated_node: cst.EmptyLine
    ) -> cst.EmptyLine:
        return updated_node.with_changes(indent=False)


@lru_cache(maxsize=1024)
def statements(code: str) -> tuple[Statement, ...]:
    """Statements, their indentation taken off, comments above the first one kept."""
    try:
        tree = cst.parse_module(textwrap.dedent(code).strip("\r\n") + "\n")
    except cst.ParserSyntaxError as error:
        raise UnplacedError(f"`{code}` is no statement: {error.message}") from error
    if not tree.body:
        raise UnplacedError(f"`{code}` holds no statement")
    return tuple(led(tree.header, [*tree.body]))


def led(lines: object, made: list[Statement]) -> list[Statement]:
    """The statements with these empty lines and comments above the first one."""
    assert isinstance(lines, tuple | list)
    first = made[0]
    return [first.with_changes(leading_lines=(*lines, *first.leading_lines)), *made[1:]]

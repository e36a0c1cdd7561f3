"""Edits of statements and blocks; comments and blank lines stay with what they stood by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import libcst as cst

from researchers.program_analysis.editing import parse
from researchers.program_analysis.editing.edit import Edit
from researchers.program_analysis.editing.errors import UnplacedError
from researchers.program_analysis.editing.parse import Statement, led
from researchers.program_analysis.editing.section import Place, Section
from researchers.program_analysis.editing.suite import Loose, Made, commented


@dataclass(frozen=True, eq=False)
class Replace(Edit):
    """Replaces a statement by others."""

    code: str

    def apply(self, node: cst.CSTNode, place: Place, section: Section) -> Sequence[Made]:
        """The new statements, on the old one's line where both are simple."""
        made = parse.statements(self.code)
        first = made[0]
        if isinstance(node, cst.BaseSmallStatement):
            if len(made) > 1 or not isinstance(first, cst.SimpleStatementLine):
                return made
            return [*first.body[:-1], first.body[-1].with_changes(semicolon=node.semicolon)]
        assert isinstance(node, cst.BaseCompoundStatement)
        return led(node.leading_lines, [*made])


@dataclass(frozen=True, eq=False)
class Before(Edit):
    """Inserts statements above one."""

    code: str

    def above(self) -> Sequence[Statement]:
        """The statements."""
        return parse.statements(self.code)


@dataclass(frozen=True, eq=False)
class After(Edit):
    """Inserts statements below one."""

    code: str

    def below(self) -> Sequence[Statement]:
        """The statements."""
        return parse.statements(self.code)


@dataclass(frozen=True, eq=False)
class Remove(Edit):
    """Deletes a statement with its line; a block that would be empty gets `pass`."""

    def apply(self, node: cst.CSTNode, place: Place, section: Section) -> Sequence[Made]:
        """The comments that stood above it."""
        return [Loose(node.leading_lines)] if isinstance(node, cst.BaseCompoundStatement) else []


@dataclass(frozen=True, eq=False)
class Unwrap(Edit):
    """Puts the body of an `if` in its place; an `elif` becomes an `else`."""

    def apply(self, node: cst.CSTNode, place: Place, section: Section) -> Sequence[Made]:
        """The body, with the comments of the `if` above it."""
        if not isinstance(node, cst.If):
            raise UnplacedError("no `if`")
        if place.field == "orelse":
            return [cst.Else(body=node.body, leading_lines=node.leading_lines)]
        if isinstance(node.body, cst.SimpleStatementSuite):
            end = node.body.trailing_whitespace
            line = cst.SimpleStatementLine(node.body.body, node.leading_lines, end)
            return [line]
        assert isinstance(node.body, cst.IndentedBlock)
        head = commented(node.with_changes(), node.body.header)
        body = [s for s in node.body.body if isinstance(s, Statement)]
        return [*led(head.leading_lines, body), Loose(node.body.footer)]


@dataclass(frozen=True, eq=False)
class Enclose(Edit):
    """Puts a statement under a header such as `if x is not None:`."""

    header: str

    def apply(self, node: cst.CSTNode, place: Place, section: Section) -> Sequence[Made]:
        """The header's block with the statement in it."""
        (outer,) = parse.statements(f"{self.header}\n    pass")
        if isinstance(node, cst.BaseSmallStatement):
            inner = node.with_changes(semicolon=cst.MaybeSentinel.DEFAULT)
            block = cst.IndentedBlock([cst.SimpleStatementLine([inner])])
            return [outer.with_changes(body=block)]
        assert isinstance(node, cst.BaseCompoundStatement)
        block = cst.IndentedBlock([node.with_changes(leading_lines=())])
        return [outer.with_changes(body=block, leading_lines=node.leading_lines)]


@dataclass(frozen=True, eq=False)
class Body(Edit):
    """Replaces the block of a function, below its docstring, or of an exception handler."""

    code: str

    def apply(self, node: cst.CSTNode, place: Place, section: Section) -> Sequence[Made]:
        """The owner with the new block."""
        made = [*parse.statements(self.code)]
        block = getattr(node, "body", None)
        if isinstance(block, cst.SimpleStatementSuite):
            return [node.with_changes(body=cst.IndentedBlock(made))]
        if not isinstance(block, cst.IndentedBlock):
            raise UnplacedError("no block")
        documented = isinstance(node, cst.FunctionDef) and node.get_docstring() is not None
        start = 1 if documented and len(block.body) > 1 else 0
        leading = getattr(block.body[start], "leading_lines", ())
        body = [*block.body[:start], *led(leading, made)]
        return [node.with_changes(body=block.with_changes(body=body))]


@dataclass(frozen=True, eq=False)
class Append(Edit):
    """Adds definitions at the end of the module, two blank lines below what is there."""

    code: str

    def apply(self, node: cst.CSTNode, place: Place, section: Section) -> Sequence[Made]:
        """The module with the statements."""
        assert isinstance(node, cst.Module)
        blank = cst.EmptyLine(indent=False)
        made = led((*node.footer, blank, blank), [*parse.statements(self.code)])
        return [node.with_changes(body=[*node.body, *made], footer=())]

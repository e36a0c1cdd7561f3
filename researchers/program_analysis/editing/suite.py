"""Blocks and lines: how changed statements are put together, with comments where they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import libcst as cst

from researchers.program_analysis.editing.parse import Statement, led

BODIES = (cst.Module, cst.IndentedBlock, cst.SimpleStatementLine, cst.SimpleStatementSuite)
_STATEMENT = (cst.SimpleStatementLine, cst.BaseCompoundStatement)


@dataclass(frozen=True)
class Loose:
    """Comments and blank lines of a statement that is gone; what follows takes them over."""

    lines: Sequence[cst.EmptyLine]
    trailing: cst.TrailingWhitespace | None = None


Made = cst.CSTNode | Loose


def joined(
    above: Sequence[Statement], made: Sequence[Made], below: Sequence[Statement]
) -> list[Made]:
    """A changed statement with what was put above and below it; comments stay on top."""
    if above and made and isinstance(made[0], cst.BaseCompoundStatement):
        lines = made[0].leading_lines
        rest = [made[0].with_changes(leading_lines=()), *made[1:]]
        return [*led(lines, [*above]), *rest, *below]
    return [*above, *made, *below]


def settled(node: cst.CSTNode, made: Sequence[Made]) -> list[Made]:
    """A block or line whose children have changed; a line may become several statements."""
    if isinstance(node, cst.SimpleStatementLine):
        return _line(made, node.leading_lines, node.trailing_whitespace)
    if isinstance(node, cst.SimpleStatementSuite):
        if all(isinstance(m, cst.BaseSmallStatement) for m in made):
            return [node.with_changes(body=_separated(made) or [cst.Pass()])]
        lines = _line(made, (), node.trailing_whitespace)
        return [cst.IndentedBlock(body=_statements(lines))]
    body: list[Statement] = []
    loose: list[cst.EmptyLine] = []
    trailing = None
    for child in made:
        if isinstance(child, Loose):
            loose += child.lines
            trailing = child.trailing or trailing
        elif isinstance(child, _STATEMENT):
            body += led(loose, [child])
            loose = []
    if not body and isinstance(node, cst.IndentedBlock):
        end = trailing or cst.TrailingWhitespace()
        line = cst.SimpleStatementLine([cst.Pass()], leading_lines=loose, trailing_whitespace=end)
        return [node.with_changes(body=[line])]
    assert isinstance(node, cst.IndentedBlock | cst.Module)
    return [node.with_changes(body=body, footer=(*loose, *node.footer))]


def otherwise(made: Sequence[Made]) -> cst.Else:
    """An `else` with these statements, where an `elif` was."""
    return cst.Else(body=cst.IndentedBlock(body=_statements(made)))


def commented(
    node: cst.BaseCompoundStatement, trailing: cst.TrailingWhitespace
) -> cst.BaseCompoundStatement:
    """The statement with the comment of the line that it replaces above it."""
    if trailing.comment is None:
        return node
    line = cst.EmptyLine(comment=trailing.comment)
    return node.with_changes(leading_lines=(*node.leading_lines, line))


def _line(
    made: Sequence[Made],
    leading: Sequence[cst.EmptyLine],
    trailing: cst.TrailingWhitespace,
) -> list[Made]:
    """The statements of one line, in lines of their own where compound ones stand among them."""
    lines: list[Statement] = []
    small: list[cst.BaseSmallStatement] = []
    last = None
    for child in [*made, None]:
        if isinstance(child, cst.BaseSmallStatement):
            small.append(child)
            continue
        if small:
            last = len(lines)
            lines.append(cst.SimpleStatementLine(_separated(small)))
            small = []
        if isinstance(child, _STATEMENT):
            lines.append(child)
    if not lines:
        return [Loose(leading, trailing)]
    if last is not None:
        lines[last] = lines[last].with_changes(trailing_whitespace=trailing)
    elif isinstance(lines[0], cst.BaseCompoundStatement):
        lines[0] = commented(lines[0], trailing)
    return [*led(tuple(leading), lines)]


def _separated(made: Sequence[Made]) -> list[cst.BaseSmallStatement]:
    """Small statements of one line, without the semicolon that led to one that is gone."""
    small = [m for m in made if isinstance(m, cst.BaseSmallStatement)]
    if not small or not isinstance(small[-1].semicolon, cst.Semicolon):
        return small
    after = small[-1].semicolon.whitespace_after
    if isinstance(after, cst.SimpleWhitespace) and not after.value:
        return small
    return [*small[:-1], small[-1].with_changes(semicolon=cst.MaybeSentinel.DEFAULT)]


def _statements(made: Sequence[Made]) -> list[Statement]:
    return [m for m in made if isinstance(m, _STATEMENT)]

"""Places and the span edits that are made there; the rest of a file stays byte for byte."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.injection.module import Module

_PLAIN = (ast.Name, ast.Attribute, ast.Call, ast.Subscript, ast.Constant)
_COMMENT = re.compile(r"#[^\n]*")


@dataclass(frozen=True)
class Edit:
    """Characters `start` to `end` are replaced by `text`."""

    start: int
    end: int
    text: str

    def apply(self, text: str) -> str:
        """The whole text with this one change."""
        return text[: self.start] + self.text + text[self.end :]


@dataclass(frozen=True)
class Place:
    """Where a kind of defect may be put, and the alternatives for putting it there."""

    line: int
    edits: tuple[Edit, ...]


def at(node: ast.expr | ast.stmt, *edits: Edit | None) -> Place:
    """A place with the edits that there are."""
    return Place(node.lineno, tuple(edit for edit in edits if edit is not None))


def swap_text(module: Module, node: ast.expr | ast.stmt, text: str) -> Edit:
    """Other text in place of a node."""
    return Edit(module.start(node), module.end(node), text)


def enclosed(module: Module, node: ast.expr) -> str:
    """A node's text, in brackets unless it binds tightly and stands on one line."""
    text = module.source(node)
    return text if isinstance(node, _PLAIN) and "\n" not in text else f"({text})"


def joined(module: Module, values: Sequence[ast.expr], word: str) -> str:
    """Conditions joined by `and` or `or`, each with the brackets that it may need."""
    if len(values) == 1:
        text = module.source(values[0])
        return f"({text})" if "\n" in text else text
    return f" {word} ".join(_operand(module, value) for value in values)


def _operand(module: Module, value: ast.expr) -> str:
    text = module.source(value)
    tight = isinstance(value, (*_PLAIN, ast.Compare, ast.UnaryOp)) and "\n" not in text
    return text if tight else f"({text})"


def operator_between(
    module: Module, left: ast.expr, right: ast.expr, old: str, new: str
) -> Edit | None:
    """Another operator between two operands; None where it is not found there."""
    start, end = module.end(left), module.start(right)
    gap = _COMMENT.sub(lambda found: " " * len(found[0]), module.text[start:end])
    pattern = r"\s+".join(re.escape(word) for word in old.split())
    found = re.search(pattern, gap)
    if found is None:
        return None
    return Edit(start + found.start(), start + found.end(), new)


def removed(module: Module, statements: Sequence[ast.stmt], block: Sequence[ast.stmt]) -> Edit:
    """Consecutive statements of a block taken out; `pass` stands in where nothing is left."""
    start, end = module.start(statements[0]), module.end(statements[-1])
    first, last = module.line_start(start), module.line_end(end)
    alone = not module.text[first:start].strip() and not _code(module.text[end:last])
    if len(statements) == len(block) or not alone:
        return Edit(start, end, "pass")
    return Edit(first, min(last + 1, len(module.text)), "")


def unwrapped(module: Module, statement: ast.stmt, body: Sequence[ast.stmt]) -> Edit | None:
    """A block in place of the statement around it; None where moving would change a text."""
    start, end = module.start(body[0]), module.end(body[-1])
    if body[0].lineno == statement.lineno:
        return swap_text(module, statement, module.text[start:end])
    if any(_spans_lines(node) for part in body for node in ast.walk(part)):
        return None
    inner, outer = module.indent(body[0]), module.indent(statement)
    if inner.strip() or outer.strip():
        return None
    lines = module.text[start:end].split("\n")
    moved = [lines[0], *(outer + line.removeprefix(inner) if line else "" for line in lines[1:])]
    if any(line and not line.startswith(inner) for line in lines[1:]):
        return None
    return swap_text(module, statement, "\n".join(moved))


def is_elif(module: Module, node: ast.If) -> bool:
    """Whether a condition is written as `elif`."""
    return module.text.startswith("elif", module.start(node))


def _spans_lines(node: ast.AST) -> bool:
    text = isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    )
    return text and getattr(node, "lineno", 0) != getattr(node, "end_lineno", 0)


def _code(rest: str) -> str:
    return _COMMENT.sub("", rest).strip()

"""Imports that a changed module needs, added by LibCST to its head alone."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache

import libcst as cst
from libcst.codemod import CodemodContext
from libcst.codemod.visitors import AddImportsVisitor

from researchers.program_analysis.editing.section import lines_of


@dataclass(frozen=True)
class Import:
    """`import module`, or `from module import name` where there is a name; `relative` in dots."""

    module: str
    name: str | None = None
    relative: int = 0

    def added(self, text: str) -> str:
        """The source with the import, unless the name is bound in it already."""
        if self.name is not None and _is_bound(text, self.name):
            return text
        return with_import(text, self.module, self.name, self.relative)


def with_import(text: str, module: str, name: str | None = None, relative: int = 0) -> str:
    """The source with an import added, unless it is there; LibCST sees the imports alone."""
    head = _head(text)
    added = _imported(text[:head], module, name, relative)
    gap = "\n" if head == 0 and text else ""
    return added.rstrip("\n") + "\n" + gap + text[head:] if head == 0 else added + text[head:]


@lru_cache(maxsize=1024)
def _imported(head: str, module: str, name: str | None, relative: int) -> str:
    context = CodemodContext()
    AddImportsVisitor.add_needed_import(context, module, name, relative=relative)
    return AddImportsVisitor(context).transform_module(cst.parse_module(head)).code


def _head(text: str) -> int:
    """Where the docstring and the imports that follow it end, in characters."""
    lines = 0
    for statement in ast.parse(text).body:
        doc = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        if not doc and not isinstance(statement, ast.Import | ast.ImportFrom):
            break
        lines = statement.end_lineno or lines
    return sum(len(line) for line in lines_of(text)[:lines])


def _is_bound(text: str, name: str) -> bool:
    return any(
        (isinstance(n, ast.alias) and (n.asname or n.name) == name)
        or (isinstance(n, ast.FunctionDef | ast.ClassDef) and n.name == name)
        for n in ast.walk(ast.parse(text))
    )

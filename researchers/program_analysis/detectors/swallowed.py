"""Exceptions that are caught and forgotten, with the records that raised them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.module import Module
from tasks.records.change import Finding
from tasks.records.evidence import SwallowedException


def find(context: Context) -> Iterator[Finding]:
    """Handlers that neither raise nor use the exception; stronger by what the trace counted."""
    for module, node in context.each(ast.ExceptHandler):
        assert isinstance(node, ast.ExceptHandler)
        if any(isinstance(n, ast.Raise) for n in ast.walk(node)) or _is_import(module, node):
            continue
        seen = [s for s in context.program.dossier.trace.swallowed if _is_at(s, module, node)]
        count = sum(s.count for s in seen)
        broad = node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"}
        strength = 0.9 if count else (0.6 if broad else 0.35)
        happened = (
            f"; {count} times in the traced run, such as {seen[0].exception}: {seen[0].message}"
            if seen
            else ""
        )
        if seen and seen[0].raised:
            happened += f" (raised at {seen[0].raised})"
        text = f"{where(module, node)} swallows exceptions{happened}"
        detail = {
            "exception": seen[0].exception if seen else "",
            "message": seen[0].message if seen else "",
        }
        yield context.finding("swallowed", module, node, strength, text, detail)


def _is_at(seen: SwallowedException, module: Module, node: ast.ExceptHandler) -> bool:
    holder = module.parents[node]
    first, last = holder.lineno, node.end_lineno or node.lineno  # type: ignore[attr-defined]
    return seen.location.path == module.path and first <= seen.location.line <= last


def _is_import(module: Module, node: ast.ExceptHandler) -> bool:
    holder = module.parents[node]
    return isinstance(holder, ast.Try) and any(
        isinstance(n, ast.Import | ast.ImportFrom) for n in holder.body
    )

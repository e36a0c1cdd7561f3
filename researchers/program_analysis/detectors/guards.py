"""Guards that drop records: conjunctions in filters, early exits, empty returns."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from researchers.program_analysis.context import Context, shorten, where
from researchers.program_analysis.module import Module
from tasks.records.change import Finding

PASSED_OVER = frozenset({"continue", "skipped", "filter"})


@dataclass(frozen=True)
class _Lost:
    """Records that a condition dropped, of those that came by, and the kinds of some."""

    dropped: int
    seen: int
    kinds: Counter[str]


def find(context: Context) -> Iterator[Finding]:
    """Conditions of filters and early exits; strength is the share of records dropped there."""
    for module, node in context.each(ast.If, ast.comprehension, ast.IfExp):
        tests = node.ifs if isinstance(node, ast.comprehension) else [node.test]  # type: ignore[attr-defined]
        for test in tests:
            lost = _counts(context, module, node, test)
            dropped, seen = lost.dropped, lost.seen
            compound = isinstance(test, ast.BoolOp)
            exits = isinstance(node, ast.comprehension) or _exits(node)
            if not (compound or exits or dropped):
                continue
            share = dropped / seen if seen else 0.0
            strength = max(0.45 if compound else 0.25, min(0.9, 0.3 + share) if dropped else 0.0)
            told = f" and dropped {dropped} of {seen} records" if dropped else ""
            told += _kinds_told(context, module, test.lineno, lost) if dropped else ""
            text = (
                f"`{shorten(module.code(test))}` in {where(module, test)} decides which records "
                f"go on{told}"
            )
            yield context.finding("guard", module, test, strength, text)


def _counts(context: Context, module: Module, node: ast.AST, test: ast.expr) -> _Lost:
    body = node.body if isinstance(node, ast.If) else []
    last = max([test.end_lineno or 0, *(s.end_lineno or 0 for s in body)])
    hits = [
        d for d in context.program.dossier.trace.drops
        if d.how in PASSED_OVER
        and d.location.path == module.path and test.lineno <= d.location.line <= last
    ]  # fmt: skip
    kinds = sum((Counter(d.kinds) for d in hits), Counter[str]())
    return _Lost(sum(d.dropped for d in hits), max((d.seen for d in hits), default=0), kinds)


def _kinds_told(context: Context, module: Module, line: int, lost: _Lost) -> str:
    """Which kinds were dropped, where others went through the same loop."""
    around = [
        loop for loop in context.program.dossier.trace.loops
        if loop.location.path == module.path
        and loop.location.line <= line <= loop.location.end_line
    ]  # fmt: skip
    inner = min(around, key=lambda p: p.location.end_line - p.location.line, default=None)
    if inner is None or not lost.kinds or not set(inner.kinds) - set(lost.kinds):
        return ""
    return f", all of kind {' or '.join(shorten(kind) for kind in sorted(lost.kinds)[:2])}"


def _exits(node: ast.AST) -> bool:
    body = getattr(node, "body", None)
    if not isinstance(body, list) or not body:
        return False
    if isinstance(body[-1], ast.Continue | ast.Break):
        return True
    return isinstance(body[-1], ast.Return) and not getattr(node, "orelse", None)

"""Wall-clock time and sentinel dates that flow into data."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import called, root, words
from tasks.records.change import Finding

_CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime"}
_SOURCES = {"datetime", "date", "time", "dt", "timezone"}
_TIMERS = {"start", "started", "elapsed", "begin", "t0", "tic", "deadline", "seconds", "duration"}
_CONVERT = {"localtime", "gmtime", "ctime", "time"}
"""Clocks that only convert what they are given."""
_EPOCH = ("1970", "0001-01", "1900-01", "9999-12")


def find(context: Context) -> Iterator[Finding]:
    """Clock calls that are not for timing, and dates that stand for none."""
    for module, node in context.each(ast.Call, ast.Attribute, ast.Constant):
        if is_clock(node) and not _times(module, node):
            text = (
                f"{where(module, node)} takes `{module.code(node)}`, the time of the run, "
                "as the time of a record"
            )
            yield context.finding("wall_clock", module, node, 0.75, text)
        elif _is_sentinel(node):
            text = f"{where(module, node)} uses `{module.code(node)}` where no date is known"
            yield context.finding("sentinel_date", module, node, 0.45, text)


def is_clock(node: ast.AST) -> bool:
    """Whether a node is a clock call, or a clock handed over as a default factory."""
    if isinstance(node, ast.Call):
        converts = called(node) in _CONVERT and bool(node.args)
        return not converts and called(node) in _CLOCKS and bool(words(root(node.func)) & _SOURCES)
    return False


def _times(module: Module, node: ast.AST) -> bool:
    statement = module.statement(node)
    targets = getattr(statement, "targets", [getattr(statement, "target", None)])
    names = [n.id for t in targets if t is not None for n in ast.walk(t) if isinstance(n, ast.Name)]
    difference = any(
        isinstance(a, ast.BinOp) and isinstance(a.op, ast.Sub) and called(node) == "time"
        for a in module.ancestors(node)
    )
    return difference or any(words(name) & _TIMERS for name in names)


def _is_sentinel(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and node.value.startswith(_EPOCH)
    if isinstance(node, ast.Call) and called(node) in {"datetime", "date"}:
        year = node.args[0] if node.args else None
        return isinstance(year, ast.Constant) and year.value in {1, 1900, 1970, 9999}
    if isinstance(node, ast.Call) and called(node) in {"fromtimestamp", "utcfromtimestamp"}:
        return bool(node.args) and isinstance(node.args[0], ast.Constant)
    return False

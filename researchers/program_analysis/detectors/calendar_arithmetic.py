"""Months taken as thirty days and years as 365."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.names import called
from tasks.records.change import Finding

UNITS = {28: "months", 30: "months", 31: "months", 365: "years", 366: "years"}


def find(context: Context) -> Iterator[Finding]:
    """`timedelta(days=30)`, `timedelta(days=30 * n)`, `timedelta(30)` and their like."""
    for module, node in context.each(ast.Call):
        assert isinstance(node, ast.Call)
        if called(node) != "timedelta":
            continue
        days = next((k.value for k in node.keywords if k.arg == "days"), None)
        days = days or (node.args[0] if node.args else None)
        parsed = split_days(days)
        if parsed is None:
            continue
        text = (
            f"`{module.code(node)}` in {where(module, node)} takes {parsed[0]} as a fixed number "
            "of days"
        )
        yield context.finding("fixed_calendar", module, node, 0.6, text, {"unit": parsed[0]})


def split_days(days: ast.expr | None) -> tuple[str, ast.expr | None] | None:
    """The calendar unit of a number of days and the factor beside it; None for plain days."""
    if isinstance(days, ast.Constant) and days.value in UNITS:
        return UNITS[int(days.value)], None  # type: ignore[arg-type]
    if isinstance(days, ast.BinOp) and isinstance(days.op, ast.Mult):
        for one, other in ((days.left, days.right), (days.right, days.left)):
            if isinstance(one, ast.Constant) and one.value in UNITS:
                return UNITS[int(one.value)], other  # type: ignore[arg-type]
    return None

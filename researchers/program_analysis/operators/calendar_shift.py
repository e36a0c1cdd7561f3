"""Moves by calendar months and years where fixed days were taken."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.detectors.calendar_arithmetic import split_days
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module

HELPER = '''
def _shift_months(moment, months):
    """The same day `months` later or earlier, or the month's last day where it has no such day."""
    import calendar

    year, month = divmod(moment.year * 12 + moment.month - 1 + int(months), 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
'''


def drafts(context: Context) -> Iterator[Draft]:
    """`x - timedelta(days=30 * n)` becomes a shift by n calendar months."""
    for finding, module, node in context.found("fixed_calendar"):
        parent = module.parents.get(node)
        if not isinstance(parent, ast.BinOp) or not isinstance(parent.op, ast.Add | ast.Sub):
            continue
        assert isinstance(node, ast.Call)
        days = node.keywords[0].value if node.keywords else node.args[0]
        parsed = split_days(days)
        if parsed is None or (parent.left is node and isinstance(parent.op, ast.Sub)):
            continue
        moment = parent.left if parent.right is node else parent.right
        sign = "-" if isinstance(parent.op, ast.Sub) else ""
        code = f"_shift_months({module.code(moment)}, {sign}{_months(module, *parsed)})"
        swapped = edits.swap(module, parent, code)
        helper = [] if "_shift_months" in module.text else [edits.append(module, HELPER)]
        yield Draft(
            f"Shift by calendar {parsed[0]} instead of `{shorten(module.code(node), 40)}` in "
            f"{where(module, node)}",
            finding.evidence,
            location(module, node),
            changed(module, swapped, *helper),
            finding.strength,
            findings=(finding.id,),
        )


def _months(module: Module, unit: str, factor: ast.expr | None) -> str:
    count = f"({module.code(factor)})" if factor is not None else "1"
    if unit == "years":
        return f"12 * {count}"
    return count


OPERATOR = Operator("calendar_shift", "replace call by calendar arithmetic", "bug_fix", 0.4, drafts)

"""Leaves early under any condition that holds in a failing test."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, shorten
from researchers.program_analysis.deep.places import openings
from researchers.program_analysis.deep.pools import conditions
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.expectations import expected_errors
from researchers.program_analysis.foresight import IDLE, Foresight
from researchers.program_analysis.ingredients import outcomes
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.sites import brief, draft, is_looped

CONDITIONS = 60
LEAVES = 8


def drafts(context: Context) -> Iterator[Draft]:
    """Before every statement: each condition, with each way to leave."""
    foresight = Foresight(context.program)
    for module, function, place, behind in openings(context):
        if behind:
            continue
        leaves, asked = _leaves(context, module, function, place), 0
        for rank, condition in enumerate(conditions(module, place)):
            if asked >= CONDITIONS:
                break
            made = [_guard(module, place, condition, leave) for leave in leaves]
            if not made or foresight.factor(made[0]) <= IDLE:
                continue
            asked += 1
            for number, entry in enumerate(made):
                yield replace(entry, strength=0.985**rank * 0.9**number)


def _guard(module: Module, place: ast.stmt, condition: str, leave: str) -> Draft:
    code = f"if {condition}:\n    {leave}"
    return draft(
        module, place, f"Do `{shorten(leave, 30)}` if `{shorten(condition, 30)}`, before "
        f"`{brief(module, place)}`", "a case may be missing", 1.0,
        edits.before(module, place, code),
    )  # fmt: skip


def _leaves(context: Context, module: Module, function: Function, place: ast.stmt) -> list[str]:
    found = [*outcomes(module, function)][:LEAVES]
    if is_looped(module, place):
        found = ["continue", "break", *found]
    errors = {e.exception: None for f, e in expected_errors(context.program) if f is function}
    return [*found, *(f"raise {name}" for name in errors)]


OPERATOR = Operator("any_guard", "insert missing guard", "bug_fix", 0.02, drafts, blind=True)

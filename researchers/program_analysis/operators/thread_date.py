"""Hands a caller's date down to a function that asked the clock: a parameter and its arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, location, where
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import is_date
from researchers.program_analysis.operators.replace_wall_clock import parses
from researchers.program_analysis.program import is_test

PARAMETER = "reference_date"


def drafts(context: Context) -> Iterator[Draft]:
    """For clock calls in functions that know no date themselves, where callers know one."""
    for finding, module, node in context.found("wall_clock"):
        function = module.function_of(node)
        if function is None or any(
            is_date(v.name) for v in context.values(module, node) if v.rank < 3
        ):
            continue
        sites = [
            s for s in context.program.calls.get(function.key, []) if not is_test(s.module.path)
        ]
        if not sites or not all(s.module.editable for s in sites):
            continue
        made: dict[str, list[edits.Edit]] = {module.path: []}
        passed = 0
        for site in sites:
            date = _date(context, site.module, site.node)
            if date:
                made.setdefault(site.module.path, []).append(
                    edits.argument(site.module, site.node, PARAMETER, date)
                )
                passed += 1
        if not passed:
            continue
        made[module.path] += [
            edits.parameter(module, function.node, PARAMETER, "None"),
            edits.swap(module, node, _choice(module, node)),
        ]
        modules = context.program.by_path
        files = {p: edits.Revision(modules[p], tuple(m)) for p, m in made.items()}
        yield Draft(
            f"Pass the record's date to {where(module, node)} instead of asking the clock there",
            finding.evidence, location(module, node), edits.Revisions(files), finding.strength, 1.3,
            (finding.id,),
        )  # fmt: skip


def _choice(module: Module, node: ast.AST) -> str:
    return f"{PARAMETER} if {PARAMETER} is not None else {module.code(node)}"


def _date(context: Context, module: Module, node: ast.AST) -> str:
    values = [v for v in context.values(module, node) if is_date(v.name)]
    if not values or values[0].kind in {"date", "datetime"}:
        return values[0].code if values else ""
    for function in context.program.functions.values():
        if parses(context, function) and function.path == module.path:
            return f"{function.node.name}({values[0].code})"
    return values[0].code


OPERATOR = Operator("thread_date", "add parameter and arguments", "data_repair", 0.5, drafts)

"""Takes a record's own date where the clock or a sentinel was taken."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import is_date, says, words
from researchers.program_analysis.scope import Value

LIMIT = 4


def drafts(context: Context) -> Iterator[Draft]:
    """One draft per date in scope: as it is, and parsed where text stands for a moment."""
    for finding, module, node in context.found("wall_clock", "sentinel_date"):
        place, textual = _whole(module, node)
        dates = [v for v in context.values(module, node) if _fits(module, node, v)]
        for value in dates[:LIMIT]:
            for code in _forms(context, value, textual):
                yield Draft(
                    f"Use `{code}` for the time instead of `{shorten(module.code(place), 40)}` "
                    f"in {where(module, node)}",
                    finding.evidence, location(module, node),
                    changed(module, edits.swap(module, place, code)),
                    finding.strength, effect=1.3, findings=(finding.id,),
                )  # fmt: skip


def _whole(module: Module, node: ast.AST) -> tuple[ast.AST, bool]:
    """The clock call with the formatting around it, and whether text comes out."""
    parent = module.parents.get(node)
    grand = module.parents.get(parent) if parent is not None else None
    while (
        isinstance(parent, ast.Attribute) and isinstance(grand, ast.Call) and grand.func is parent
    ):
        if parent.attr in {"isoformat", "strftime"}:
            return grand, True
        node, parent = grand, module.parents.get(grand)
        grand = module.parents.get(parent) if parent is not None else None
    return node, isinstance(node, ast.Constant)


def _fits(module: Module, node: ast.AST, value: Value) -> bool:
    if not (is_date(value.name) or value.kind in {"date", "datetime"}):
        return False
    statement = module.statement(node)
    targets = getattr(statement, "targets", [getattr(statement, "target", None)])
    own = {module.code(t) for t in targets if t is not None}
    return value.code not in own and value.name not in {"datetime", "timedelta", "today", "now"}


def _forms(context: Context, value: Value, textual: bool) -> Iterator[str]:
    if textual or value.kind in {"date", "datetime"}:
        yield (
            value.code
            if value.kind not in {"date", "datetime"} or not textual
            else f"{value.code}.isoformat()"
        )
        return
    for function in context.program.functions.values():
        reads = words(function.node.name) & {"parse", "read", "to", "from", "as"} and says(
            function.node.name, frozenset({"date", "time", "datetime", "timestamp"})
        )
        returns = context.kinds.returns(function)
        if (
            (reads or returns in {"date", "datetime"})
            and len(function.parameters) - len(function.defaults) == 1
            and not function.owner
        ):
            if context.kinds.of(function, ast.Name(id=function.parameters[0])) in {"str", ""}:
                yield f"{function.node.name}({value.code})"
                break
    yield value.code


OPERATOR = Operator(
    "replace_wall_clock", "mutate expression by ingredient", "data_repair", 0.6, drafts
)

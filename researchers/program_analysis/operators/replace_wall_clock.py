"""Takes a record's own date where the clock or a sentinel was taken."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.imports import import_of
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import is_date, words
from researchers.program_analysis.program import is_part
from researchers.program_analysis.scope import Value

LIMIT = 4


def drafts(context: Context) -> Iterator[Draft]:
    """One draft per date in scope: as it is, and parsed where text stands for a moment."""
    for finding, module, node in context.found("wall_clock", "sentinel_date"):
        place, textual = _whole(module, node)
        dates = [v for v in context.values(module, node) if _fits(module, node, v)]
        for value in dates[:LIMIT]:
            for code, parser in _forms(context, value, textual):
                files = changed(module, edits.swap(module, place, code))
                if parser is not None:
                    wanted = import_of(context.program, module, parser.path, parser.node.name)
                    files = files.importing(module.path, wanted)
                yield Draft(
                    f"Use `{code}` for the time instead of `{shorten(module.code(place), 40)}` "
                    f"in {where(module, node)}",
                    finding.evidence, location(module, node), files,
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


def _forms(context: Context, value: Value, textual: bool) -> Iterator[tuple[str, Function | None]]:
    """The date as the place needs it, with the function of the target that parses it, if any."""
    moment = value.kind in {"date", "datetime"}
    if moment and textual:
        yield f"{value.code}.isoformat()", None
    elif not moment and not textual:
        parser = next((f for f in context.program.functions.values() if parses(context, f)), None)
        if parser is not None:
            yield f"{parser.node.name}({value.code})", parser
    if moment != textual or not moment:
        yield value.code, None


def parses(context: Context, function: Function) -> bool:
    """Whether a function of the target turns one text into a moment."""
    if (
        is_part(function.path)
        or "." in function.name
        or len(function.parameters) == len(function.defaults)
    ):
        return False
    if len(function.parameters) - len(function.defaults) != 1:
        return False
    takes = context.kinds.of(function, ast.Name(id=function.parameters[0]))
    gives = context.kinds.returns(function)
    reads = words(function.node.name) & {"parse", "read", "to", "from"} and is_date(
        function.node.name
    )
    return takes in {"str", ""} and (gives in {"date", "datetime"} or (gives == "" and bool(reads)))


OPERATOR = Operator(
    "replace_wall_clock", "mutate expression by ingredient", "data_repair", 0.6, drafts
)

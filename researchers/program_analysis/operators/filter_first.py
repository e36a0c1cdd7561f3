"""Filters before the cut, so that the cut counts only what passed."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, where
from researchers.program_analysis.detectors.filter_after_cut import cut_statement, limit_of
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module

DEEPER = 10


def drafts(context: Context) -> Iterator[Draft]:
    """Moves the slice behind the filter; a limited search is asked for more and cut afterwards."""
    for finding, module, node in context.found("filter_after_cut"):
        for title, moves in _moves(module, node, finding.detail["how"]):
            yield Draft(
                f"{title} in {where(module, node)}", finding.evidence, location(module, node),
                changed(module, *moves), finding.strength, 1.2, (finding.id,),
            )  # fmt: skip


def _moves(module: Module, node: ast.AST, how: str) -> Iterator[tuple[str, list[edits.Edit]]]:
    if isinstance(node, ast.For):
        cut = node.iter
        assert isinstance(cut, ast.Subscript)
        yield (
            "Loop over all and cut after the filter",
            [edits.swap(module, cut, module.code(cut.value)), *_late(module, node, cut)],
        )
        return
    assert isinstance(node, ast.ListComp)
    source = node.generators[0].iter
    if how == "slice" and isinstance(source, ast.Subscript):
        yield "Filter before the cut", _behind(module, node, source, source.slice)
    elif how == "limited_call" and isinstance(source, ast.Call):
        yield "Search deeper before the filter", _deeper(module, node, source)
    elif isinstance(source, ast.Name):
        function = module.function_of(node)
        made = cut_statement(module, function, source.id, node.lineno) if function else None
        if made is None:
            return
        if how == "cut_variable" and isinstance(made.value, ast.Subscript):
            yield "Filter before the cut", _behind(module, node, made.value, made.value.slice)
        elif isinstance(made.value, ast.Call):
            yield "Search deeper before the filter", _deeper(module, node, made.value)


def _behind(
    module: Module, node: ast.ListComp, cut: ast.Subscript, bound: ast.expr
) -> list[edits.Edit]:
    return [
        edits.swap(module, cut, module.code(cut.value)),
        edits.wrap(module, node, f"{{}}[{module.code(bound)}]"),
    ]


def _deeper(module: Module, node: ast.ListComp, call: ast.Call) -> list[edits.Edit]:
    limit = limit_of(call)
    assert limit is not None
    return [
        edits.wrap(module, limit, f"{{}} * {DEEPER}"),
        edits.wrap(module, node, f"{{}}[:{module.code(limit)}]"),
    ]


def _late(module: Module, node: ast.For, cut: ast.Subscript) -> list[edits.Edit]:
    """Stops the loop once enough were appended, where one list is appended to."""
    assert isinstance(cut.slice, ast.Slice)
    assert cut.slice.upper is not None
    appended = [
        n for n in ast.walk(node)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr == "append"
    ]  # fmt: skip
    if len(appended) != 1 or not isinstance(appended[0].func, ast.Attribute):
        return []
    target = module.code(appended[0].func.value)
    limit = module.code(cut.slice.upper)
    return [edits.before(module, node.body[0], f"if len({target}) >= {limit}:\n    break")]


OPERATOR = Operator("filter_first", "move statement", "bug_fix", 0.6, drafts)

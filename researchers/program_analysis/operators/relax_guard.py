"""Lets records pass a guard: drops one conjunct, the whole guard, or turns it round."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module


def drafts(context: Context) -> Iterator[Draft]:
    """Each way of letting more through is a draft of its own."""
    for finding, module, node in context.found("guard", "starved_slice", "starved_kind"):
        assert isinstance(node, ast.expr)
        for what, factor, edit in _options(module, node):
            yield Draft(
                f"{what} `{shorten(module.code(node), 50)}` in {where(module, node)}",
                finding.evidence, location(module, node), changed(module, edit),
                finding.strength * factor, findings=(finding.id,),
            )  # fmt: skip


def _options(module: Module, node: ast.expr) -> Iterator[tuple[str, float, edits.Edit]]:
    if isinstance(node, ast.BoolOp):
        word = "and" if isinstance(node.op, ast.And) else "or"
        for i, dropped in enumerate(node.values):
            rest = [_part(module, v) for j, v in enumerate(node.values) if j != i]
            what = f"Drop the condition `{shorten(module.code(dropped), 30)}` from"
            yield what, 1.0, edits.swap(module, node, f" {word} ".join(rest))
        other = "or" if word == "and" else "and"
        yield "Exchange and/or in", 0.7, edits.operator(module, node, other)
    holder = module.parents.get(node)
    if isinstance(holder, ast.comprehension):
        yield "Remove the filter", 0.6, edits.drop_filter(module, node)
    elif isinstance(holder, ast.If) and not holder.orelse:
        if isinstance(holder.body[-1], ast.Continue | ast.Break | ast.Return):
            yield "Remove the guard", 0.7, edits.remove(module, holder)
        else:
            yield "Always do what stands under", 0.5, edits.unwrap(module, holder)
    yield (
        "Turn round the condition",
        0.35,
        edits.swap(module, node, edits.negated(module.code(node), node)),
    )


def _part(module: Module, node: ast.expr) -> str:
    code = module.code(node)
    return f"({code})" if isinstance(node, ast.BoolOp | ast.IfExp | ast.Lambda) else code


OPERATOR = Operator("relax_guard", "mutate condition", "bug_fix", 0.35, drafts)

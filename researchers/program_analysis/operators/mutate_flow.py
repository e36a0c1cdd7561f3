"""Statements that are one too many or in the wrong place: conditions, breaks, calls, returns."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module

_OUT = "Move out of the loop"
Option = tuple[str, float, Sequence[edits.Edit]]


def drafts(context: Context) -> Iterator[Draft]:
    """Negated conditions, break for continue, removed statements, a return taken out of a loop."""
    for module, node in context.each(
        ast.If, ast.While, ast.Break, ast.Continue, ast.Expr, ast.Return, ast.AugAssign, ast.UnaryOp
    ):
        if module.function_of(node) is None:
            continue
        for what, strength, made in _options(module, node):
            # What moves out of a loop is missing behind it, where the loop ran and this may not.
            place = module.parents[node] if what is _OUT else node
            yield Draft(
                f"{what} `{shorten(module.code(node), 45)}` in {where(module, node)}",
                "the flow may be wrong here",
                location(module, place),
                changed(module, *made),
                strength,
            )


def _options(module: Module, node: ast.AST) -> Iterator[Option]:
    if isinstance(node, ast.If | ast.While):
        opposite = edits.negated(module.code(node.test), node.test)
        yield "Turn round the condition of", 0.2, [edits.swap(module, node.test, opposite)]
    elif isinstance(node, ast.Break | ast.Continue):
        other = "continue" if isinstance(node, ast.Break) else "break"
        yield f"Use {other} for", 0.25, [edits.swap(module, node, other)]
    elif isinstance(node, ast.Expr | ast.AugAssign):
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            yield "Remove", 0.12, [edits.remove(module, node)]
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        if not isinstance(node.operand, ast.Constant):
            yield "Drop the sign of", 0.2, [edits.swap(module, node, module.code(node.operand))]
    elif isinstance(node, ast.Return):
        loop = module.parents.get(node)
        if isinstance(loop, ast.For | ast.While) and loop.body[-1] is node and len(loop.body) > 1:
            moved = edits.after(module, loop, module.code(node))
            yield _OUT, 0.4, [edits.remove(module, node), moved]


OPERATOR = Operator("mutate_flow", "mutate statement", "bug_fix", 0.12, drafts, blind=True)

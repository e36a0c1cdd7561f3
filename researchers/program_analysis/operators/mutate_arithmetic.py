"""Exchanges arithmetic operators and steps off-by-one constants."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module

_FORMS = {
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "/",
    ast.Div: "*",
    ast.FloorDiv: "/",
    ast.Mod: "//",
    ast.Pow: "*",
    ast.BitAnd: "|",
    ast.BitOr: "&",
    ast.BitXor: "&",
    ast.LShift: ">>",
    ast.RShift: "<<",
}

_ATOMS = (ast.Name, ast.Attribute, ast.Call, ast.Subscript, ast.Constant)


def drafts(context: Context) -> Iterator[Draft]:
    """Each binary operation of numbers: its opposite operator, or one operand alone."""
    for module, node in context.each(ast.BinOp, ast.AugAssign):
        assert isinstance(node, ast.BinOp | ast.AugAssign)
        function, form = module.function_of(node), _FORMS.get(type(node.op))
        if function is None or form is None or _is_annotation(module, node):
            continue
        left, right = (
            (node.left, node.right) if isinstance(node, ast.BinOp) else (node.target, node.value)
        )
        if {context.kinds.of(function, left), context.kinds.of(function, right)} & {"str", "list"}:
            continue
        yield _draft(module, node, [edits.operator(module, node, form)], f"Use `{form}` in", 0.25)
        simple = isinstance(left, _ATOMS) and isinstance(right, _ATOMS)
        ordered = isinstance(node.op, ast.Sub | ast.Div | ast.FloorDiv)
        if isinstance(node, ast.BinOp) and simple and ordered:
            sides = (
                edits.swap(module, left, module.code(right)),
                edits.swap(module, right, module.code(left)),
            )
            yield _draft(module, node, sides, "Exchange the sides of", 0.3)
        if isinstance(node, ast.BinOp) and isinstance(right, ast.Constant) and right.value == 1:
            yield _draft(
                module,
                node,
                [edits.swap(module, node, module.code(left))],
                "Drop the step of one from",
                0.3,
            )


def _is_annotation(module: Module, node: ast.AST) -> bool:
    """Whether `|` stands between types."""
    holder = next((a for a in module.ancestors(node) if not isinstance(a, ast.expr)), None)
    return isinstance(holder, ast.arg | ast.FunctionDef | ast.AnnAssign)


def _draft(
    module: Module, node: ast.AST, made: Sequence[edits.Edit], what: str, strength: float
) -> Draft:
    return Draft(
        f"{what} `{shorten(module.code(node), 50)}` in {where(module, node)}",
        "an operator may be wrong",
        location(module, node),
        changed(module, *made),
        strength,
    )


OPERATOR = Operator(
    "mutate_arithmetic", "mutate arithmetic operator", "bug_fix", 0.15, drafts, blind=True
)

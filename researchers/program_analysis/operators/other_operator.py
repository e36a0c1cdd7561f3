"""Calculates by another operator than the opposite one."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.sites import brief, draft, each, wrapped

_SIGNS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Pow: "**", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.LShift: "<<",
    ast.RShift: ">>",
}  # fmt: skip
_OTHERS = {
    "+": "* - // %", "-": "* // % +", "*": "+ ** - // /", "/": "// * %", "//": "% / * -",
    "%": "// / *", "**": "*", "&": "| ^ >>", "|": "& ^", "^": "& |", "<<": ">>", ">>": "<<",
}  # fmt: skip


def drafts(context: Context) -> Iterator[Draft]:
    """Each operation of numbers with its likest other operators, or one operand alone."""
    for module, function, node in each(context, ast.BinOp, ast.AugAssign):
        assert isinstance(node, ast.BinOp | ast.AugAssign)
        sign = _SIGNS.get(type(node.op), "")
        left = node.left if isinstance(node, ast.BinOp) else node.target
        right = node.right if isinstance(node, ast.BinOp) else node.value
        kinds = {context.kinds.of(function, side)[:4] for side in (left, right)}
        textual = bool(kinds & {"str", "list", "tupl", "dict"})
        for rank, other in enumerate([] if textual else _OTHERS.get(sign, "").split()):
            tight = wrapped(module, right) if isinstance(node, ast.BinOp) else module.code(right)
            mark = f"{other}=" if isinstance(node, ast.AugAssign) else other
            code = f"{wrapped(module, left)} {mark} {tight}"
            yield draft(
                module, node, f"Use `{mark}` in `{brief(module, node)}`",
                "another operation may be meant", 0.7 * 0.8**rank, edits.swap(module, node, code),
            )  # fmt: skip
        if isinstance(node, ast.BinOp):
            for side in (left, right):
                yield draft(
                    module, node, f"Take `{brief(module, side)}` alone of `{brief(module, node)}`",
                    "an operand may be too many", 0.3,
                    edits.swap(module, node, module.code(side)),
                )  # fmt: skip


OPERATOR = Operator(
    "other_operator", "mutate arithmetic operator", "bug_fix", 0.12, drafts, blind=True
)

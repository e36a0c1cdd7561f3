"""Differences taken the wrong way round: `old - new`, `start - end`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.names import opposite, tail
from tasks.records.change import Finding


def find(context: Context) -> Iterator[Finding]:
    """The early or low end minus the late or high one, by what their names speak of."""
    for module, node in context.each(ast.BinOp):
        assert isinstance(node, ast.BinOp)
        if not isinstance(node.op, ast.Sub):
            continue
        near, far = tail(node.left), tail(node.right)
        if not near or not far or not opposite(near, far):
            continue
        mend = f"{module.code(node.right)} - {module.code(node.left)}"
        text = (
            f"`{module.code(node)}` in {where(module, node)} takes the later end from the earlier"
        )
        yield context.finding("reversed_difference", module, node, 0.55, text, {"mend": mend})

"""Takes one side of an operation alone: `a` for `a + b`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.sites import each, instead

CONSTANT = 1.3
"""How much likelier it is that a number is too much than that a value is."""


def drafts(context: Context) -> Iterator[Draft]:
    """Operations whose other side may be too much, the right side first."""
    for module, _, node in each(context, ast.BinOp):
        assert isinstance(node, ast.BinOp)
        for kept, gone, strength in ((node.left, node.right, 0.4), (node.right, node.left, 0.3)):
            if isinstance(kept, ast.Constant):
                continue  # `other_literal` and its kin put numbers in the place of values
            worth = strength * (CONSTANT if isinstance(gone, ast.Constant) else 1.0)
            yield instead(
                module, node, "Use", module.code(kept), "the other side may be too much", worth
            )


OPERATOR = Operator("drop_term", "remove operand", "bug_fix", 0.05, drafts, blind=True)

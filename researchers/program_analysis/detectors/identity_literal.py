"""Identity compared where equality is meant: `x is 3`, `name is "a"`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from tasks.records.change import Finding


def find(context: Context) -> Iterator[Finding]:
    """`is` and `is not` beside a number, a text, or a fresh collection."""
    for module, node in context.each(ast.Compare):
        assert isinstance(node, ast.Compare)
        if len(node.ops) != 1 or not isinstance(node.ops[0], ast.Is | ast.IsNot):
            continue
        if not any(_is_literal(side) for side in (node.left, node.comparators[0])):
            continue
        sign = "==" if isinstance(node.ops[0], ast.Is) else "!="
        mend = f"{module.code(node.left)} {sign} {module.code(node.comparators[0])}"
        text = f"`{module.code(node)}` in {where(module, node)} compares identity, not value"
        yield context.finding("identity_literal", module, node, 0.8, text, {"mend": mend})


def _is_literal(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str | int | float | bytes) and not isinstance(
            node.value, bool
        )
    return isinstance(node, ast.List | ast.Dict | ast.Set | ast.Tuple | ast.JoinedStr)

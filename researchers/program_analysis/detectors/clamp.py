"""Clamps that may flatten values: `max(0, x)`, `min(1, x)`, `if x < 0: x = 0`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, shorten, where
from researchers.program_analysis.names import called
from tasks.records.change import Finding


def find(context: Context) -> Iterator[Finding]:
    """One finding per clamp; the value that is clamped is in the detail."""
    for module, node in context.each(ast.Call):
        assert isinstance(node, ast.Call)
        value = _clamped(node)
        if value is None or _counts(value):
            continue
        inner = module.code(value)
        text = (
            f"{module.code(node)} in {where(module, node)} makes all values beyond the bound equal"
        )
        yield context.finding("clamp", module, node, 0.5, text, {"value": inner})
    for module, node in context.each(ast.If):
        assert isinstance(node, ast.If)
        if _clamps(node):
            text = f"`{shorten(module.code(node))}` in {where(module, node)} flattens values"
            yield context.finding("clamp", module, node, 0.5, text)


def _clamped(node: ast.Call) -> ast.expr | None:
    """What stands beside one constant bound in `max`, `np.maximum`, and the two in `clip`."""
    name = called(node)
    method = isinstance(node.func, ast.Attribute)
    if node.keywords:
        return None
    if name in ({"maximum", "minimum"} if method else {"max", "min"}) and len(node.args) == 2:
        values = [a for a in node.args if not _is_bound(a)]
        return values[0] if len(values) == 1 else None
    if name in {"clip", "clamp"} and method:
        values = [a for a in node.args if not _is_bound(a)]
        if len(node.args) == 3:
            return values[0] if len(values) == 1 else None
        assert isinstance(node.func, ast.Attribute)
        return node.func.value if not values and len(node.args) == 2 else None
    return None


def _is_bound(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
    return isinstance(node, ast.Constant)


def _counts(value: ast.expr) -> bool:
    """Whether a clamp guards a division or an index rather than a score."""
    return any(
        isinstance(n, ast.Call) and getattr(n.func, "id", "") in {"len", "sum"}
        for n in ast.walk(value)
    )


def _clamps(node: ast.If) -> bool:
    if node.orelse or len(node.body) != 1 or not isinstance(node.test, ast.Compare):
        return False
    body, test = node.body[0], node.test
    if not isinstance(body, ast.Assign) or not isinstance(body.value, ast.Constant):
        return False
    same = ast.dump(body.targets[0]).replace("Store", "Load") == ast.dump(test.left)
    bound = ast.dump(test.comparators[0]) == ast.dump(body.value)
    return same and bound and isinstance(test.ops[0], ast.Lt | ast.Gt | ast.LtE | ast.GtE)

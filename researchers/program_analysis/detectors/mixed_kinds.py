"""Comparisons between kinds that are never equal: text with numbers, text with bytes."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.kinds import NUMBERS
from researchers.program_analysis.module import Function
from researchers.program_analysis.names import called
from tasks.records.change import Finding

_CONVERSIONS = {"int", "float", "str", "len", "repr", "input", "sorted", "round"}


def find(context: Context) -> Iterator[Finding]:
    """`==`, `<` and `in` whose two sides are of known and different kinds."""
    for module, node in context.each(ast.Compare):
        assert isinstance(node, ast.Compare)
        if len(node.ops) != 1 or isinstance(node.ops[0], ast.Is | ast.IsNot):
            continue
        function, left, right = module.function_of(node), node.left, node.comparators[0]
        one, other = context.kinds.of(function, left), context.kinds.of(function, right)
        if isinstance(node.ops[0], ast.In | ast.NotIn):
            other = other[5:-1] if other.startswith("list[") else ""
        sure = _is_sure(function, left) and _is_sure(function, right)
        if not sure or not _never_equal(one, other):
            continue
        text = (
            f"`{module.code(node)}` in {where(module, node)} compares {one} with {other}, which "
            "are never equal"
        )
        detail = {"left": one, "right": other}
        for side, kind, wanted in ((left, one, other), (right, other, one)):
            if kind == "str" and wanted in NUMBERS and called(side) not in NUMBERS:
                whole = "int" if wanted == "int" else "float"
                cast = f"{whole}({module.code(side)})"
                start, end = module.span(side)
                first, last = module.span(node)
                detail["mend"] = module.text[first:start] + cast + module.text[end:last]
        yield context.finding("mixed_kinds", module, node, 0.6, text, detail)


def _is_sure(function: Function | None, node: ast.expr) -> bool:
    """A literal, a conversion, or a name that is bound once and by such or by its annotation."""
    if isinstance(node, ast.Constant | ast.JoinedStr | ast.ListComp | ast.List):
        return True
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in _CONVERSIONS
    if not isinstance(node, ast.Name) or function is None:
        return False
    bound = [
        n for n in ast.walk(function.node)
        if isinstance(n, ast.Name) and n.id == node.id and not isinstance(n.ctx, ast.Load)
    ]  # fmt: skip
    for argument in function.arguments:
        if argument.arg == node.id:
            said = argument.annotation
            return not bound and isinstance(said, ast.Name | ast.Subscript) and _is_plain(said)
    made = [
        n.value for n in ast.walk(function.node)
        if isinstance(n, ast.Assign) and n.targets[0] in bound
    ]  # fmt: skip
    return len(bound) == len(made) == 1 and _is_sure(function, made[0])


def _is_plain(annotation: ast.expr) -> bool:
    said = ast.unparse(annotation)
    return not any(word in said for word in ("Optional", "Union", "Any", "Literal"))


def _never_equal(one: str, other: str) -> bool:
    classes = (NUMBERS, {"str"}, {"bytes"}, {"list"}, {"tuple"}, {"set"}, {"dict"})
    families = [
        next((i for i, family in enumerate(classes) if kind.partition("[")[0] in family), None)
        for kind in (one, other)
    ]
    return None not in families and families[0] != families[1]

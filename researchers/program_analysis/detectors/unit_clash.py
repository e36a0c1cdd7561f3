"""Quantities that change their unit on the way, as their names tell: `km` given for `miles`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import tail
from researchers.program_analysis.program import is_test
from tasks.records.change import Finding

UNITS: dict[str, dict[str, float]] = {
    "time": {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "millis": 1e-3, "milliseconds": 1e-3, "s": 1,
             "sec": 1, "secs": 1, "seconds": 1, "min": 60, "mins": 60, "minutes": 60,
             "h": 3600, "hours": 3600, "days": 86400},
    "length": {"mm": 1e-3, "cm": 1e-2, "m": 1, "meters": 1, "metres": 1, "km": 1e3,
               "miles": 1609.344, "feet": 0.3048, "ft": 0.3048, "inches": 0.0254},
    "mass": {"mg": 1e-6, "g": 1e-3, "grams": 1e-3, "kg": 1, "lb": 0.45359237, "lbs": 0.45359237},
    "size": {"bytes": 1, "kb": 1e3, "mb": 1e6, "gb": 1e9},
    "money": {"cents": 1, "pence": 1, "dollars": 100, "euros": 100, "pounds": 100},
    "angle": {"deg": 1, "degrees": 1, "rad": 57.29577951308232, "radians": 57.29577951308232},
}  # fmt: skip
"""Units by their size within a dimension."""
SHORT = 3
"""Unit words of fewer letters count only behind an underscore."""


def find(context: Context) -> Iterator[Finding]:
    """Arguments for parameters, values assigned, and both sides of sums and comparisons."""
    for module, value, wanted, role in _meetings(context):
        one, other = unit_of(tail(value)), unit_of(wanted)
        if one is None or other is None or one[0] != other[0] or one[1] == other[1]:
            continue
        factor = UNITS[one[0]][one[1]] / UNITS[other[0]][other[1]]
        if factor == 1:
            continue
        code = module.code(value)
        how = f"* {_number(factor)}" if factor > 1 else f"/ {_number(1 / factor)}"
        text = f"`{code}` in {where(module, value)} is in {one[1]} and {role} {wanted}"
        yield context.finding("unit_clash", module, value, 0.6, text, {"mend": f"{code} {how}"})


def unit_of(name: str) -> tuple[str, str] | None:
    """Dimension and unit that the last word of a name tells; None where it tells none."""
    last = name.lower().rpartition("_")[2]
    for dimension, units in UNITS.items():
        if last in units and (len(last) >= SHORT or "_" in name):
            return dimension, last
    return None


def _number(factor: float) -> str:
    return str(round(factor)) if abs(factor - round(factor)) < 1e-9 else f"{factor:.10g}"


def _meetings(context: Context) -> Iterator[tuple[Module, ast.expr, str, str]]:
    for key, sites in context.program.calls.items():
        function = context.program.functions[key]
        for site in (s for s in sites if s.module.editable and not is_test(s.module.path)):
            given = list(zip(function.positional, site.node.args, strict=False))
            given += [(k.arg, k.value) for k in site.node.keywords if k.arg]
            for name, value in given:
                yield site.module, value, name, f"{function.name} takes"
    for module, node in context.each(ast.Assign, ast.BinOp, ast.Compare):
        if isinstance(node, ast.Assign):
            yield module, node.value, tail(node.targets[0]), "is kept as"
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            yield module, node.right, tail(node.left), "meets"
        elif isinstance(node, ast.Compare) and len(node.ops) == 1:
            yield module, node.comparators[0], tail(node.left), "is compared with"

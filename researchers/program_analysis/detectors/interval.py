"""Bounds that leave a hole, cross, or lie beyond the end."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, shorten, where
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import called, tail, words
from tasks.records.change import Finding

_LOW = frozenset({"low", "lower", "lo", "min", "minimum", "floor", "least", "bottom"})
_HIGH = frozenset({"high", "upper", "hi", "max", "maximum", "ceiling", "ceil", "most", "top"})
_START = _LOW | {"start", "begin", "first", "since", "opens"}
_END = _HIGH | {"end", "stop", "last", "until", "closes"}


def find(context: Context) -> Iterator[Finding]:
    """Chains that forget the bound, crossed clamps, ranges without ends, tails of nothing."""
    for module, node in context.each(ast.If, ast.Call, ast.Compare, ast.Subscript):
        if isinstance(node, ast.If):
            yield from _hole(context, module, node)
        elif isinstance(node, ast.Call):
            yield from _crossed(context, module, node)
        elif isinstance(node, ast.Compare):
            yield from _open(context, module, node)
        elif isinstance(node, ast.Subscript):
            yield from _beyond(context, module, node)


def _hole(context: Context, module: Module, node: ast.If) -> Iterator[Finding]:
    """`if n < 5: … elif n > 5: …` and nothing for five."""
    later = node.orelse[0] if len(node.orelse) == 1 else None
    if not isinstance(later, ast.If) or later.orelse:
        return
    one, other = node.test, later.test
    if not isinstance(one, ast.Compare) or not isinstance(other, ast.Compare):
        return
    sides = [ast.dump(c.left) + ast.dump(c.comparators[0]) for c in (one, other)]
    if sides[0] == sides[1] and {type(one.ops[0]), type(other.ops[0])} == {ast.Lt, ast.Gt}:
        for test in (one, other):
            text = f"{where(module, node)} forgets `{module.code(one.left)}` equal to its bound"
            sign = "<=" if isinstance(test.ops[0], ast.Lt) else ">="
            code = f"{module.code(test.left)} {sign} {module.code(test.comparators[0])}"
            yield context.finding("hole", module, test, 0.45, text, {"mend": code})


def _crossed(context: Context, module: Module, node: ast.Call) -> Iterator[Finding]:
    """`min(low, max(x, high))`."""
    name = called(node)
    inner = next((a for a in node.args if {name, called(a)} == {"min", "max"}), None)
    if not isinstance(inner, ast.Call) or len(node.args) != 2 or len(inner.args) != 2:
        return
    outer_role, inner_role = (_LOW, _HIGH) if name == "min" else (_HIGH, _LOW)
    bound = next(a for a in node.args if a is not inner)
    other = next((a for a in inner.args if words(tail(a)) & inner_role), None)
    if other is None or not words(tail(bound)) & outer_role:
        return
    value = next(a for a in inner.args if a is not other)
    low, high = (bound, other) if name == "min" else (other, bound)
    code = f"max({module.code(low)}, min({module.code(value)}, {module.code(high)}))"
    text = f"`{module.code(node)}` in {where(module, node)} takes the lower bound for the upper one"
    yield context.finding("crossed_bounds", module, node, 0.85, text, {"mend": code})


def _open(context: Context, module: Module, node: ast.Compare) -> Iterator[Finding]:
    """`start < day < end`, where ranges count their start."""
    if len(node.ops) != 2 or not all(isinstance(op, ast.Lt) for op in node.ops):
        return
    low, middle, high = (module.code(n) for n in (node.left, *node.comparators))
    if words(tail(node.left)) & _START and words(tail(node.comparators[1])) & _END:
        text = f"`{module.code(node)}` in {where(module, node)} leaves out both ends"
        mends = {"mend": f"{low} <= {middle} <= {high}", "mend 2": f"{low} <= {middle} < {high}"}
        yield context.finding("open_range", module, node, 0.4, text, mends)


def _beyond(context: Context, module: Module, node: ast.Subscript) -> Iterator[Finding]:
    """`rows[len(rows)]`, and `rows[-n:]`, which is all of them where n is 0."""
    code, index = module.code(node.value), node.slice
    if called(index) == "len" and isinstance(index, ast.Call) and index.args:
        read = isinstance(node.ctx, ast.Load)
        if read and ast.dump(index.args[0]) == ast.dump(node.value):
            text = f"`{module.code(node)}` in {where(module, node)} lies one beyond the end"
            yield context.finding("beyond_end", module, node, 0.85, text, {"mend": f"{code}[-1]"})
    lower = index.lower if isinstance(index, ast.Slice) and index.upper is None else None
    if isinstance(lower, ast.UnaryOp) and isinstance(lower.op, ast.USub):
        name = lower.operand
        function = module.function_of(node)
        if function is not None and isinstance(name, ast.Name) and name.id in function.parameters:
            text = (
                f"`{shorten(module.code(node))}` in {where(module, node)} is everything where "
                f"{name.id} is 0"
            )
            mend = {"mend": f"{code}[max(0, len({code}) - {name.id}):]"}
            yield context.finding("tail_of_nothing", module, node, 0.35, text, mend)

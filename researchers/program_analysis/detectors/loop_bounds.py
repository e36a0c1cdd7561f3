"""Bounds that miss by one: `<= len(x)`, `x[i + 1]` at the end, and halving that never meets."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import called
from tasks.records.change import Finding


def find(context: Context) -> Iterator[Finding]:
    """Indices that reach `len(x)`, and binary searches whose halves do not fit their test."""
    for module, node in context.each(ast.While, ast.For, ast.ListComp, ast.GeneratorExp):
        if isinstance(node, ast.While):
            yield from _up_to_length(context, module, node)
            yield from _halving(context, module, node)
        for source, target in _ranges(node):
            yield from _beyond(context, module, node, source, target)


def _up_to_length(context: Context, module: Module, loop: ast.While) -> Iterator[Finding]:
    for test in ast.walk(loop.test):
        if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], ast.LtE):
            continue
        held = _length_of(test.comparators[0])
        index = module.code(test.left)
        reads = [
            n for s in loop.body for n in ast.walk(s)
            if isinstance(n, ast.Subscript) and module.code(n.slice) == index
        ]  # fmt: skip
        if held and any(module.code(n.value) == held for n in reads):
            text = f"`{module.code(test)}` in {where(module, test)} lets `{held}[{index}]` miss"
            mend = f"{index} < {module.code(test.comparators[0])}"
            yield context.finding("index_reaches_length", module, test, 0.8, text, {"mend": mend})


def _ranges(node: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    for loop in [node] if isinstance(node, ast.For) else getattr(node, "generators", ()):
        source = loop.iter
        if called(source) == "range" and isinstance(source, ast.Call):
            yield source, getattr(loop.target, "id", "")


def _beyond(
    context: Context, module: Module, node: ast.AST, source: ast.Call, index: str
) -> Iterator[Finding]:
    """`x[i + 1]` for i up to the last, and `x[i]` for i up to `len(x)`."""
    last = source.args[1] if len(source.args) > 1 else (source.args[0] if source.args else None)
    more = 0
    if isinstance(last, ast.BinOp) and _one(last.right) and isinstance(last.op, ast.Add | ast.Sub):
        more = 1 if isinstance(last.op, ast.Add) else -1
        last = last.left
    held = _length_of(last)
    if not held or len(source.args) > 2:
        return
    for read in ast.walk(node):
        if not isinstance(read, ast.Subscript) or module.code(read.value) != held:
            continue
        shift = _shift(read.slice, index)
        if shift is not None and shift + more > 0 and not _guarded(module, node, read):
            code = module.code(source)
            text = (
                f"`{module.code(read)}` in {where(module, read)} goes beyond the end for `{code}`"
            )
            fits = f"len({held}) - {shift}" if shift else f"len({held})"
            first = f"{module.code(source.args[0])}, " if len(source.args) > 1 else ""
            detail = {"mend": f"range({first}{fits})"}
            yield context.finding("index_reaches_length", module, source, 0.75, text, detail)
            return


def _shift(index: ast.expr, name: str) -> int | None:
    if isinstance(index, ast.Name) and index.id == name:
        return 0
    if (
        isinstance(index, ast.BinOp)
        and isinstance(index.op, ast.Add)
        and getattr(index.left, "id", "") == name
        and isinstance(index.right, ast.Constant)
    ):
        return index.right.value if isinstance(index.right.value, int) else None
    return None


def _guarded(module: Module, loop: ast.AST, read: ast.AST) -> bool:
    """Whether a condition or a handler stands between the loop and the read."""
    for around in module.ancestors(read):
        if around is loop:
            return bool(any(g.ifs for g in getattr(loop, "generators", ())))
        if isinstance(around, ast.If | ast.IfExp | ast.BoolOp | ast.Try | ast.While):
            return True
    return False


def _halving(context: Context, module: Module, loop: ast.While) -> Iterator[Finding]:
    """`lo < hi` goes with `hi = mid`, `lo <= hi` with `hi = mid - 1`; `lo = mid` may not end."""
    test = loop.test
    if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], ast.Lt | ast.LtE):
        return
    low, high = module.code(test.left), module.code(test.comparators[0])
    middle = ""
    for node in (n for s in loop.body for n in ast.walk(s)):
        if not isinstance(node, ast.Assign) or len(node.targets) != 1:
            continue
        name, value = module.code(node.targets[0]), node.value
        if any(isinstance(n, ast.FloorDiv | ast.RShift) for n in ast.walk(value)):
            middle = name
        if not middle or name not in {low, high} or middle not in module.code(value):
            continue
        open_end = isinstance(test.ops[0], ast.Lt)
        moved = isinstance(value, ast.BinOp)
        wanted = ""
        if name == high and open_end and moved:
            wanted = f"{high} = {middle}"
        elif name == high and not open_end and not moved:
            wanted = f"{high} = {middle} - 1"
        elif name == low and not moved:
            wanted = f"{low} = {middle} + 1"
        if wanted:
            text = (
                f"`{module.code(node)}` in {where(module, node)} does not fit "
                f"`{module.code(test)}`: the last element is missed, or the loop never ends"
            )
            yield context.finding("halving", module, node, 0.7, text, {"mend": wanted})


def _length_of(node: ast.expr | None) -> str:
    if isinstance(node, ast.Call) and called(node) == "len" and node.args:
        return ast.unparse(node.args[0])
    return ""


def _one(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == 1

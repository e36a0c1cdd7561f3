"""Functions that return a value on some paths and run off their end on another."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.module import Function
from researchers.program_analysis.paths import blocks, ends, own
from tasks.records.change import Finding

_NEVER = {"NoReturn", "t.NoReturn", "typing.NoReturn", "Never", "typing.Never"}


def find(context: Context) -> Iterator[Finding]:
    """Where the end is reached without a value although other paths return one."""
    never = _never_back(context)
    for module, function in context.functions():
        returned = [n for n in own(function.node) if isinstance(n, ast.Return)]
        valued = [r for r in returned if r.value is not None and not _is_none(r.value)]
        generator = any(isinstance(n, ast.Yield | ast.YieldFrom) for n in own(function.node))
        if not valued or generator or ends(function.node.body, never) or _may_be_none(function):
            continue
        if len(valued) < len(returned):
            continue  # None is returned on purpose elsewhere
        last = function.node.body[-1]
        text = (
            f"{function.name} ({module.path}) returns a value in line "
            f"{valued[-1].lineno}, and nothing when it reaches its end"
        )
        strength = _strength(function, last)
        yield context.finding("missing_return", module, last, strength, text)


def _never_back(context: Context) -> frozenset[str]:
    """Functions that say, or show by their body, that they never come back."""
    return frozenset(
        f.node.name for f in context.program.functions.values()
        if (f.node.returns is not None and ast.unparse(f.node.returns) in _NEVER)
        or isinstance(f.node.body[-1], ast.Raise)
    )  # fmt: skip


def _strength(function: Function, last: ast.stmt) -> float:
    """Sure where the annotation promises a value; a lookup that finds nothing is an idiom."""
    promised = function.node.returns is not None
    branch = isinstance(last, ast.If | ast.Match) and any(ends(block) for block in blocks(last))
    unfinished = isinstance(last, ast.Assign | ast.AugAssign)
    return 0.75 if promised else 0.55 if unfinished else 0.3 if branch else 0.2


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _may_be_none(function: Function) -> bool:
    returns = function.node.returns
    if returns is None:
        return False
    said = ast.unparse(returns)
    return any(word in said for word in ("None", "Optional", "Any", "object", "NoReturn", "Never"))

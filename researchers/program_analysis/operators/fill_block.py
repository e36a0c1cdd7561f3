"""Puts a statement into a block that does nothing, or where an `else` could be."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.expectations import expected_errors
from researchers.program_analysis.ingredients import (
    BUILTINS,
    defined,
    free,
    mirrored,
    outcomes,
    readable,
)
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import called
from researchers.program_analysis.sites import brief, draft, each, indented, is_looped, plain
from researchers.program_analysis.usage import unread

_SIMPLE = (ast.Assign, ast.AugAssign, ast.Expr, ast.Return, ast.Raise, ast.Continue, ast.Break)
_TURNS = (("+=", "-="), ("append", "appendleft"), ("append", "pop"), ("add", "discard"))
_PUSHES = ("append", "add", "appendleft", "push", "put")
_POPS = ("pop", "popleft")
LIMIT = 30

Filling = tuple[str, float]


def drafts(context: Context) -> Iterator[Draft]:
    """Blocks of conditions and loops that hold `pass` alone."""
    for module, function, node in each(context, ast.Pass):
        assert isinstance(node, ast.Pass)
        holder = module.parents[node]
        if not isinstance(holder, ast.If | ast.For | ast.While) or len(module.body_of(node)) > 1:
            continue
        found: dict[str, float] = {}
        known = readable(module, node)
        for code, strength in _fillings(context, module, function, holder, node):
            if code not in found and free(ast.parse(code)) <= known:
                found[code] = strength
        for code in sorted(found, key=lambda c: -found[c])[:LIMIT]:
            yield draft(
                module, node, f"Do `{' '.join(code.split())}` at `{brief(module, holder)}`",
                "a branch does nothing", found[code], edits.swap(module, node, code),
            )  # fmt: skip


def _fillings(
    context: Context,
    module: Module,
    function: Function,
    holder: ast.If | ast.For | ast.While,
    node: ast.Pass,
) -> Iterator[Filling]:
    if isinstance(holder, ast.If):
        other = holder.body if node in holder.orelse else holder.orelse
        for code in _turned(module, other):
            yield code, 1.0
    else:
        yield from _put(module, function, holder)
    told = _told(module, holder.test) if isinstance(holder, ast.If) else ""
    for expecting, expected in expected_errors(context.program):
        worth = 0.9 if expecting is function else 0.5
        yield f"raise {expected.exception}({told})", worth
        yield f"raise {expected.exception}", 0.9 * worth
    for code in outcomes(module, function):
        yield code, 0.5 if code.startswith("raise") else 0.3
    yield from (("continue", 0.4), ("break", 0.4)) if is_looped(module, node) else ()
    for raised in (n for n in module.nodes if isinstance(n, ast.Raise) and n.exc is not None):
        yield module.code(raised), 0.6 if module.function_of(raised) is function else 0.4
    inside = [n for n in ast.walk(function.node) if isinstance(n, _SIMPLE)]
    for other_one in sorted(inside, key=lambda n: abs(n.lineno - node.lineno)):
        code = plain(module, other_one)
        if not isinstance(other_one, ast.Return | ast.Raise) and "\n" not in code:
            yield code, 0.5
            yield from ((turned, 0.4) for turned in _turned(module, [other_one]))


def _told(module: Module, test: ast.expr) -> str:
    """What was asked, with the values that it was asked of: a message for an exception."""
    code, names = module.code(test), sorted(free(test) - BUILTINS - defined(module))
    if not names or set(code) & set('"{}\\\n'):
        return ""
    return f'f"{code}: {", ".join(f"{name} = {{{name}!r}}" for name in names)}"'


def _turned(module: Module, block: list[ast.stmt]) -> Iterator[str]:
    """The block's simple statements as the opposite case would have them."""
    for statement in block:
        if not isinstance(statement, _SIMPLE) or "\n" in module.code(statement):
            continue
        code = module.code(statement)
        for one, other in _TURNS:
            for old, new in ((one, other), (other, one)):
                turned = re.sub(rf"(?<![A-Za-z]){re.escape(old)}(?![A-Za-z])", new, code)
                if turned != code:
                    yield turned
        yield from mirrored(code)


def _put(module: Module, function: Function, loop: ast.For | ast.While) -> Iterator[Filling]:
    """What the loop goes over is put into what the function keeps, always or where it is new."""
    if not isinstance(loop, ast.For):
        return
    item = module.code(loop.target)
    item = f"({item})" if isinstance(loop.target, ast.Tuple) and item[0] != "(" else item
    names = [n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)]
    waiting = [n for n in names if n in unread(function)] or names
    pushes: dict[str, float] = {}
    for call in (n for n in ast.walk(function.node) if isinstance(n, ast.Call)):
        told, verb = module.code(call.func), called(call)
        if verb == "heappop" and call.args:
            heap = module.code(call.args[0])
            pushes[f"{told.replace('heappop', 'heappush')}({heap}, {item})"] = 1.0
        elif isinstance(call.func, ast.Attribute) and verb in {*_PUSHES, *_POPS}:
            put = verb if verb in _PUSHES else "append"
            pushes.setdefault(f"{module.code(call.func.value)}.{put}({item})", 0.8)
    seen = [
        module.code(n.comparators[0]) for n in ast.walk(function.node)
        if isinstance(n, ast.Compare) and isinstance(n.ops[0], ast.In | ast.NotIn)
    ]  # fmt: skip
    asked = [*waiting, *(f"{name}[{place}]" for name in waiting for place in (0, 1))]
    for code, strength in pushes.items():
        yield code, 0.9 * strength
        for holder in dict.fromkeys(seen):
            for rank, what in enumerate(asked):
                test = f"if {what} not in {holder}:\n{indented(code)}"
                yield test, 0.95 * strength * 0.95**rank


OPERATOR = Operator("fill_block", "insert statement", "bug_fix", 0.3, drafts, blind=True)

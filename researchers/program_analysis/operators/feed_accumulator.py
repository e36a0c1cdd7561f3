"""Grows a name that a loop should grow: a list never appended to, a counter that stands still."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.sites import blocks, draft, focused
from researchers.program_analysis.usage import ungrown, unread

_LEAVES = (ast.Return, ast.Continue, ast.Break, ast.Raise)
_FORMS = {
    "list": ("{}.append({})", "{}.extend({})"),
    "set": ("{}.add({})",),
    "dict": ("{}[{}] = True",),
    "text": ("{} += {}",),
    "number": ("{} += {}",),
}
LIMIT = 5


def drafts(context: Context) -> Iterator[Draft]:
    """Every loop of a function in which a name has a first value that never changes."""
    for module, function in focused(context):
        for start, name, kind in ungrown(function):
            for loop in ast.walk(function.node):
                if isinstance(loop, ast.For | ast.While) and loop.lineno > start.lineno:
                    yield from _within(module, function, loop, name, kind)


def _within(
    module: Module, function: Function, loop: ast.For | ast.While, name: str, kind: str
) -> Iterator[Draft]:
    for rank, code in enumerate(_codes(function, loop, name, kind)):
        for deep, block in enumerate(_ends(loop)):
            last = block[-1]
            leaves = isinstance(last, _LEAVES)
            splice = edits.before(module, last, code) if leaves else edits.after(module, last, code)
            yield draft(
                module, last, f"Grow `{name}` by `{code}`",
                "it keeps its first value for ever", 0.9 * 0.85**rank * (0.8 if deep else 1.0),
                splice,
            )  # fmt: skip


def _codes(function: Function, loop: ast.For | ast.While, name: str, kind: str) -> Iterator[str]:
    """What may be put into the name, what is read nowhere else first."""
    stored = [n.id for n in ast.walk(loop) if isinstance(n, ast.Name)
              and isinstance(n.ctx, ast.Store)]  # fmt: skip
    values = [n for n in dict.fromkeys(stored) if n != name]
    values.sort(key=lambda n: n not in unread(function))
    if isinstance(loop, ast.For) and isinstance(loop.target, ast.Tuple) and kind == "dict":
        names = [e.id for e in loop.target.elts if isinstance(e, ast.Name)]
        if len(names) == 2:
            yield f"{name}[{names[0]}] = {names[1]}"
    if kind == "number":
        yield f"{name} += 1"
    for value in values[:LIMIT]:
        for form in _FORMS[kind]:
            yield form.format(name, value)


def _ends(loop: ast.For | ast.While) -> Iterator[list[ast.stmt]]:
    """The loop's own body, then the blocks of the conditions that stand in it."""
    yield loop.body
    for node in ast.walk(loop):
        if isinstance(node, ast.If):
            yield from blocks(node)


OPERATOR = Operator("feed_accumulator", "insert statement", "bug_fix", 0.1, drafts, blind=True)

"""Grows a name that a loop should grow: a list never appended to, a counter that stands still."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import permutations

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import called
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
REPEATED = 3
"""Names of which one may be put in as often as another one says."""


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
    cut = _cut_off(loop)
    for rank, code in enumerate(_codes(function, loop, name, kind, cut)):
        early = any(code.endswith(f"{part})") for part in cut)
        for deep, block in enumerate(_ends(loop)):
            at = block[0] if early else block[-1]
            leads = early or isinstance(at, _LEAVES)
            splice = edits.before(module, at, code) if leads else edits.after(module, at, code)
            yield draft(
                module, at, f"Grow `{name}` by `{code}`",
                "it keeps its first value for ever", 0.9 * 0.85**rank * (0.8 if deep else 1.0),
                splice,
            )  # fmt: skip


def _codes(
    function: Function, loop: ast.For | ast.While, name: str, kind: str, cut: list[str]
) -> Iterator[str]:
    """What may be put into the name: what is cut off, then what is read nowhere else."""
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
    heap = _heap(function, name)
    for value in [*cut, *_whole(loop, values), *values[:LIMIT]]:
        for form in (heap,) if heap else _FORMS[kind]:
            yield form.format(name, value)
    if kind == "list" and not heap:
        for value, times in permutations(values[:REPEATED], 2):
            yield f"{name}.extend([{value}] * {times})"


def _whole(loop: ast.For | ast.While, values: list[str]) -> list[str]:
    """Several names of a loop's target as one tuple, as they come and turned by one."""
    names = [n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)] if isinstance(
        loop, ast.For) else []  # fmt: skip
    names = [n for n in names if n in values]
    turns = (names, [*names[1:], *names[:1]], [*names[-1:], *names[:-1]]) if names[1:] else ()
    return list(dict.fromkeys(f"({', '.join(turn)})" for turn in turns))


def _heap(function: Function, name: str) -> str:
    """How something is pushed, where the name is a heap that is popped; empty where it is none."""
    calls = [n for n in ast.walk(function.node) if isinstance(n, ast.Call) and n.args]
    for pop in (n for n in calls if called(n) == "heappop" and ast.unparse(n.args[0]) == name):
        return ast.unparse(pop.func).replace("heappop", "heappush") + "({}, {})"
    return ""


def _cut_off(loop: ast.For | ast.While) -> list[str]:
    """Elements that a loop cuts off a sequence: the first of `rows` where `rows[1:]` goes on."""
    found: dict[str, None] = {}
    for node in ast.walk(loop):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
            low, high, base = node.slice.lower, node.slice.upper, ast.unparse(node.value)
            if low is not None and high is None and ast.unparse(low) == "1":
                found[f"{base}[0]"] = None
            if low is None and high is not None and ast.unparse(high) == "-1":
                found[f"{base}[-1]"] = None
    return list(found)


def _ends(loop: ast.For | ast.While) -> Iterator[list[ast.stmt]]:
    """The loop's own body, then the blocks of the conditions that stand in it."""
    yield loop.body
    for node in ast.walk(loop):
        if isinstance(node, ast.If):
            yield from blocks(node)


OPERATOR = Operator("feed_accumulator", "insert statement", "bug_fix", 0.1, drafts, blind=True)

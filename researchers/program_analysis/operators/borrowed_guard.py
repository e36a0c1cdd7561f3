"""Leaves early as another function of the module does, and as a condition asked elsewhere says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import free, locals_at, outcomes, readable
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.questions import from_code, from_predicates
from researchers.program_analysis.sites import draft, focused, plain

LIMIT = 40
TESTS = 8
ENDINGS = 4


@dataclass(frozen=True, eq=False)
class Guard:
    """An `if` of one exit, the function where it stands, and the local names that it reads."""

    function: Function
    code: str
    names: tuple[str, ...]


def drafts(context: Context) -> Iterator[Draft]:
    """At the start of every function, and of every loop in it, where the names are known."""
    for module, function in focused(context):
        own = {ast.dump(n.test) for n in ast.walk(function.node) if isinstance(n, ast.If)}
        found: dict[str, float] = {}
        for code, strength in _guards(module, function):
            found[code] = max(strength, found.get(code, 0.0))
        for code in sorted(found, key=lambda c: -found[c])[:LIMIT]:
            tree = ast.parse(code).body[0]
            if isinstance(tree, ast.If) and ast.dump(tree.test) in own:
                continue
            for at in _places(module, function, code):
                yield draft(
                    module, at, f"Ask first `{' '.join(code.split())}`",
                    "a case that is refused elsewhere may be missing", found[code],
                    edits.before(module, at, code),
                )  # fmt: skip


def _guards(module: Module, function: Function) -> Iterator[tuple[str, float]]:
    names = list(function.parameters)
    for guard in _pool(module):
        if guard.function is function:
            continue
        yield guard.code, 0.9
        foreign = [n for n in guard.names if n not in names]
        if len(foreign) == 1:
            for rank, name in enumerate(n for n in names if n not in guard.names):
                code = re.sub(rf"(?<![\w.]){re.escape(foreign[0])}(?![\w\"'])", name, guard.code)
                yield code, 0.5 * 0.8**rank
    first = edits.first_body_line(function.node)
    questions = [*from_predicates(module, first, names), *from_code(module, first, names)]
    questions.sort(key=lambda q: -q[1])
    raised = [c for c in outcomes(module, function) if "raise" in c] or ["return"]
    others = [c for c in outcomes(module, function) if "raise" not in c]
    for test, strength in questions[:TESTS]:
        for rank, ending in enumerate([*raised[:ENDINGS], *others[:ENDINGS]]):
            yield f"if {test}:\n    {ending}", 0.5 * strength * 0.9**rank


@lru_cache(maxsize=64)
def _pool(module: Module) -> tuple[Guard, ...]:
    """Conditions of a module that only leave."""
    found = []
    for node in module.nodes:
        function = module.function_of(node)
        if not isinstance(node, ast.If) or function is None or node.orelse or len(node.body) > 1:
            continue
        if isinstance(node.body[0], ast.Raise | ast.Return | ast.Continue):
            known = {*function.parameters, *locals_at(module, node)}
            names = tuple(sorted(free(node) & known))
            code = plain(module, node).removeprefix("el")
            found.append(Guard(function, code, names))
    return tuple(found)


def _places(module: Module, function: Function, code: str) -> Iterator[ast.stmt]:
    """The first statement of the function, or of a loop, before which all names are known."""
    needs = free(ast.parse(code))
    body = function.node.body
    blocks = [body[body.index(edits.first_body_line(function.node)) :]]
    if "continue" in code:
        loops = (n for n in ast.walk(function.node) if isinstance(n, ast.For | ast.While))
        blocks = [loop.body for loop in loops]
    for block in blocks:
        fits = (s for s in block if needs <= readable(module, s) - _later(function, s))
        yield from islice(fits, 1)


def _later(function: Function, at: ast.stmt) -> frozenset[str]:
    """Names that are bound first at or below a line."""
    return frozenset(name for name, line in _firsts(function) if line >= at.lineno)


@lru_cache(maxsize=4096)
def _firsts(function: Function) -> tuple[tuple[str, int], ...]:
    """Variables of a function, its parameters left out, each with its first line."""
    stored: dict[str, int] = {}
    for node in ast.walk(function.node):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            stored[node.id] = min(node.lineno, stored.get(node.id, node.lineno))
    return tuple((n, line) for n, line in stored.items() if n not in function.parameters)


OPERATOR = Operator("borrowed_guard", "insert guard", "bug_fix", 0.15, drafts, blind=True)

"""Passes an element of a loop by: one that was seen, that is empty, or fails a known test."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import clauses, free, locals_at, readable
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import called
from researchers.program_analysis.sites import draft, each

LIMIT = 12


def drafts(context: Context) -> Iterator[Draft]:
    """At the top of a loop's or recursion's body, `continue`, `break` or `return` behind a test."""
    for module, _, node in each(context, ast.For, ast.While):
        assert isinstance(node, ast.For | ast.While)
        for test, strength in list(_tests(module, node))[:LIMIT]:
            for word, factor in (("continue", 1.0), ("break", 0.4)):
                guard = f"if {test}:\n    {word}"
                for place, at in enumerate(_places(node, test)):
                    yield draft(
                        module, at, f"Skip by `{' '.join(guard.split())}`",
                        "some elements may have to be passed by", strength * factor * 0.7**place,
                        edits.before(module, at, guard),
                    )  # fmt: skip


def _places(node: ast.For | ast.While, test: str) -> list[ast.stmt]:
    """The first statement, and the first behind what binds a name of the test."""
    names = free(ast.parse(f"({test})", mode="eval"))
    behind = [
        after for before, after in zip(node.body, node.body[1:], strict=False)
        if isinstance(before, ast.Assign) and names & {
            n.id for t in before.targets for n in ast.walk(t) if isinstance(n, ast.Name)}
    ]  # fmt: skip
    return behind[:1] or [node.body[0]]


def _tests(module: Module, node: ast.For | ast.While) -> Iterator[tuple[str, float]]:
    function = module.function_of(node)
    assert function is not None
    inside = node.body[-1]
    for call in (n for n in ast.walk(function.node) if isinstance(n, ast.Call)):
        if called(call) == "add" and isinstance(call.func, ast.Attribute) and call.args:
            seen = module.code(call.func.value)
            for name in _elements(module, node, inside):
                yield f"{name} in {seen}", 0.8
    known = readable(module, inside)
    targets = set(_elements(module, node, inside))
    near = [c for c in clauses(module) if free(c) & targets and free(c) <= known]
    for clause in sorted(near, key=lambda c: abs(c.lineno - node.lineno)):
        yield module.code(clause), 0.4
        yield edits.negated(module.code(clause), clause), 0.4
    for name in sorted(targets):
        yield f"not {name}", 0.4
        yield f"{name} is None", 0.3


def _elements(module: Module, node: ast.For | ast.While, inside: ast.stmt) -> list[str]:
    names = [n.id for n in ast.walk(node.target) if isinstance(n, ast.Name)] if isinstance(
        node, ast.For) else []  # fmt: skip
    targets = [t for s in node.body if isinstance(s, ast.Assign) for t in s.targets]
    stored = [n for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)]
    bound = [n.id for n in stored if isinstance(n.ctx, ast.Store)]
    known = locals_at(module, inside)
    return [n for n in dict.fromkeys([*names, *bound]) if n in known]


OPERATOR = Operator("skip_element", "insert guard", "bug_fix", 0.08, drafts, blind=True)

"""One element's value used for every element: `xs[0].when` inside a loop over what has a `when`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, shorten
from researchers.program_analysis.module import Function
from tasks.records.change import Finding

Loop = ast.For | ast.comprehension


def find(context: Context) -> Iterator[Finding]:
    """Uses, inside a loop, of a value taken from the first or last element before it."""
    for module, function in context.functions():
        taken = _taken(function)
        if not taken:
            continue
        reached = {
            (node.value.id, node.attr)
            for node in ast.walk(function.node)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        }
        for loop, body in loops(function):
            for use in _uses(body, taken):
                path = taken[use.id]
                own = [v for v in names_of(loop.target) if (v, path.split(".")[0]) in reached]
                for variable in own:
                    text = (
                        f"`{use.id}` is `{path}` of one element, and is used for every "
                        f"`{variable}` of the loop in {function.name}"
                    )
                    detail = {"code": f"{variable}.{path}"}
                    yield context.finding(
                        "first_for_each", module, use, 0.75, shorten(text, 200), detail
                    )


def loops(function: Function) -> Iterator[tuple[Loop, list[ast.AST]]]:
    """Loops and comprehensions of a function with what they run for each element."""
    for node in ast.walk(function.node):
        if isinstance(node, ast.For):
            yield node, list(node.body)
        elif isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp):
            yield node.generators[0], [node.elt]


def names_of(target: ast.expr) -> list[str]:
    """The names that a loop binds."""
    return [node.id for node in ast.walk(target) if isinstance(node, ast.Name)]


def _taken(function: Function) -> dict[str, str]:
    """Local names that hold `xs[0].a.b`, with `a.b`; names assigned twice are left out."""
    found: dict[str, str] = {}
    assigned: dict[str, int] = {}
    for node in ast.walk(function.node):
        if not isinstance(node, ast.Assign):
            continue
        for name in (n for target in node.targets for n in names_of(target)):
            assigned[name] = assigned.get(name, 0) + 1
        path = _path_from_one(node.value)
        if path and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = path
    return {name: path for name, path in found.items() if assigned[name] == 1}


def _path_from_one(node: ast.expr) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    one = (
        isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant | ast.UnaryOp)
        and ast.unparse(node.slice) in {"0", "-1"}
    )
    return ".".join(reversed(parts)) if one else ""


def _uses(body: list[ast.AST], taken: dict[str, str]) -> Iterator[ast.Name]:
    for statement in body:
        for node in ast.walk(statement):
            loads = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
            if loads and isinstance(node, ast.Name) and node.id in taken:
                yield node

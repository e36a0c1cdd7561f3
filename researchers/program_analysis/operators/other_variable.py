"""Exchanges a variable for any other that may be read there: closures and globals too."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import globals_of, locals_at
from researchers.program_analysis.kinds import NUMBERS
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import words
from researchers.program_analysis.sense import is_clash
from researchers.program_analysis.sites import brief, draft, each
from researchers.program_analysis.usage import idle

LIMIT = 8


def drafts(context: Context) -> Iterator[Draft]:
    """Every read of a variable, likest names first: same kind, like name, near."""
    for module, function, node in each(context, ast.Name):
        assert isinstance(node, ast.Name)
        parent = module.parents.get(node)
        called = isinstance(parent, ast.Call) and parent.func is node
        known = [n for n in locals_at(module, node) if n != node.id]
        if called or not isinstance(node.ctx, ast.Load) or not _is_variable(module, node):
            continue
        far = (*globals_of(module), *sorted(idle(module)))
        others = [*known, *(n for n in dict.fromkeys(far) if n not in known and n != node.id)]
        fits = {n: _fit(context, module, function, node, n, i) for i, n in enumerate(others)}
        for name in sorted(others, key=lambda n: (-fits[n], n))[:LIMIT]:
            if fits[name] > 0:
                yield draft(
                    module, node,
                    f"Read `{name}` for `{node.id}` in `{brief(module, parent or node)}`",
                    "another variable may be meant", fits[name], edits.swap(module, node, name),
                )  # fmt: skip


def _is_variable(module: Module, node: ast.Name) -> bool:
    return node.id in {*locals_at(module, node), *globals_of(module)}


def _fit(
    context: Context, module: Module, function: Function, node: ast.Name, name: str, rank: int
) -> float:
    """How likely a name is meant: kinds that differ rule it out, unless the name's is wrong."""
    one = context.kinds.of(function, node).split("[")[0]
    other = context.kinds.of(function, ast.Name(id=name)).split("[")[0]
    if one and other and one != other and not {one, other} <= NUMBERS:
        return 0.5 if is_clash(context.kinds, module, node) else 0.0
    alike = 0.3 if words(node.id) & words(name) or len(node.id) == len(name) == 1 else 0.0
    return (0.5 if one and other else 0.35) + alike - min(0.2, 0.03 * rank)


OPERATOR = Operator("other_variable", "mutate variable", "bug_fix", 0.2, drafts, blind=True)

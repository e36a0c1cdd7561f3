"""Writes any expression of the module for any other one, its names put into the scope."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.deep.places import values
from researchers.program_analysis.deep.pools import adapted, expressions
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import free
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.sites import instead

PER_PLACE = 120


def drafts(context: Context) -> Iterator[Draft]:
    """Expressions of suspicious functions, with those first that share names and kind."""
    for module, function, node in values(context):
        seen = {module.code(node)}
        for code in _others(context, module, function, node):
            if len(seen) > PER_PLACE:
                break
            if code not in seen:
                seen.add(code)
                yield instead(
                    module, node, "Use", code, "the module computes this", 0.99 ** len(seen)
                )


def _others(context: Context, module: Module, function: Function, node: ast.expr) -> Iterator[str]:
    kind, used = context.kinds.of(function, node).split("[")[0], free(node)
    ranked: list[tuple[float, int, ast.expr]] = []
    for other in expressions(module):
        home = module.function_of(other)
        known = context.kinds.of(home, other).split("[")[0] if home is not None else ""
        unlike = bool(kind and known and kind != known)
        near = len(free(other) & used) + (home is function)
        ranked.append((unlike * 3 - near, abs(other.lineno - node.lineno), other))
    ranked.sort(key=lambda entry: entry[:2])
    for *_, other in ranked:
        yield from adapted(module, other, node)


OPERATOR = Operator("graft_expression", "reuse expression", "bug_fix", 0.02, drafts, blind=True)

"""Takes another value in the place of one that is absent or empty: `given or default`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import free, globals_of, locals_at, readable
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import brief, draft, each, wrapped
from researchers.program_analysis.usage import idle

_EMPTY = ("[]", "{}", '""', "0", "()")
NAMES = 6


def drafts(context: Context) -> Iterator[Draft]:
    """Names, attributes and look-ups that are assigned, returned or handed on."""
    for module, _, node in each(context, ast.Name, ast.Attribute, ast.Call):
        assert isinstance(node, ast.expr)
        if isinstance(getattr(node, "ctx", None), ast.Store) or not _is_taken(module, node):
            continue
        for other in _elsewhere(module, node):
            yield draft(
                module, node, f"Take `{other}` for `{brief(module, node)}`",
                "the module does so elsewhere", 0.9, edits.swap(module, node, other),
            )  # fmt: skip
        code = wrapped(module, node)
        spent = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        known = (*sorted(idle(module)), *locals_at(module, node), *globals_of(module))
        names = [n for n in dict.fromkeys(known) if n not in spent]
        for rank, other in enumerate((*names[:NAMES], *_EMPTY)):
            strength = 0.6 * 0.9**rank
            yield draft(
                module, node, f"Take `{other}` where `{brief(module, node)}` is empty",
                "a value may be absent", strength, edits.swap(module, node, f"{code} or {other}"),
            )  # fmt: skip


def _elsewhere(module: Module, node: ast.expr) -> list[str]:
    """What the module takes elsewhere where the same value is absent."""
    own, known, parent = ast.dump(node), readable(module, node), module.parents.get(node)
    choices = (n for n in module.nodes if isinstance(n, ast.BoolOp) and isinstance(n.op, ast.Or))
    return list(dict.fromkeys(
        module.code(n) for n in choices
        if n is not parent and ast.dump(n.values[0]) == own and free(n) <= known
    ))  # fmt: skip


def _is_taken(module: Module, node: ast.expr) -> bool:
    """Whether the node is all that is assigned, returned or given for an argument."""
    parent = module.parents.get(node)
    if isinstance(parent, ast.Call):
        return node in parent.args
    whole = ast.Assign | ast.Return | ast.AnnAssign | ast.keyword | ast.For
    return isinstance(parent, whole) and node in (
        getattr(parent, "value", None), getattr(parent, "iter", None)
    )  # fmt: skip


OPERATOR = Operator("fallback_value", "mutate condition", "bug_fix", 0.08, drafts, blind=True)

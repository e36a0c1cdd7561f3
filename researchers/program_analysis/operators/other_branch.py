"""Exchanges branches, joins or parts them: else for what follows, elif for if."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import is_own
from researchers.program_analysis.sites import (
    brief,
    draft,
    each,
    indented,
    is_elif,
    plain,
)

FIELDS = 3


def drafts(context: Context) -> Iterator[Draft]:
    """Branches of conditions and of inline conditions."""
    for module, _, node in each(context, ast.If, ast.IfExp):
        if isinstance(node, ast.IfExp):
            body, test, other = (module.code(n) for n in (node.body, node.test, node.orelse))
            yield draft(
                module, node, f"Exchange the choices of `{brief(module, node)}`",
                "the choices may be the wrong way round", 0.7,
                edits.swap(module, node, f"{other} if {test} else {body}"),
            )  # fmt: skip
        elif isinstance(node, ast.If) and not is_elif(module, node):
            yield from _joined(module, node)
            yield from _parted(module, node)
            yield from _linked(module, node)


def _joined(module: Module, node: ast.If) -> Iterator[Draft]:
    block = module.body_of(node)
    rest = block[block.index(node) + 1 :]
    if node.orelse or not rest:
        return
    for count in dict.fromkeys((1, len(rest))):
        moved = rest[:count]
        code = "\n".join(indented(plain(module, s)) for s in moved)
        told = brief(module, node.test)
        yield draft(
            module, moved[0], f"Do `{brief(module, moved[0])}` only if not `{told}`",
            "an else may be missing", 0.5,
            edits.swap(module, node, f"{plain(module, node)}\nelse:\n{code}"),
            *(edits.remove(module, s) for s in moved),
        )  # fmt: skip
    if isinstance(rest[0], ast.If):
        code = f"{plain(module, node)}\nel{plain(module, rest[0])}"
        yield draft(
            module, rest[0], f"Write `elif` at `{brief(module, rest[0].test)}`",
            "two cases may have to exclude each other", 0.5,
            edits.swap(module, node, code), edits.remove(module, rest[0]),
        )  # fmt: skip


def _linked(module: Module, node: ast.If) -> Iterator[Draft]:
    """Of `if before is None: head = x` the other case, `before.next = x`, where there is none.

    The attributes are those that the module sets on anything.
    """
    test, last = node.test, node.body[-1]
    none = (
        isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Is)
        and isinstance(test.comparators[0], ast.Constant) and test.comparators[0].value is None
    )  # fmt: skip
    if not none or node.orelse or not isinstance(test, ast.Compare):
        return
    holder, value = test.left, getattr(last, "value", None)
    if not isinstance(last, ast.Assign) or not isinstance(holder, ast.Name | ast.Attribute):
        return
    assert value is not None
    near = [n.attr for n in ast.walk(value) if isinstance(n, ast.Attribute)]
    fields = dict.fromkeys(
        n.attr for n in module.nodes if isinstance(n, ast.Attribute)
        and isinstance(n.ctx, ast.Store) and not is_own(n)
    )  # fmt: skip
    for rank, field in enumerate(sorted(fields, key=lambda f: f not in near)[:FIELDS]):
        code = f"{module.code(holder)}.{field} = {module.code(value)}"
        yield draft(
            module, node, f"Else do `{code}` at `{brief(module, test)}`",
            "an else may be missing", 0.5 * 0.7**rank,
            edits.swap(module, node, f"{plain(module, node)}\nelse:\n    {code}"),
        )  # fmt: skip


def _parted(module: Module, node: ast.If) -> Iterator[Draft]:
    if not node.orelse or node.body[-1].end_lineno == node.orelse[0].lineno:
        return
    parted = len(node.orelse) == 1 and is_elif(module, node.orelse[0])
    body = "\n".join(indented(plain(module, s)) for s in node.body)
    other = (
        plain(module, node.orelse[0])[2:] if parted
        else "\n".join(plain(module, s) for s in node.orelse)
    )  # fmt: skip
    yield draft(
        module, node, f"Do the else branch of `{brief(module, node.test)}` always",
        "two cases may not exclude each other", 0.4,
        edits.swap(module, node, f"if {module.code(node.test)}:\n{body}\n{other}"),
    )  # fmt: skip


OPERATOR = Operator("other_branch", "mutate branch", "bug_fix", 0.06, drafts, blind=True)

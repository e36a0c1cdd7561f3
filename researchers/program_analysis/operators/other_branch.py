"""Exchanges branches, joins or parts them: else for what follows, elif for if."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import (
    brief,
    draft,
    each,
    indented,
    is_elif,
    plain,
)


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
            edits.after(module, node, f"else:\n{code}"),
            *(edits.remove(module, s) for s in moved),
        )  # fmt: skip
    if isinstance(rest[0], ast.If):
        code = f"{plain(module, node)}\nel{plain(module, rest[0])}"
        yield draft(
            module, rest[0], f"Write `elif` at `{brief(module, rest[0].test)}`",
            "two cases may have to exclude each other", 0.5,
            edits.swap(module, node, code), edits.remove(module, rest[0]),
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

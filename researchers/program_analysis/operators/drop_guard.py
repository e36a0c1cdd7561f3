"""Does always what stands under a condition, or never leaves where it stands."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import brief, draft, each, is_elif, plain


def drafts(context: Context) -> Iterator[Draft]:
    """Conditions, their bodies and else branches; filters of comprehensions; loops entered once."""
    for module, _, node in each(context, ast.If, ast.IfExp):
        if isinstance(node, ast.IfExp):
            for kept in (node.body, node.orelse):
                yield draft(
                    module, node, f"Always take `{brief(module, kept)}`",
                    "a choice may be one too many", 0.3,
                    edits.swap(module, node, module.code(kept)),
                )  # fmt: skip
        elif isinstance(node, ast.If) and not is_elif(module, node):
            if not node.orelse:
                yield draft(
                    module, node, f"Remove `{brief(module, node)}`",
                    "a case may be one too many", 0.5, edits.remove(module, node),
                )  # fmt: skip
            for block, what in ((node.body, "body"), (node.orelse, "else branch")):
                if block:
                    yield draft(
                        module, node, f"Always do the {what} of `{brief(module, node.test)}`",
                        "a condition may be one too many", 0.3,
                        edits.swap(module, node, _code(module, block)),
                    )  # fmt: skip


def _code(module: Module, block: list[ast.stmt]) -> str:
    if len(block) == 1 and is_elif(module, block[0]):
        return plain(module, block[0])[2:]
    return "\n".join(plain(module, statement) for statement in block)


OPERATOR = Operator("drop_guard", "remove guard", "bug_fix", 0.04, drafts, blind=True)

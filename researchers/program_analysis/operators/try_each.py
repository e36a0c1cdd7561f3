"""Handles an exception for each record, where one that fails ends the whole loop."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, where
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import indented, plain


def drafts(context: Context) -> Iterator[Draft]:
    """A `try` around one loop goes into it; what fails is passed by."""
    for finding, module, node in context.found("swallowed"):
        holder = module.parents.get(node)
        if not isinstance(holder, ast.Try) or len(holder.body) != 1:
            continue
        loop = holder.body[0]
        alone = len(holder.handlers) == 1 and not holder.orelse and not holder.finalbody
        if not isinstance(loop, ast.For) or loop.orelse or not alone:
            continue
        yield Draft(
            f"Go on with the next of `{module.code(loop.iter)}` in {where(module, node)}",
            f"{finding.evidence}; the handler stands around the loop, so that one failing record "
            "ends it for all that follow",
            location(module, holder),
            changed(module, edits.swap(module, holder, _moved(module, loop, holder.handlers[0]))),
            finding.strength, 1.2, (finding.id,),
        )  # fmt: skip


def _moved(module: Module, loop: ast.For, handler: ast.ExceptHandler) -> str:
    kind = f" {module.code(handler.type)}" if handler.type is not None else ""
    body = "\n".join(plain(module, statement) for statement in loop.body)
    head = f"for {module.code(loop.target)} in {module.code(loop.iter)}:"
    return f"{head}\n    try:\n{indented(indented(body))}\n    except{kind}:\n        continue"


OPERATOR = Operator("try_each", "move handler", "bug_fix", 0.35, drafts)

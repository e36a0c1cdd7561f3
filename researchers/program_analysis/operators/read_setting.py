"""Reads a setting that nothing reads, where a literal stands in its place."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import tail, words
from researchers.program_analysis.reading import setting_codes

LIMIT = 4


def drafts(context: Context) -> Iterator[Draft]:
    """Literals assigned to, defaulted to, or passed as something of the setting's name."""
    for finding in context.findings:
        if finding.kind != "unread_setting":
            continue
        leaf = finding.detail["leaf"]
        made = 0
        for module in context.program.editable:
            for node in module.nodes:
                if made >= LIMIT or not _stands_for(module, node, leaf):
                    continue
                codes = list(setting_codes(context, module, node, leaf))[:1] or [
                    finding.detail["value"]
                ]
                for code in codes:
                    made += 1
                    yield Draft(
                        f"Use the setting {leaf} for `{shorten(module.code(node), 30)}` in "
                        f"{where(module, node)}",
                        finding.evidence, location(module, node),
                        changed(module, edits.swap(module, node, code)), finding.strength,
                        findings=(finding.id,),
                    )  # fmt: skip


def _stands_for(module: Module, node: ast.AST, leaf: str) -> bool:
    if not isinstance(node, ast.Constant) or isinstance(node.value, str | None):
        return False
    parent = module.parents.get(node)
    if isinstance(parent, ast.keyword):
        return _alike(parent.arg or "", leaf)
    if isinstance(parent, ast.Assign):
        return any(_alike(tail(t), leaf) for t in parent.targets)
    if isinstance(parent, ast.AnnAssign):
        return _alike(tail(parent.target), leaf)
    if isinstance(parent, ast.arguments):
        function = module.function_of(node)
        return function is not None and any(
            d is node and _alike(n, leaf) for n, d in function.defaults.items()
        )
    return False


def _alike(name: str, leaf: str) -> bool:
    mine, theirs = words(name), words(leaf)
    return bool(mine) and (mine == theirs or mine < theirs or theirs < mine)


OPERATOR = Operator("read_setting", "mutate literal by configured value", "bug_fix", 0.35, drafts)

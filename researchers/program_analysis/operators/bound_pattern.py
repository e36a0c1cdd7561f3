"""Lets a pattern match whole words only."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from tasks.records.change import Finding


def drafts(context: Context) -> Iterator[Draft]:
    """Puts word boundaries round one pattern; round all loose ones of a module at once."""
    by_module: dict[str, list[tuple[Finding, Module, ast.AST]]] = {}
    for found in context.found("loose_pattern"):
        by_module.setdefault(found[1].path, []).append(found)
    for path, group in by_module.items():
        for finding, module, node in group:
            yield Draft(
                f"Match whole words in `{shorten(_text(node), 40)}` in {where(module, node)}",
                finding.evidence, location(module, node),
                changed(module, edits.swap(module, node, _bounded(node))),
                finding.strength, findings=(finding.id,),
            )  # fmt: skip
        if len(group) > 1:
            first, module, node = group[0]
            swaps = [edits.swap(module, place, _bounded(place)) for _, _, place in group]
            yield Draft(
                f"Match whole words in all {len(group)} patterns of {path}",
                first.evidence, location(module, node), changed(module, *swaps),
                first.strength, 1.2, tuple(finding.id for finding, _, _ in group),
            )  # fmt: skip


def _text(node: ast.AST) -> str:
    assert isinstance(node, ast.Constant)
    assert isinstance(node.value, str)
    return node.value


def _bounded(node: ast.AST) -> str:
    """A raw literal of the pattern between word boundaries, or an escaped one where it must be."""
    pattern = f"\\b(?:{_text(node)})\\b"
    if '"' in pattern or "\n" in pattern or pattern.endswith("\\"):
        return repr(pattern)
    return f'r"{pattern}"'


OPERATOR = Operator("bound_pattern", "replace containment", "bug_fix", 0.45, drafts)

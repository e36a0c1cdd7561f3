"""Compares texts without regard to case."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.detectors.case_sensitive import is_folded
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Function, Module


def drafts(context: Context) -> Iterator[Draft]:
    """Puts both sides of a comparison, and the members of a collection, into one case."""
    for finding, module, node in context.found("case_sensitive"):
        assert isinstance(node, ast.Compare)
        function, right = module.function_of(node), node.comparators[0]
        many = finding.detail["right"] == "many"
        sides = [edits.swap(module, node.left, _folded(context, module, function, node.left))]
        if many:
            sides.append(
                edits.swap(module, right, f"{{str(v).lower() for v in {module.code(right)}}}")
            )
        else:
            sides.append(edits.swap(module, right, _folded(context, module, function, right)))
        yield Draft(
            f"Ignore case in `{shorten(module.code(node), 50)}` in {where(module, node)}",
            finding.evidence, location(module, node), changed(module, *sides),
            finding.strength, findings=(finding.id,),
        )  # fmt: skip


def _folded(context: Context, module: Module, function: Function | None, node: ast.expr) -> str:
    code = module.code(node)
    if is_folded(module, function, node):
        return code
    if isinstance(node, ast.Constant):
        return repr(str(node.value).lower())
    if context.kinds.of(function, node) != "str":
        return f"str({code}).lower()"
    return f"{edits.operand(code, node)}.lower()"


OPERATOR = Operator("fold_case", "insert missing call", "bug_fix", 0.4, drafts)

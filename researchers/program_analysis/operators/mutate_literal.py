"""Steps a number of the code, unless it is a declared hyperparameter of the same name."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module


def drafts(context: Context) -> Iterator[Draft]:
    """Neighbours of integers, opposites of booleans, of bounds, and of numbers in displays."""
    declared = {h.rsplit(":", 1)[-1].rsplit(".", 1)[-1] for h in context.program.hyperparameters}
    for module, node in context.each(ast.Constant):
        assert isinstance(node, ast.Constant)
        if module.function_of(node) is None or _named(module, node) in declared:
            continue
        for code in _others(module, node):
            yield Draft(
                f"Use {code} for {module.code(node)} in `{_context(module, node)}` in "
                f"{where(module, node)}",
                "a literal may be wrong", location(module, node),
                changed(module, edits.swap(module, node, code)), 0.2,
            )  # fmt: skip


def _named(module: Module, node: ast.AST) -> str:
    parent = module.parents.get(node)
    return parent.arg or "" if isinstance(parent, ast.keyword) else ""


def _context(module: Module, node: ast.AST) -> str:
    statement = module.statement(node)
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        return f"def {statement.name}"
    return shorten(module.code(statement), 45)


def _others(module: Module, node: ast.Constant) -> Iterator[str]:
    value = node.value
    if isinstance(value, bool):
        yield str(not value)
    elif isinstance(value, int):
        if value and isinstance(module.parents.get(node), ast.Slice | ast.Tuple | ast.List):
            yield f"-{value}"
        for other in (value + 1, value - 1, *((0,) if value > 1 else ())):
            yield f"({other})" if other < 0 else str(other)
    elif isinstance(value, float) and value:
        yield from (f"{value * 2:g}", f"{value / 2:g}")


OPERATOR = Operator("mutate_literal", "mutate literal", "bug_fix", 0.12, drafts, blind=True)

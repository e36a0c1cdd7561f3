"""Assigns at once what was assigned in turn, and in turn what was assigned at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import brief, draft, each


def drafts(context: Context) -> Iterator[Draft]:
    """Neighbouring assignments of which the second reads what the first sets; tuples parted."""
    for module, _, node in each(context, ast.Assign):
        assert isinstance(node, ast.Assign)
        target, value = node.targets[0], node.value
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            if len(target.elts) == len(value.elts):
                lines = [f"{module.code(t)} = {module.code(v)}"
                         for t, v in zip(target.elts, value.elts, strict=True)]  # fmt: skip
                for order in (lines, lines[::-1]):
                    yield _draft(module, node, "\n".join(order), 0.3)
            continue
        block = module.body_of(node)
        after = block[block.index(node) + 1] if node is not block[-1] else None
        if isinstance(after, ast.Assign) and not isinstance(target, ast.Tuple):
            code = (
                f"{module.code(target)}, {module.code(after.targets[0])} = "
                f"{module.code(value)}, {module.code(after.value)}"
            )
            reads = any(ast.dump(n) == ast.dump(_load(target)) for n in ast.walk(after.value))
            yield draft(
                module, node, f"Assign at once `{code}`",
                "the second value may be meant of before the first assignment",
                0.7 if reads else 0.1,
                edits.swap(module, node, code), edits.remove(module, after),
            )  # fmt: skip


def _load(target: ast.expr) -> ast.expr:
    return ast.parse(ast.unparse(target), mode="eval").body


def _draft(module: Module, node: ast.Assign, code: str, strength: float) -> Draft:
    return draft(
        module, node, f"Assign in turn `{brief(module, node)}`",
        "the second value may be meant of behind the first assignment", strength,
        edits.swap(module, node, code),
    )  # fmt: skip


OPERATOR = Operator("parallel_assignment", "mutate assignment", "bug_fix", 0.05, drafts, blind=True)

"""Calls another function of the module that takes as many arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.names import words
from researchers.program_analysis.sites import brief, draft, each

LIMIT = 5


def drafts(context: Context) -> Iterator[Draft]:
    """Calls of the target's functions by their bare names."""
    for module, function, node in each(context, ast.Call):
        assert isinstance(node, ast.Call)
        if not isinstance(node.func, ast.Name) or node.func.id not in context.program.named:
            continue
        name, count = node.func.id, len(node.args) + len(node.keywords)
        others = [
            f.node.name for f in module.functions
            if not f.owner and "." not in f.name and f.node.name != name
            and len(f.parameters) - len(f.defaults) <= count <= len(f.parameters)
        ]  # fmt: skip
        others.sort(key=lambda n: (-len(words(n) & words(name)), n == function.node.name))
        for rank, other in enumerate(others[:LIMIT]):
            yield draft(
                module, node, f"Call `{other}` in `{brief(module, node)}`",
                "another function may be meant", 0.5 * 0.8**rank,
                edits.swap(module, node.func, other),
            )  # fmt: skip


OPERATOR = Operator("other_function", "wrong function name", "bug_fix", 0.06, drafts, blind=True)

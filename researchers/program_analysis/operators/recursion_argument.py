"""Recurs on another argument: one less, the next part, the other half."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import locals_at
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import called
from researchers.program_analysis.sites import brief, draft, each

_PLAIN = ("{} - 1", "{} + 1", "{}[1:]", "{} // 2", "{}[:-1]", "{} // 10", "{} - 2")


def drafts(context: Context) -> Iterator[Draft]:
    """Arguments of a function's calls of itself, and such calls taken apart or added."""
    for module, function, node in each(context, ast.Call):
        assert isinstance(node, ast.Call)
        if called(node) != function.node.name:
            continue
        for place, argument in enumerate(node.args):
            for code, strength in _forms(module, argument, function.positional, place):
                if code != module.code(argument):
                    yield draft(
                        module, node,
                        f"Recur on `{code}` for `{brief(module, argument)}`",
                        "a recursion may go on with another argument", strength,
                        edits.swap(module, argument, code),
                    )  # fmt: skip


def _forms(
    module: Module, node: ast.expr, parameters: tuple[str, ...], place: int
) -> Iterator[tuple[str, float]]:
    name = module.code(node)
    if isinstance(node, ast.Name):
        for rank, form in enumerate(_PLAIN):
            yield form.format(name), 0.7 * 0.8**rank
    own = parameters[place] if place < len(parameters) else ""
    known = locals_at(module, node)
    if own:
        yield from ((own, 0.4), (f"{own} - 1", 0.4), (f"{own}[1:]", 0.25))
    for other in known[:5]:
        yield other, 0.4
        yield f"{other} + 1", 0.3
        yield f"{other} - 1", 0.3


OPERATOR = Operator("recursion_argument", "wrong argument", "bug_fix", 0.06, drafts, blind=True)

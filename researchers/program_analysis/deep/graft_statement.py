"""Puts any statement of the module between any two, or in the place of another one."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, shorten
from researchers.program_analysis.deep.places import openings
from researchers.program_analysis.deep.pools import adapted, simple_statements
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.sites import brief, draft, is_looped

PER_PLACE = 80
REPLACES = 0.6
"""Worth of a statement in the place of another one, beside one that comes in."""


def drafts(context: Context) -> Iterator[Draft]:
    """Statements of the same function first, then by distance."""
    for module, function, place, behind in openings(context):
        where = "behind" if behind else "before"
        for rank, code in enumerate(_codes(module, function, place)):
            told, worth = shorten(code, 45), 0.99**rank
            edit = (edits.after if behind else edits.before)(module, place, code)
            yield draft(
                module, place, f"Do `{told}` {where} `{brief(module, place)}`",
                "the module does this elsewhere", worth, edit,
            )  # fmt: skip
            if not behind and not hasattr(place, "body"):
                yield draft(
                    module, place, f"Do `{told}` for `{brief(module, place)}`",
                    "the module does this elsewhere", REPLACES * worth,
                    edits.swap(module, place, code),
                )  # fmt: skip


def _codes(module: Module, function: Function, place: ast.stmt) -> list[str]:
    found: dict[str, None] = {}
    looped, own = is_looped(module, place), ast.unparse(place)

    def distance(node: ast.stmt) -> tuple[bool, int]:
        return module.function_of(node) is not function, abs(node.lineno - place.lineno)

    for node in sorted(simple_statements(module), key=distance):
        leaves = any(isinstance(n, ast.Continue | ast.Break) for n in ast.walk(node))
        if leaves and not looped:
            continue
        found |= dict.fromkeys(code for code in adapted(module, node, place) if code != own)
        if len(found) >= PER_PLACE:
            break
    if looped:
        found |= {"continue": None, "break": None}
    return list(found)


OPERATOR = Operator("graft_statement", "insert statement", "bug_fix", 0.02, drafts, blind=True)

"""Lets the configured or passed value through: removes what overwrites or beats it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.reading import setting_codes


def drafts(context: Context) -> Iterator[Draft]:
    """Removes an overwriting statement, a winning table, or a literal in an argument's place."""
    for finding, module, node in context.found("overwritten", "beaten_default", "literal_argument"):
        if isinstance(node, ast.stmt):
            options = {"": edits.remove(module, node)}
        elif finding.kind == "beaten_default":
            codes = [finding.detail["own"]]
            options = {code: edits.swap(module, node, code) for code in codes}
        else:
            other, name = finding.detail["other"], finding.detail["name"]
            codes = [other] if other else list(setting_codes(context, module, node, name))[:2]
            options = {code: edits.swap(module, node, code) for code in codes}
        for code, edit in options.items():
            yield Draft(
                f"Honour the given value: replace `{shorten(module.code(node), 40)}` by "
                f"`{shorten(code, 30) or 'nothing'}` in {where(module, node)}",
                finding.evidence, location(module, node), changed(module, edit),
                finding.strength, 1.1, (finding.id,),
            )  # fmt: skip


OPERATOR = Operator("honour_value", "remove override", "bug_fix", 0.55, drafts)

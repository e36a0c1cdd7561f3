"""Switches a setting on or off."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.names import tail, words
from researchers.program_analysis.settings import Setting


def drafts(context: Context) -> Iterator[Draft]:
    """False becomes true and back; a zero becomes a half or one; a mode its documented others."""
    root = context.program.dossier.root
    for finding in context.findings:
        if finding.kind != "setting_off":
            continue
        for setting in context.program.settings:
            if setting.path != finding.location.path or setting.key != finding.detail["key"]:
                continue
            text = (root / setting.path).read_text(encoding="utf-8")
            for value in _others(context, setting):
                new = text[: setting.start] + value + text[setting.end :]
                yield Draft(
                    f"Set {setting.key} to {value} in {setting.path} (was "
                    f"{text[setting.start:setting.end]})",
                    finding.evidence, finding.location, {setting.path: new}, finding.strength,
                    findings=(finding.id,),
                )  # fmt: skip


def _others(context: Context, setting: Setting) -> list[str]:
    value = setting.value
    if isinstance(value, bool):
        return [str(not value).lower()]
    if isinstance(value, int):
        return ["1", "2"]
    if isinstance(value, float):
        return ["0.5", "1.0"]
    named = _compared(context, setting.leaf) - {value}
    return sorted(named)[:3]


def _compared(context: Context, leaf: str) -> set[str]:
    """Strings that the code compares something of the setting's name with."""
    found: set[str] = set()
    for module in context.program.modules:
        for node in module.nodes:
            if isinstance(node, ast.Compare) and words(tail(node.left)) & words(leaf):
                for side in ast.walk(node):
                    if isinstance(side, ast.Constant) and isinstance(side.value, str):
                        found.add(side.value)
    return found - {leaf}


OPERATOR = Operator("switch_setting", "mutate configuration", "architecture", 0.4, drafts)

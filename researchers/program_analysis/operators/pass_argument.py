"""Passes an optional argument that a call leaves out: from scope, settings, or a sibling call."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import BRIEF, says
from researchers.program_analysis.reading import setting_codes

LIMIT = 3


def drafts(context: Context) -> Iterator[Draft]:
    """One draft per way to fill the parameter."""
    for finding, module, node in context.found("omitted_argument"):
        assert isinstance(node, ast.Call)
        name = finding.detail["name"]
        effect = 1.6 if _lengthy(context) and says(name, BRIEF) else 1.1
        for code in list(_fillings(context, module, node, finding.detail))[:LIMIT]:
            yield Draft(
                f"Pass {name}={shorten(code, 40)} to `{shorten(module.code(node.func), 40)}` in "
                f"{where(module, node)}",
                finding.evidence, location(module, node),
                changed(module, edits.argument(module, node, name, code)),
                finding.strength, effect, (finding.id,),
            )  # fmt: skip


def _fillings(context: Context, module: Module, node: ast.Call, detail: object) -> Iterator[str]:
    assert hasattr(detail, "get")
    name, value = detail.get("name"), detail.get("value")
    if value and value != "setting":
        yield value
    yield from setting_codes(context, module, node, name)
    yield from _siblings(context, module, node, detail.get("callee", ""), name)
    for setting in context.program.settings:
        if setting.leaf == name:
            yield repr(setting.value)


def _siblings(
    context: Context, module: Module, node: ast.Call, callee: str, name: str
) -> Iterator[str]:
    """What other callers pass, where its names mean something here too."""
    known = {v.code for v in context.values(module, node)}
    for site in context.program.calls.get(callee, []):
        for keyword in site.node.keywords:
            if keyword.arg == name and site.node is not node:
                names = {n.id for n in ast.walk(keyword.value) if isinstance(n, ast.Name)}
                if names <= known:
                    yield site.module.code(keyword.value)


def _lengthy(context: Context) -> bool:
    return any(f.kind == "long_answers" for f in context.findings)


OPERATOR = Operator("pass_argument", "insert missing argument", "bug_fix", 0.55, drafts)

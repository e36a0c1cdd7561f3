"""Starts an accumulator from another value."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import locals_at
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import brief, draft, each

_FORMS = {
    "0": '1 -1 float("inf") -float("inf") None [] ""', "1": "0 2 -1 None",
    "None": '0 [] {} "" float("inf") -float("inf")', "[]": "set() {} [[]] [0] None [None]",
    "{}": "set() [] None", '""': "[] None", "True": "False", "False": "True",
    "set()": "[] {}",
}  # fmt: skip


def drafts(context: Context) -> Iterator[Draft]:
    """Variables set before a loop to something plain."""
    for module, _, node in each(context, ast.Assign, ast.AnnAssign):
        assert isinstance(node, ast.Assign | ast.AnnAssign)
        if node.value is None:
            continue
        code = module.code(node.value)
        block = module.body_of(node)
        looped = any(isinstance(s, ast.For | ast.While) for s in block[block.index(node) :])
        for form in _FORMS.get(code, "").split():
            yield _draft(module, node, form, 0.5 if looped else 0.2)
        if code in {"0", "None", "1", "[]", "set()"} and looped:
            for name in locals_at(module, node)[:4]:
                wrap = {"[]": "[{}]", "set()": "{{{}}}"}.get(code, "")
                yield _draft(module, node, wrap.format(name) if wrap else name, 0.3)
                if not wrap:
                    yield _draft(module, node, f"{name}[0]", 0.3)


def _draft(module: Module, node: ast.Assign | ast.AnnAssign, form: str, strength: float) -> Draft:
    assert node.value is not None
    return draft(
        module, node, f"Start `{brief(module, node)}` from `{form}`",
        "an accumulator may start from another value", strength,
        edits.swap(module, node.value, form),
    )  # fmt: skip


OPERATOR = Operator("initial_value", "mutate initialisation", "bug_fix", 0.06, drafts, blind=True)

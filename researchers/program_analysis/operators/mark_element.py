"""Records an element as seen where a loop or recursion forgets it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import free, globals_of, locals_at
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import words
from researchers.program_analysis.sites import draft, each

_SEEN = {"seen", "visited", "done", "known", "used", "marked", "closed", "explored", "processed"}
LIMIT = 4


def drafts(context: Context) -> Iterator[Draft]:
    """`seen.add(x)` behind a test `x in seen`, and before what is done with the element."""
    for module, _, node in each(context, ast.If):
        assert isinstance(node, ast.If)
        for test in (n for n in ast.walk(node.test) if isinstance(n, ast.Compare)):
            if not isinstance(test.ops[0], ast.In | ast.NotIn):
                continue
            holder, item = test.comparators[0], module.code(test.left)
            if not isinstance(holder, ast.Name | ast.Attribute) or not free(test.left):
                continue
            name = module.code(holder)
            told = bool(words(name) & _SEEN)
            for code in _records(module, node, name, item):
                yield from _drafts(module, node, test, code, 0.9 if told else 0.4)


def _records(module: Module, node: ast.If, name: str, item: str) -> list[str]:
    local = {*locals_at(module, node), *globals_of(module)}
    plain = [f"{name}.add({item})", f"{name}[{item}] = True", f"{name}.append({item})"]
    others = [f"{name}.add({n})" for n in sorted(local) if n != item][:1]
    return [*plain, *others][:LIMIT]


def _drafts(
    module: Module, node: ast.If, test: ast.Compare, code: str, strength: float
) -> Iterator[Draft]:
    inside = isinstance(test.ops[0], ast.NotIn)
    factor = 1.0 if ".add(" in code else 0.6
    splices = [edits.before(module, node.body[0], code)] if inside else [
        edits.after(module, node, code)
    ]  # fmt: skip
    for splice in splices:
        yield draft(
            module, node, f"Record by `{code}`", "what was tested may have to be recorded",
            strength * factor, splice,
        )  # fmt: skip


OPERATOR = Operator("mark_element", "insert statement", "bug_fix", 0.08, drafts, blind=True)

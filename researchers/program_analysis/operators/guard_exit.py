"""Asks before leaving, where what follows is never reached."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import locals_at
from researchers.program_analysis.kinds import NUMBERS
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.questions import (
    Question,
    from_code,
    from_predicates,
    from_ranges,
    from_words,
)
from researchers.program_analysis.sites import brief, draft, each, indented, plain

_PLAIN = ("not {}", "{} is None", "{}", "{} < 0", "{} <= 0", "{} < 1", "{} == 0", "{} < 2")
LIMIT = 40
NAMES = 6


def drafts(context: Context) -> Iterator[Draft]:
    """Every exit that other statements of its block stand behind."""
    for module, function, node in each(context, ast.Raise, ast.Return, ast.Continue, ast.Break):
        assert isinstance(node, ast.stmt)
        if module.body_of(node)[-1] is node:
            continue
        tests: dict[str, float] = {}
        for test, strength in _tests(context, module, function, node):
            tests[test] = max(strength, tests.get(test, 0.0))
        for test in sorted(tests, key=lambda t: -tests[t])[:LIMIT]:
            code = f"if {test}:\n{indented(plain(module, node))}"
            yield draft(
                module, node, f"Do `{brief(module, node)}` only if `{test}`",
                "what follows is never reached", tests[test], edits.swap(module, node, code),
            )  # fmt: skip


def _tests(
    context: Context, module: Module, function: Function, node: ast.stmt
) -> Iterator[Question]:
    names = list(dict.fromkeys([*function.parameters, *locals_at(module, node)]))[:NAMES]
    texts = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
    yield from from_words(" ".join(t for t in texts if isinstance(t, str)), names)
    yield from from_predicates(module, node, names)
    yield from from_code(module, node, names)
    for place, name in enumerate(names):
        number = context.kinds.of(function, ast.Name(id=name)) in NUMBERS
        for rank, form in enumerate(_PLAIN):
            fits = 0.6 if number == (rank > 2) else 0.3
            yield form.format(name), fits * 0.85**place * 0.95**rank
    yield from from_ranges(names[:3])


OPERATOR = Operator("guard_exit", "insert guard", "bug_fix", 0.3, drafts, blind=True)

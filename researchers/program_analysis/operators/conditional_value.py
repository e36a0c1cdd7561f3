"""Gives a plain value only under a condition, and an empty one otherwise."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import locals_at
from researchers.program_analysis.kinds import NUMBERS
from researchers.program_analysis.questions import from_code, from_predicates
from researchers.program_analysis.sites import brief, draft, each

_EMPTY = {"str": '""', "int": "0", "float": "0.0", "bool": "not {}", "NoneType": "0"}
_TESTS = ("{} < 0", "{}", "not {}", "{} > 0", "{} is not None", "{} == 0")
NAMES = 4
LIMIT = 16


def drafts(context: Context) -> Iterator[Draft]:
    """Literals that are assigned or returned, where something could decide about them."""
    for module, function, node in each(context, ast.Assign, ast.Return):
        value = getattr(node, "value", None)
        if not isinstance(value, ast.Constant) or value.value in (None, "", 0):
            continue
        empty = _EMPTY.get(type(value.value).__name__, "None").format(module.code(value))
        names = [*dict.fromkeys([*function.parameters, *locals_at(module, node)])][:NAMES]
        if isinstance(node, ast.Assign):
            names = [n for n in names if n not in {getattr(t, "id", "") for t in node.targets}]
        tests: dict[str, float] = {}
        for place, name in enumerate(names):
            number = context.kinds.of(function, ast.Name(id=name)) in NUMBERS
            for rank, form in enumerate(_TESTS):
                fits = 0.7 if number == ("0" in form) else 0.3
                tests.setdefault(form.format(name), fits * 0.8**place * 0.9**rank)
        for test, strength in (*from_predicates(module, node, names),
                               *from_code(module, node, names)):  # fmt: skip
            tests.setdefault(test, 0.5 * strength)
        for test in sorted(tests, key=lambda t: -tests[t])[:LIMIT]:
            yield draft(
                module, node, f"Take `{module.code(value)}` in `{brief(module, node)}` only if "
                f"`{test}`", "a value may hang on a condition", tests[test],
                edits.swap(module, value, f"{module.code(value)} if {test} else {empty}"),
            )  # fmt: skip


OPERATOR = Operator("conditional_value", "mutate condition", "bug_fix", 0.08, drafts, blind=True)

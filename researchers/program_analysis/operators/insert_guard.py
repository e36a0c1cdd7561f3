"""Leaves a function early: the base case of a recursion, an empty or absent argument."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import outcomes
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import called
from researchers.program_analysis.sites import draft, focused

_TESTS = ("not {}", "{} is None", "{} <= 1", "{} == 0", "{} < 0", "len({}) <= 1", "{} <= 0",
          "{} == 1", "{} < 2", "len({}) < 2")  # fmt: skip
_BY_KIND = {
    "int": (2, 3, 4, 6, 7, 8), "float": (3, 4, 6), "number": (3, 4, 6), "str": (0, 5, 9),
    "list": (0, 5, 9), "dict": (0, 1), "set": (0,), "bool": (0,),
}  # fmt: skip
LIMIT = 60


def drafts(context: Context) -> Iterator[Draft]:
    """Before the first statement: each likely test of a parameter, each likely outcome."""
    for module, function in focused(context):
        if function.node.name == "__init__" or not function.parameters:
            continue
        first = edits.first_body_line(function.node)
        recursive = any(called(n) == function.node.name for n in ast.walk(function.node))
        made = list(_guards(context, module, function, recursive))[:LIMIT]
        for guard, strength in made:
            yield draft(
                module, first, f"Begin with `{' '.join(guard.split())}`",
                "a case may be missing at the start", strength, edits.before(module, first, guard),
            )  # fmt: skip


def _guards(
    context: Context, module: Module, function: Function, recursive: bool
) -> Iterator[tuple[str, float]]:
    factor = 1.0 if recursive else 0.5
    endings = list(outcomes(module, function))
    for rank, outcome in enumerate(endings):
        for name in function.parameters:
            kind = context.kinds.of(function, ast.Name(id=name)).split("[")[0]
            tests = [_TESTS[i] for i in _BY_KIND.get(kind, range(len(_TESTS)))]
            for place, test in enumerate(tests):
                guard = f"if {test.format(name)}:\n    {outcome}"
                yield guard, factor * 0.7 * 0.85**rank * 0.9**place
    one, *more = (*function.parameters, "")
    if more[0]:
        same = f"if {one} == {more[0]}:\n    "
        yield from ((same + outcome, 0.2) for outcome in endings)


OPERATOR = Operator("insert_guard", "insert guard", "bug_fix", 0.1, drafts, blind=True)

"""Uses another literal: of the module, its tests or docstrings, or an empty value."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import literals
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.sites import brief, draft, each, focused

LIMIT = 6


def drafts(context: Context) -> Iterator[Draft]:
    """Literals of functions, and those of the module's own variables."""
    for module, _, node in each(context, ast.Constant):
        yield from _of(context, module, node, 1.0)
    for module in dict.fromkeys(m for m, _ in focused(context)):
        for statement in module.tree.body:
            if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
                many = sum(isinstance(n, ast.Constant) for n in ast.walk(statement.value))
                for node in ast.walk(statement.value):
                    if isinstance(node, ast.Constant):
                        yield from _of(context, module, node, 0.6 if many < 9 else 0.3)


def _of(context: Context, module: Module, node: ast.AST, factor: float) -> Iterator[Draft]:
    assert isinstance(node, ast.Constant)
    home: Function | None = module.function_of(node)
    inside = isinstance(module.parents.get(node), ast.JoinedStr | ast.FormattedValue)
    for code, strength in [] if inside else list(_forms(context, module, node, home)):
        parent = module.parents.get(node, node)
        yield draft(
            module, node, f"Use {code} for {module.code(node)} in `{brief(module, parent)}`",
            "a literal may be wrong", strength * factor, edits.swap(module, node, code),
        )  # fmt: skip


def _forms(
    context: Context, module: Module, node: ast.Constant, home: Function | None
) -> Iterator[tuple[str, float]]:
    value = node.value
    if type(value) in {int, float}:
        assert isinstance(value, int | float)
        if home is None:
            yield from ((str(value + 1), 0.6), (f"{value - 1}", 0.6))
        near = [v for v in literals(context, module) if type(v) is type(value) and v != value]
        known = [v for v in near if isinstance(v, int | float)]
        known.sort(key=lambda v: abs(v - value))
        for rank, other in enumerate([v for v in known if abs(v - value) > 1][:LIMIT]):
            yield str(other), 0.4 * 0.85**rank
        if value:
            yield from (((f"-{value}"), 0.3), ("0", 0.2), ("1", 0.2))
        else:
            yield from (('float("inf")', 0.2), ("None", 0.15), ("[]", 0.15), ("-1", 0.3))
    elif isinstance(value, str):
        texts = [v for v in literals(context, module) if isinstance(v, str) and v != value]
        texts.sort(key=lambda v: (v.lower() != value.lower(), abs(len(v) - len(value))))
        forms = [" ", "", value.strip(), value.lower(), value.upper(), *texts[: LIMIT + 2]]
        for rank, text in enumerate(t for t in dict.fromkeys(forms) if t != value):
            yield (
                repr(text) if '"' in text or "\\" in text or "\n" in text else f'"{text}"',
                (0.4 * 0.9**rank),
            )
    elif value is None:
        yield from (("0", 0.3), ("[]", 0.3), ("False", 0.3), ('""', 0.2), ("{}", 0.2))
    elif isinstance(value, bool):
        yield "None", 0.15


OPERATOR = Operator("other_literal", "mutate literal", "bug_fix", 0.1, drafts, blind=True)

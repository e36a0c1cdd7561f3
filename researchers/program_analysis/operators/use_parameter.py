"""Uses a parameter or local that is ignored, in the place of what stands for it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import tail, words

LIMIT = 5


def drafts(context: Context) -> Iterator[Draft]:
    """Replaces a literal, a like-named value or a same-kind variable by the ignored name."""
    for finding, module, node in context.found("ignored_parameter", "unread_local"):
        function = module.function_of(node)
        if function is None:
            continue
        name = finding.detail["name"]
        after = node.end_lineno if isinstance(node, ast.stmt) else function.node.lineno
        for strength, place, edit in list(_places(context, module, function, name, after or 0))[
            :LIMIT
        ]:
            yield Draft(
                f"Use `{name}` for `{shorten(module.code(place), 40)}` in {where(module, place)}",
                finding.evidence, location(module, place), changed(module, edit),
                finding.strength * strength, findings=(finding.id,),
            )  # fmt: skip


def _places(
    context: Context, module: Module, function: Function, name: str, after: int
) -> Iterator[tuple[float, ast.AST, edits.Edit]]:
    kind = context.kinds.of(function, ast.Name(id=name))
    default = function.defaults.get(name)
    inside = (n for statement in function.node.body for n in ast.walk(statement))
    bodies = [n for n in inside if getattr(n, "lineno", 0) >= after]
    for inner in bodies:
        if isinstance(inner, ast.Call):
            callee = context.program.callee(inner)
            if (
                callee
                and name in callee.defaults
                and not any(k.arg == name for k in inner.keywords)
            ):
                yield 1.0, inner, edits.argument(module, inner, name, name)
    for inner in bodies:
        same = isinstance(inner, ast.Constant) and isinstance(default, ast.Constant)
        if same and ast.dump(inner) == ast.dump(default):  # type: ignore[arg-type]
            yield 1.0, inner, edits.swap(module, inner, name)
    for inner in bodies:
        if (
            isinstance(inner, ast.Attribute)
            and isinstance(inner.ctx, ast.Load)
            and words(tail(inner)) & words(name)
        ):
            yield 0.9, inner, edits.swap(module, inner, name)
    for inner in bodies:
        same = isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load) and inner.id != name
        if (
            same
            and kind
            and context.kinds.of(function, inner) == kind
            and getattr(inner, "lineno", 0) > after
        ):
            yield 0.8, inner, edits.swap(module, inner, name)
    for inner in bodies:
        number = isinstance(inner, ast.Constant) and type(inner.value).__name__ == kind
        if number and kind in {"int", "float"}:
            yield 0.6, inner, edits.swap(module, inner, name)


OPERATOR = Operator("use_parameter", "replace by ignored variable", "bug_fix", 0.35, drafts)

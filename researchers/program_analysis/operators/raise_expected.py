"""Raises what tests or docstrings expect: a guard, another type, an error no longer hidden."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, where
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.expectations import (
    expected_errors,
    is_kind_of,
    raised_name,
    raises_in,
)
from researchers.program_analysis.imports import import_of
from researchers.program_analysis.ingredients import BUILTINS, readable
from researchers.program_analysis.module import Function, FunctionNode, Module
from researchers.program_analysis.refused import refused_by_call, refused_in_words
from researchers.program_analysis.sites import Option, body_nodes, brief, indented, plain
from researchers.program_analysis.stated import stated
from tasks.records.change import Finding

ASKED = 2.5
"""What the tests themselves ask for is worth so much on suites, where they are the metric."""
GUARDS = 8


def drafts(context: Context) -> Iterator[Draft]:
    """Ways in which the function could raise it, and the message that was asked for."""
    yield from stated(context, "other_message")
    tests = context.program.is_suite
    for finding, module, node in context.found("unraised_error"):
        if not isinstance(node, FunctionNode):
            continue
        function = module.function_whose(node)
        name = finding.detail["exception"]
        known = name in BUILTINS or name in readable(module, node)
        if not known and name not in context.program.classes:
            continue
        for what, factor, edit in _options(context, module, function, finding):
            home = edit.module
            files = changed(home, edit)
            if name not in BUILTINS and name not in readable(home, edit.anchor):
                source = context.program.classes[name].module.path
                files = files.importing(home.path, import_of(context.program, home, source, name))
            yield Draft(
                f"{what} in {where(home, edit.anchor)}", finding.evidence,
                location(home, edit.anchor), files, finding.strength * factor,
                ASKED if tests else 1.0, (finding.id,),
            )  # fmt: skip


def _options(
    context: Context, module: Module, function: Function, finding: Finding
) -> Iterator[Option]:
    name, message = finding.detail["exception"], finding.detail["message"]
    made = f"raise {name}({message!r})" if message else f"raise {name}"
    for raised in raises_in(context.program, function):
        home = next((m for m in context.program.editable if raised in m.parents), None)
        if home is not None and raised_name(raised):
            named = raised.exc.func if isinstance(raised.exc, ast.Call) else raised.exc
            assert named is not None
            what = f"Raise {name} for {raised_name(raised)}"
            yield what, 0.9, edits.swap(home, named, name)
    for rank, test in enumerate(_refused(context, module, function, name)):
        first = edits.first_body_line(function.node)
        guard = edits.before(module, first, f"if {test}:\n    {made}")
        yield f"Raise {name} where `{test}`", 0.95 * 0.9**rank, guard
    for node in body_nodes(module, function):
        yield from _hidden(context, module, node, name, made)


def _refused(context: Context, module: Module, function: Function, name: str) -> list[str]:
    found: list[str] = []
    for other, expected in expected_errors(context.program):
        if other is function and expected.exception == name:
            found += refused_by_call(context, module, function, expected)
            found += refused_in_words(function, expected.text)
    return list(dict.fromkeys(found))[:GUARDS]


def _hidden(
    context: Context, module: Module, node: ast.AST, name: str, made: str
) -> Iterator[Option]:
    """Ways out that answer where they should raise, and errors of another type."""
    if isinstance(node, ast.ExceptHandler):
        caught = node.type is None or is_kind_of(context.program, name, ast.unparse(node.type))
        code = "raise" if caught else made
        edit = edits.swap(module, node.body[-1], code)
        yield f"Answer an exception by `{code}`", 0.8, edit
    elif isinstance(node, ast.If) and isinstance(node.body[-1], ast.Return):
        edit = edits.swap(module, node.body[-1], made)
        yield f"Raise {name} where `{brief(module, node.test)}`", 0.7, edit
    elif isinstance(node, ast.Assign | ast.Return | ast.Expr):
        kinds = _may_raise(node)
        if kinds and name not in kinds:
            types = kinds[0] if len(kinds) == 1 else f"({', '.join(kinds)})"
            body = indented(plain(module, node))
            code = f"try:\n{body}\nexcept {types} as error:\n    {made} from error"
            what = f"Raise {name} where `{brief(module, node)}` fails"
            yield what, 0.6, edits.swap(module, node, code)


def _may_raise(node: ast.stmt) -> list[str]:
    """What a statement may raise by a look-up, a conversion or a division."""
    found: dict[str, None] = {}
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call) and getattr(inner.func, "id", "") in {"int", "float"}:
            found |= {"ValueError": None, "TypeError": None}
        elif isinstance(inner, ast.Subscript) and isinstance(inner.ctx, ast.Load):
            found |= {"KeyError": None, "IndexError": None}
        elif isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Div | ast.FloorDiv):
            found["ZeroDivisionError"] = None
    return list(found)


OPERATOR = Operator("raise_expected", "insert throw", "bug_fix", 0.35, drafts)

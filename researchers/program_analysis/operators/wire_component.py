"""Calls a component that nothing calls, where a call site fits its signature."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import islice

from researchers.program_analysis import edits
from researchers.program_analysis.context import (
    Context,
    changed,
    location,
    shorten,
    where,
)
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.imports import import_of
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import words
from researchers.program_analysis.reading import setting_codes

LIMIT = 4
COMPONENTS = 24


def drafts(context: Context) -> Iterator[Draft]:
    """In place of a like call, or around a value of the kind it takes and gives back."""
    for finding, module, node in islice(context.found("unused_component"), COMPONENTS):
        component = module.function_of(node)
        if component is None:
            continue
        options = sorted(_sites(context, component), key=lambda o: -o[0])
        for factor, home, place, code in options[:LIMIT]:
            files = changed(home, edits.swap(home, place, code))
            if not component.owner:
                wanted = import_of(context.program, home, component.path, component.node.name)
                files = files.importing(home.path, wanted)
            yield Draft(
                f"Call {component.name}: `{shorten(code, 40)}` for "
                f"`{shorten(home.code(place), 40)}` in {where(home, place)}",
                finding.evidence,
                location(home, place),
                files,
                finding.strength * factor,
                1.2,
                (finding.id,),
            )


def _sites(context: Context, component: Function) -> Iterator[tuple[float, Module, ast.AST, str]]:
    required = [p for p in component.parameters if p not in component.defaults]
    gives = context.kinds.returns(component)
    for home, node in context.each(ast.Call, ast.Return):
        caller = home.function_of(node)
        if caller is None or caller.key == component.key:
            continue
        prefix = _reach(caller, component)
        if prefix is None:
            continue
        if isinstance(node, ast.Call):
            yield from _replaced(context, home, node, component, prefix, gives)
        elif node.value is not None and len(required) >= 1:  # type: ignore[attr-defined]
            yield from _wrapped(context, home, node, component, prefix, gives, required)


def _reach(caller: Function, component: Function) -> str | None:
    """How the component is called from there; None where it cannot be."""
    if not component.owner:
        return component.node.name if "." not in component.name else None
    return f"self.{component.node.name}" if caller.owner == component.owner else None


def _replaced(
    context: Context, home: Module, node: ast.Call, component: Function, prefix: str, gives: str
) -> Iterator[tuple[float, Module, ast.AST, str]]:
    other = context.program.callee(node)
    if (
        other is None
        or other.owner != component.owner
        or len(other.parameters) != len(component.parameters)
    ):
        return
    shared = words(other.node.name) & words(component.node.name)
    same = other.parameters == component.parameters
    if context.kinds.returns(other) == gives and (shared or same):
        arguments = home.code(node)[len(home.code(node.func)) :]
        yield (1.0 if shared and same else 0.7), home, node, f"{prefix}{arguments}"


def _wrapped(
    context: Context,
    home: Module,
    node: ast.AST,
    component: Function,
    prefix: str,
    gives: str,
    required: list[str],
) -> Iterator[tuple[float, Module, ast.AST, str]]:
    value = node.value  # type: ignore[attr-defined]
    caller = home.function_of(node)
    first = context.kinds.of(component, ast.Name(id=required[0]))
    made = context.kinds.of(caller, value)
    if not made and caller is not None:
        made = context.kinds.returns(caller)
    if (
        not gives
        or gives.split("[")[0] != first.split("[")[0]
        or made.split("[")[0] != gives.split("[")[0]
    ):
        return
    arguments = [_argument(context, home, node, component, p) for p in required[1:]]
    if all(arguments):
        rest = "".join(f", {argument}" for argument in arguments)
        yield 0.8, home, value, f"{prefix}({home.code(value)}{rest})"


def _argument(
    context: Context, home: Module, node: ast.AST, component: Function, parameter: str
) -> str:
    """A value of the parameter's name at the place; a setting named for component and parameter."""
    known = {v.name: v.code for v in context.values(home, node)}
    if parameter in known:
        return known[parameter]
    wanted = words(component.node.name) | {parameter}
    for setting in context.program.settings:
        if parameter in words(setting.leaf) and words(setting.leaf) <= wanted:
            if setting.leaf in known:
                return known[setting.leaf]
            for code in setting_codes(context, home, node, setting.leaf):
                return code
    return ""


OPERATOR = Operator("wire_component", "insert missing call", "architecture", 0.45, drafts)

"""Values that can be named at a place: parameters, locals, attributes, fields, settings."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from researchers.program_analysis.kinds import Kinds, annotation_kind
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import tail
from researchers.program_analysis.program import Program


@dataclass(frozen=True)
class Value:
    """An expression that is valid at the place, its kind, and the identifier it ends in."""

    code: str
    kind: str
    name: str
    rank: int = 0
    """How near: 0 parameter or loop variable, 1 local, 2 field of one, 3 attribute of self."""


def values_at(program: Program, kinds: Kinds, module: Module, node: ast.AST) -> list[Value]:
    """What may be written at the node, nearest first, each expression once."""
    function = module.function_of(node)
    if function is None:
        return []
    found = list(_values(program, kinds, module, function, node))
    unique = {value.code: value for value in reversed(found)}
    return sorted(unique.values(), key=lambda v: v.rank)


def _values(
    program: Program, kinds: Kinds, module: Module, function: Function, node: ast.AST
) -> Iterator[Value]:
    variables = dict.fromkeys([*function.parameters, *_loop_names(module, node)], 0)
    for name in _assigned_before(function, getattr(node, "lineno", 0)):
        variables.setdefault(name, 1)
    for name, rank in variables.items():
        kind = kinds.of(function, ast.Name(id=name))
        yield Value(name, kind, name, rank)
        if kind in program.classes:
            for field, annotation in program.classes[kind].fields.items():
                yield Value(f"{name}.{field}", annotation_kind(annotation), field, 2)
    yield from _spelled(module, function, set(variables))
    if function.owner in program.classes and not function.is_static:
        info = program.classes[function.owner]
        for attribute in {**info.fields, **info.attributes}:
            reference = ast.Attribute(value=ast.Name(id="self"), attr=attribute)
            yield Value(f"self.{attribute}", kinds.of(function, reference), attribute, 3)


def _spelled(module: Module, function: Function, variables: set[str]) -> Iterator[Value]:
    """Attributes and items of the variables that the function itself spells out somewhere."""
    for holder, code, name in _members(module, function):
        if holder in variables:
            yield Value(code, "", name, 2)


@lru_cache(maxsize=4096)
def _members(module: Module, function: Function) -> tuple[tuple[str, str, str], ...]:
    """What a function reads off variables: the variable, the expression, and its last name."""
    found: dict[str, tuple[str, str, str]] = {}
    for inner in ast.walk(function.node):
        if not isinstance(inner, ast.Attribute | ast.Subscript | ast.Call) or not tail(inner):
            continue
        base = inner.func if isinstance(inner, ast.Call) else inner
        holder = getattr(base, "value", None)
        if not isinstance(holder, ast.Name):
            continue
        if isinstance(inner, ast.Call) and (tail(base) != "get" or not inner.args):
            continue
        parent = module.parents.get(inner)
        called = isinstance(parent, ast.Call) and parent.func is inner
        if not (isinstance(inner, ast.Attribute) and called):
            code = module.code(inner)
            found.setdefault(code, (holder.id, code, tail(inner)))
    return tuple(found.values())


def _loop_names(module: Module, node: ast.AST) -> Iterator[str]:
    for around in module.ancestors(node):
        if isinstance(around, ast.For):
            yield from _names(around.target)
        elif isinstance(around, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
            for generator in around.generators:
                yield from _names(generator.target)


def _assigned_before(function: Function, line: int) -> Iterator[str]:
    for name, where in _assigned(function):
        if where < line:
            yield name


@lru_cache(maxsize=4096)
def _assigned(function: Function) -> tuple[tuple[str, int], ...]:
    """Names that a function assigns, each with its first line."""
    found: dict[str, int] = {}
    for inner in ast.walk(function.node):
        if isinstance(inner, ast.Assign | ast.AnnAssign):
            targets = inner.targets if isinstance(inner, ast.Assign) else [inner.target]
            for name in (n for target in targets for n in _names(target)):
                found[name] = min(inner.lineno, found.get(name, inner.lineno))
    return tuple(found.items())


def _names(target: ast.AST) -> Iterator[str]:
    for inner in ast.walk(target):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
            yield inner.id

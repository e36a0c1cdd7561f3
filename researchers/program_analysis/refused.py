"""Conditions under which a function should refuse its arguments, as calls and docstrings tell."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.expectations import Expected
from researchers.program_analysis.ingredients import globals_of
from researchers.program_analysis.module import Function, Module

_WORDS = (
    (r"negative|below zero|less than zero", "{} < 0"),
    (r"not positive|zero or negative", "{} <= 0"),
    (r"empty|blank", "not {}"), (r"zero", "{} == 0"), (r"None|missing|absent", "{} is None"),
)  # fmt: skip
_HOLDERS = frozenset({"dict", "set", "list", "tuple"})


def refused_by_call(
    context: Context, module: Module, function: Function, expected: Expected
) -> Iterator[str]:
    """Tests that hold for the arguments of a call that should fail."""
    call = expected.call
    if call is None:
        return
    given = dict(zip(function.positional, call.args, strict=False))
    given |= {k.arg: k.value for k in call.keywords if k.arg in function.parameters}
    values = {name: _literal(node) for name, node in given.items()}
    for name, value in values.items():
        yield from _of_value(context, module, function, name, value)
    numbers = {n: v for n, v in values.items() if isinstance(v, int | float)}
    for one, low in numbers.items():
        for other, high in numbers.items():
            if one != other and low > high:
                yield f"{one} > {other}"
    if not given:
        yield from (f"not {code}" for code in _holders(context, module, function))


def _literal(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return ...


def _of_value(
    context: Context, module: Module, function: Function, name: str, value: object
) -> Iterator[str]:
    if value is None:
        yield f"{name} is None"
    elif isinstance(value, bool) or value is ...:
        return
    elif isinstance(value, int | float):
        yield from (f"{name} < 0", f"{name} <= 0") if value < 0 else ()
        yield from (f"{name} == 0", f"{name} <= 0") if value == 0 else ()
        for holder in _holders(context, module, function) if value > 0 else ():
            yield from (f"{name} > len({holder})", f"{name} >= len({holder})")
            yield f"{name} not in {holder}"
    elif not value:
        yield f"not {name}"
    elif isinstance(value, str):
        yield (
            f"not {name}.strip()" if not value.strip() else f"not isinstance({name}, (int, float))"
        )
        yield from (f"{name} not in {h}" for h in _holders(context, module, function))


def _holders(context: Context, module: Module, function: Function) -> list[str]:
    """Collections that an argument may have to be in: of the module, of the object."""
    kinds = context.kinds
    found = [n for n in globals_of(module) if _global_kind(context, module, n) in _HOLDERS]
    found += [
        p for p in function.parameters
        if kinds.of(function, ast.Name(id=p)).split("[")[0] in _HOLDERS
    ]  # fmt: skip
    if function.owner in context.program.classes and not function.is_static:
        for attribute in context.program.classes[function.owner].attributes:
            reference = ast.Attribute(value=ast.Name(id="self"), attr=attribute)
            if kinds.of(function, reference).split("[")[0] in _HOLDERS:
                found.append(f"self.{attribute}")
    return found


def _global_kind(context: Context, module: Module, name: str) -> str:
    for statement in module.tree.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        if any(isinstance(t, ast.Name) and t.id == name for t in targets):
            return context.kinds.of(None, statement.value).split("[")[0]  # type: ignore[attr-defined]
    return ""


def refused_in_words(function: Function, text: str) -> Iterator[str]:
    """Tests that a condition in words speaks of: `if the count is negative`."""
    for pattern, form in _WORDS:
        if not re.search(rf"\b(?:{pattern})\b", text):
            continue
        named = [p for p in function.parameters if re.search(rf"\b{re.escape(p)}\b", text)]
        for name in named or function.parameters:
            yield form.format(name)

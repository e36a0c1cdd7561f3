"""Exceptions that tests and docstrings expect of the target's functions."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import called, tail
from researchers.program_analysis.program import Program, is_test

_EXPECT = frozenset({"raises", "assertRaises", "assertRaisesRegex"})
_NAME = r"[A-Z]\w*(?:Error|Exception|Warning|Interrupt|Iteration|Exit)"
_DOCUMENTED = (
    re.compile(rf":raises?\s+({_NAME}):[ \t]*([^\n]*)"),
    re.compile(rf"^[ \t]*({_NAME})[ \t]*:[ \t]*([^\n]*)", re.MULTILINE),
    re.compile(rf"^[ \t]*({_NAME})[ \t]*\n[ \t]+([^\n]*)", re.MULTILINE),
    re.compile(rf"\b[Rr]aises? (?:an? )?`*({_NAME})`*,?\s+((?:if|when|where|for|on)\b[^.\n]*)"),
)
DEPTH = 3


@dataclass(frozen=True, eq=False)
class Expected:
    """One exception that a function is to raise: who says so, its text, and the call, if any.

    `text` is the pattern that its message must match, or the condition in a docstring's words.
    """

    exception: str
    text: str
    said: str
    path: str
    call: ast.Call | None = None


@lru_cache(maxsize=4)
def expected_errors(program: Program) -> tuple[tuple[Function, Expected], ...]:
    """By tests first, then by docstrings; each function and exception once per saying."""
    found: list[tuple[Function, Expected]] = []
    for module in program.modules:
        if is_test(module.path):
            found += _tested(program, module)
    for module in program.editable:
        found += [(f, e) for f in module.functions for e in _documented(f)]
    return tuple(found)


def _tested(program: Program, module: Module) -> Iterator[tuple[Function, Expected]]:
    for node in module.nodes:
        if not isinstance(node, ast.Call) or called(node) not in _EXPECT or not node.args:
            continue
        holder = module.parents.get(module.parents.get(node, node))
        calls = _calls(node, holder) if isinstance(holder, ast.With) else _direct(node)
        home = module.function_of(node)
        said = home.node.name if home is not None else module.path
        resolved = ((call, program.callee(call)) for call in calls)
        for call, function in islice(((c, f) for c, f in resolved if f is not None), 1):
            for exception in _names(node.args[0]):
                yield function, Expected(exception, _pattern(node), said, module.path, call)


def _calls(raises: ast.Call, holder: ast.With) -> list[ast.Call]:
    """What is called under the expectation, the last statement's outermost call first."""
    inside = [n for s in reversed(holder.body) for n in ast.walk(s) if isinstance(n, ast.Call)]
    return [n for n in inside if n is not raises]


def _direct(raises: ast.Call) -> list[ast.Call]:
    """`assertRaises(ValueError, area, -1)` as the call `area(-1)`."""
    place = 2 if called(raises) == "assertRaisesRegex" else 1
    if len(raises.args) <= place or not isinstance(raises.args[place], ast.Name | ast.Attribute):
        return []
    call = ast.Call(raises.args[place], list(raises.args[place + 1 :]), list(raises.keywords))
    return [ast.copy_location(call, raises)]


def _names(node: ast.expr) -> list[str]:
    parts = node.elts if isinstance(node, ast.Tuple) else [node]
    return [tail(part) for part in parts if tail(part)]


def _pattern(raises: ast.Call) -> str:
    given = [k.value for k in raises.keywords if k.arg == "match"]
    given += raises.args[1:2] if called(raises) == "assertRaisesRegex" else []
    text = given[0].value if given and isinstance(given[0], ast.Constant) else ""
    return text if isinstance(text, str) else ""


def _documented(function: Function) -> Iterator[Expected]:
    text = ast.get_docstring(function.node) or ""
    seen: set[str] = set()
    for pattern in _DOCUMENTED:
        for hit in pattern.finditer(text):
            if hit.group(1) not in seen:
                seen.add(hit.group(1))
                yield Expected(hit.group(1), hit.group(2).strip(), "its docstring", function.path)


def raises_in(program: Program, function: Function, depth: int = DEPTH) -> list[ast.Raise]:
    """The `raise` statements of a function and of what it calls within the target."""
    nodes = list(ast.walk(function.node))
    found = [n for n in nodes if isinstance(n, ast.Raise)]
    if depth > 1:
        callees = {program.callee(n) for n in nodes if isinstance(n, ast.Call)} - {None, function}
        for callee in sorted((c for c in callees if c is not None), key=lambda c: c.key):
            found += raises_in(program, callee, depth - 1)
    return list(dict.fromkeys(found))


def raised_name(node: ast.Raise) -> str:
    """The bare name of what is raised; '' for a bare `raise`."""
    raised = node.exc
    return tail(raised.func if isinstance(raised, ast.Call) else raised) if raised else ""


def is_kind_of(program: Program, name: str, wanted: str) -> bool:
    """Whether an exception is another one or derives from it, as far as the target tells."""
    if name == wanted:
        return True
    one, other = getattr(builtins, name, None), getattr(builtins, wanted, None)
    if isinstance(one, type) and isinstance(other, type):
        return issubclass(one, other)
    info = program.classes.get(name)
    return info is not None and any(
        tail(b) != name and is_kind_of(program, tail(b), wanted) for b in info.node.bases
    )

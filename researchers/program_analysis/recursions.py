"""Where functions of a program call themselves, or one another in a circle."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.program import Program

Span = tuple[str, int, int]
"""A function's name, and first and last line."""


@dataclass(frozen=True)
class Recursion:
    """A call that leads back to the function in which it stands."""

    path: str
    span: Span


@lru_cache(maxsize=4)
def recursions(program: Program) -> tuple[Recursion, ...]:
    """The calls of a program's own functions that lead back to where they stand."""
    callers = [(m, f, _calls(program, f)) for m in program.editable for f in m.functions]
    called = {f.key: {key for key, _ in calls} for _, f, calls in callers}
    return tuple(
        _recursion(module, function, call)
        for module, function, calls in callers
        for key, call in calls
        if _leads(called, key, function.key)
    )


def _calls(program: Program, function: Function) -> list[tuple[str, ast.Call]]:
    calls = [n for n in ast.walk(function.node) if isinstance(n, ast.Call)]
    found = [(program.callee(call), call) for call in calls]
    return [(callee.key, call) for callee, call in found if callee is not None]


def _recursion(module: Module, function: Function, call: ast.Call) -> Recursion:
    span = function.name, call.lineno, call.end_lineno or call.lineno
    return Recursion(module.path, span)


def _leads(called: Mapping[str, set[str]], start: str, end: str) -> bool:
    """Whether calls lead from one function to another."""
    seen, waiting = {start}, [start]
    while waiting:
        key = waiting.pop()
        if key == end:
            return True
        fresh = called.get(key, set()) - seen
        seen |= fresh
        waiting += fresh
    return False

"""Which names of a module something binds, and which are read though nothing does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

from researchers.program_analysis.ingredients import BUILTINS, readable
from researchers.program_analysis.module import Function, Module

_KNOWN = frozenset({"self", "cls", "__file__", "__name__", "__doc__", "__class__"})


def unbound(module: Module, function: Function) -> dict[str, list[ast.Name]]:
    """Names that are read in a function and bound nowhere that it could see."""
    by_home = _assigned(module)
    bound = by_home.get(function, frozenset()) | by_home.get(None, frozenset())
    known = bound | _declared(module) | BUILTINS | _KNOWN
    found: dict[str, list[ast.Name]] = {}
    for node in ast.walk(function.node):
        if not isinstance(node, ast.Name) or node.id in known:
            continue
        if module.function_of(node) is function and node.id not in readable(module, node):
            found.setdefault(node.id, []).append(node)
    return found


@lru_cache(maxsize=256)
def bound_anywhere(module: Module) -> frozenset[str] | None:
    """Names that are bound in any scope of a module; None where it imports all of another."""
    if "*" in _declared(module):
        return None
    return frozenset().union(_declared(module), BUILTINS, _KNOWN, *_assigned(module).values())


@lru_cache(maxsize=256)
def _assigned(module: Module) -> dict[Function | None, frozenset[str]]:
    """Names that are assigned, by the function in which they are, None for the module itself."""
    found: dict[Function | None, set[str]] = {}
    for node in module.nodes:
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.setdefault(module.function_of(node), set()).add(node.id)
    return {home: frozenset(names) for home, names in found.items()}


@lru_cache(maxsize=256)
def _declared(module: Module) -> frozenset[str]:
    """Names that are bound otherwise than by assignment, anywhere in a module."""
    return frozenset(name for node in module.nodes for name in _names(node))


def _names(node: ast.AST) -> Iterator[str]:
    """Names that a node binds otherwise than by assignment, wherever it stands."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from ((a.asname or a.name).split(".")[0] for a in node.names)
    elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
        yield node.name
    elif isinstance(node, ast.Global | ast.Nonlocal):
        yield from node.names
    elif isinstance(node, ast.arg):
        yield node.arg

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
    return found | _read_first(module, function)


def _read_first(module: Module, function: Function) -> dict[str, list[ast.Name]]:
    """Locals that the first statement which names them reads: nothing gives them a first value."""
    seen = {*function.parameters, "self", "cls"}
    found: dict[str, list[ast.Name]] = {}
    nodes = (n for n in ast.walk(function.node) if isinstance(n, ast.Name))
    own = [n for n in nodes if module.function_of(n) is function and not _is_hidden(module, n)]
    stored = {n.id for n in own if isinstance(n.ctx, ast.Store)}
    own.sort(key=lambda n: (_order(module, n), n.lineno, n.col_offset))
    for node in own:
        steps = isinstance(module.parents.get(node), ast.AugAssign)
        reads = isinstance(node.ctx, ast.Load) or (steps and isinstance(node.ctx, ast.Store))
        if node.id not in seen and node.id in stored and reads and not _is_outer(function, node.id):
            found.setdefault(node.id, []).append(node)
        seen.add(node.id)
    return found


def _order(module: Module, node: ast.Name) -> tuple[int, bool]:
    """Where a name stands in the order of statements; what a statement reads comes first."""
    steps = isinstance(module.parents.get(node), ast.AugAssign)
    return module.statement(node).lineno, isinstance(node.ctx, ast.Store) and not steps


def _is_hidden(module: Module, node: ast.AST) -> bool:
    """Whether it stands in a comprehension or a lambda, which have names of their own."""
    scopes = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda)
    return any(isinstance(around, scopes) for around in module.ancestors(node))


def _is_outer(function: Function, name: str) -> bool:
    declared = (n for n in ast.walk(function.node) if isinstance(n, ast.Global | ast.Nonlocal))
    return any(name in n.names for n in declared)


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

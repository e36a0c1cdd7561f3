"""What deep edits are made of: the module's code with its names put into another scope."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import permutations

from researchers.program_analysis.ingredients import clauses, free, locals_at, readable
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import is_docstring

LARGEST = 14
"""Nodes of an expression that is taken."""
LOCALS = 6
RENAMINGS = 12
"""Ways to put two foreign names into a scope."""
_SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return, ast.Raise)
_GUARDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_LITERALS = ("0", "1", "-1")


@lru_cache(maxsize=64)
def expressions(module: Module) -> tuple[ast.expr, ...]:
    """The distinct expressions within a module's functions, names and literals left out."""
    found: dict[str, ast.expr] = {}
    for node in module.nodes:
        if not isinstance(node, ast.expr) or isinstance(node, ast.Name | ast.Constant | ast.Lambda):
            continue
        parent = module.parents.get(node)
        if module.function_of(node) is None or isinstance(parent, ast.JoinedStr | ast.Expr):
            continue
        if isinstance(node, ast.Starred | ast.JoinedStr | ast.FormattedValue | ast.Slice):
            continue
        called = isinstance(parent, ast.Call) and parent.func is node
        stored = isinstance(getattr(node, "ctx", None), ast.Store | ast.Del)
        if called or stored or sum(1 for _ in ast.walk(node)) > 2 * LARGEST:
            continue
        found.setdefault(ast.dump(node), node)
    return tuple(found.values())


@lru_cache(maxsize=64)
def simple_statements(module: Module) -> tuple[ast.stmt, ...]:
    """The distinct statements of a module's functions: simple ones, and guards of one line."""
    found: dict[str, ast.stmt] = {}
    for node in module.nodes:
        guard = isinstance(node, ast.If) and not node.orelse and len(node.body) == 1
        if isinstance(node, _SIMPLE) or (guard and isinstance(node.body[0], _SIMPLE + _GUARDS)):  # type: ignore[attr-defined]
            assert isinstance(node, ast.stmt)
            if module.function_of(node) is not None and not is_docstring(node):
                found.setdefault(ast.dump(node), node)
    return tuple(found.values())


def adapted(module: Module, node: ast.AST, place: ast.AST) -> Iterator[str]:
    """The code of a node as it could stand at a place: foreign names become names of the scope."""
    foreign = sorted(free(node) - readable(module, place))
    if not foreign:
        yield ast.unparse(node)
        return
    scope = locals_at(module, place)[:LOCALS]
    if len(foreign) == 1:
        choices: Sequence[tuple[str, ...]] = [(name,) for name in scope]
    elif len(foreign) == 2:
        choices = list(permutations(scope, 2))[:RENAMINGS]
    else:
        return
    for names in choices:
        yield ast.unparse(_renamed(node, dict(zip(foreign, names, strict=True))))


def conditions(module: Module, place: ast.AST) -> Iterator[str]:
    """Conditions that could be asked at a place: the module's own, then of its names."""
    seen: set[str] = set()
    for code in _conditions(module, place):
        if code not in seen:
            seen.add(code)
            yield code


def _conditions(module: Module, place: ast.AST) -> Iterator[str]:
    for clause in clauses(module):
        yield from adapted(module, clause, place)
    names = locals_at(module, place)[:LOCALS]
    for name in names:
        yield from (name, f"not {name}", f"{name} is None", f"{name} is not None")
        for literal in _LITERALS:
            yield from (f"{name} {link} {literal}" for link in ("==", "<", ">"))
    for one, other in permutations(names, 2):
        yield from (f"{one} {link} {other}" for link in ("<", "<=", "==", "!=", "in", "not in"))


def _renamed(node: ast.AST, names: dict[str, str]) -> ast.AST:
    made = copy.deepcopy(node)
    for inner in ast.walk(made):
        if isinstance(inner, ast.Name) and inner.id in names:
            inner.id = names[inner.id]
    return made

"""What a function does with its names: which it never reads, which it starts and never grows."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from researchers.program_analysis.module import Function, Module

_GROWS = frozenset({
    "append", "add", "extend", "update", "insert", "appendleft", "extendleft", "setdefault",
    "heappush", "insort", "push", "union",
})  # fmt: skip
_EMPTY = {"list": "list", "set": "set", "dict": "dict", "deque": "list", "defaultdict": "dict",
          "Counter": "dict", "OrderedDict": "dict"}  # fmt: skip


@lru_cache(maxsize=4096)
def unread(function: Function) -> frozenset[str]:
    """Parameters and variables that are bound in a function and read nowhere in it."""
    names = [n for n in ast.walk(function.node) if isinstance(n, ast.Name)]
    stored = {n.id for n in names if isinstance(n.ctx, ast.Store)}
    read = {n.id for n in names if isinstance(n.ctx, ast.Load)}
    known = {*stored, *function.parameters} - {"self", "cls"}
    return frozenset(name for name in known - read if not name.startswith("_"))


@lru_cache(maxsize=512)
def idle(module: Module) -> frozenset[str]:
    """Imports, constants, private functions and errors of a module that nothing in it reads."""
    read = {n.id for n in module.nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    bound: set[str] = set()
    for statement in module.tree.body:
        if isinstance(statement, ast.Import | ast.ImportFrom) and "__init__" not in module.path:
            bound |= {(a.asname or a.name).split(".")[0] for a in statement.names}
        elif isinstance(statement, ast.Assign):
            bound |= {t.id for t in statement.targets if isinstance(t, ast.Name)}
        elif isinstance(statement, ast.FunctionDef | ast.ClassDef):
            own = statement.name.startswith("_") or statement.name.endswith(("Error", "Exception"))
            bound |= {statement.name} if own else set()
    return frozenset(bound - read - {"__all__", "annotations"})


@lru_cache(maxsize=512)
def idle_methods(module: Module) -> frozenset[str]:
    """Private methods of a module that nothing in it calls or reads."""
    read = {n.attr for n in module.nodes if isinstance(n, ast.Attribute)}
    names = {f.node.name for f in module.functions if f.owner}
    return frozenset(n for n in names - read if n.startswith("_") and not n.startswith("__"))


@lru_cache(maxsize=4096)
def ungrown(function: Function) -> tuple[tuple[ast.Assign, str, str], ...]:
    """First values of names that are read later and never change: assignment, name and kind.

    Kinds are `list`, `set`, `dict`, `text` and `number`.
    """
    names = [n for n in ast.walk(function.node) if isinstance(n, ast.Name)]
    stores = Counter(n.id for n in names if isinstance(n.ctx, ast.Store))
    read = {n.id for n in names if isinstance(n.ctx, ast.Load)}
    grown = set(_grown(function.node))
    found = []
    for node in ast.walk(function.node):
        if isinstance(node, ast.Assign) and isinstance(target := node.targets[0], ast.Name):
            kind, name = _kind(node.value), target.id
            if kind and name in read and stores[name] == 1 and name not in grown:
                found.append((node, name, kind))
    return tuple(found)


def _grown(node: ast.AST) -> Iterator[str]:
    """Names that something is put into."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            function = inner.func
            told = getattr(function, "attr", getattr(function, "id", ""))
            holders: list[ast.expr] = [*inner.args]
            if isinstance(function, ast.Attribute):
                holders.append(function.value)
            if told in _GROWS:
                yield from (h.id for h in holders if isinstance(h, ast.Name))
        elif (
            isinstance(inner, ast.Subscript)
            and isinstance(inner.ctx, ast.Store)
            and isinstance(inner.value, ast.Name)
        ):
            yield inner.value.id


def _kind(value: ast.expr) -> str:
    if isinstance(value, ast.Constant):
        number = isinstance(value.value, int | float) and not isinstance(value.value, bool)
        return "number" if number else "text" if value.value == "" else ""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        return _EMPTY.get(value.func.id, "")
    if isinstance(value, ast.Dict):
        return "dict" if not value.keys else ""
    return "list" if isinstance(value, ast.List) and len(value.elts) < 2 else ""

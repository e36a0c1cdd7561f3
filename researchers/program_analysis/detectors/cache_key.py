"""Caches whose key misses something that the value depends on."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import called, tail
from researchers.program_analysis.paths import names
from tasks.records.change import Finding

_CACHES = {"lru_cache", "cache", "memoize", "cached"}


def find(context: Context) -> Iterator[Finding]:
    """Tables that are looked up and filled by fewer parameters than the value is made from."""
    for module, function in context.functions():
        yield from _table(context, module, function)
        yield from _setdefault(context, module, function)
        if any(tail(d) in _CACHES or called(d) in _CACHES for d in function.node.decorator_list):
            yield from _decorated(context, module, function)


def _table(context: Context, module: Module, function: Function) -> Iterator[Finding]:
    looked = {module.code(t): k for t, k in _lookups(function)}
    local = names(function.node, ast.Store)
    for node in ast.walk(function.node):
        target = _filled(node)
        if not isinstance(node, ast.Assign) or target is None:
            continue
        table = module.code(target.value)
        same = table in looked and ast.dump(looked[table]) == ast.dump(target.slice)
        if (
            not same
            or not _is_memo(module, function, node, table)
            or getattr(target.value, "id", "") in local | set(function.parameters)
        ):
            continue
        key = _reached(function, names(target.slice))
        missed = [
            p for p in function.parameters
            if p in _reached(function, names(node.value)) and p not in key
        ]  # fmt: skip
        if not key & set(function.parameters) or not missed:
            continue
        text = (
            f"{function.name} ({module.path}) keeps what it makes from {', '.join(missed)} in "
            f"`{table}` under `{module.code(target.slice)}` alone"
        )
        yield context.finding(
            "cache_key", module, target.slice, 0.75, text, {"missed": ",".join(missed)}
        )


def _setdefault(context: Context, module: Module, function: Function) -> Iterator[Finding]:
    """`table.setdefault(key, made)` of something made from more than the key."""
    for node in ast.walk(function.node):
        if not isinstance(node, ast.Call) or called(node) != "setdefault" or len(node.args) != 2:
            continue
        key, made = node.args
        holder = node.func.value if isinstance(node.func, ast.Attribute) else node
        local = names(function.node, ast.Store) | set(function.parameters)
        if not isinstance(made, ast.Call) or getattr(holder, "id", "") in local:
            continue
        known = _reached(function, names(key))
        missed = [p for p in function.parameters if p in names(made) and p not in known]
        if missed and known & set(function.parameters):
            text = (
                f"{function.name} ({module.path}) keeps what it makes from {', '.join(missed)} "
                f"under `{module.code(key)}` alone"
            )
            detail = {"missed": ",".join(missed)}
            yield context.finding("cache_key", module, key, 0.6, text, detail)


def _filled(node: ast.AST) -> ast.Subscript | None:
    """The entry that an assignment fills."""
    targets = node.targets if isinstance(node, ast.Assign) else []
    return next((t for t in targets if isinstance(t, ast.Subscript)), None)


def _is_memo(module: Module, function: Function, node: ast.Assign, table: str) -> bool:
    """Whether a computed value is kept, and what the table holds is returned."""
    sources = [
        (n.targets[0].id, n.value) for n in ast.walk(function.node)
        if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name)
    ]  # fmt: skip
    made = dict(sources)
    value = made.get(getattr(node.value, "id", ""), node.value)
    held = {name for name, source in sources if table in module.code(source)}
    computed = any(isinstance(n, ast.Call | ast.BinOp) for n in ast.walk(value))
    return computed and any(
        isinstance(n, ast.Return) and n.value is not None
        and (table in module.code(n.value) or bool(names(n.value) & held))
        for n in ast.walk(function.node)
    )  # fmt: skip


def _lookups(function: Function) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Table and key of `key in table`, `table[key]` and `table.get(key)`."""
    for node in ast.walk(function.node):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            yield node.comparators[0], node.left
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "get"
            and node.args
        ):
            yield node.func.value, node.args[0]
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Subscript):
            yield node.value.value, node.value.slice


def _reached(function: Function, start: set[str]) -> set[str]:
    """Names, and what they are assigned from within the function."""
    found, waiting = set(start), list(start)
    while waiting:
        name = waiting.pop()
        for node in ast.walk(function.node):
            if isinstance(node, ast.Assign) and name in names(node, ast.Store):
                new = names(node.value) - found
                found |= new
                waiting += new
    return found


def _decorated(context: Context, module: Module, function: Function) -> Iterator[Finding]:
    """A cached function that reads a module's variable which something else rebinds."""
    moved = {
        name for n in module.nodes if isinstance(n, ast.Global) for name in n.names
        if module.function_of(n) is not function
    }  # fmt: skip
    for name in sorted(names(function.node) & moved):
        text = f"{function.name} ({module.path}) is cached but depends on `{name}`, which changes"
        yield context.finding("cache_key", module, function.node, 0.7, text, {"missed": name})
    info = context.program.classes.get(function.owner)
    if info is None:
        return
    for node in ast.walk(function.node):
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "self":
            setters = {f.node.name for f, _ in info.attributes.get(node.attr, ())}
            if setters - {"__init__", "__post_init__", function.node.name}:
                text = (
                    f"{function.name} ({module.path}) is cached but reads `self.{node.attr}`, "
                    f"which {sorted(setters - {'__init__'})[0]} changes"
                )
                yield context.finding(
                    "cache_key", module, function.node, 0.7, text, {"missed": node.attr}
                )
                return

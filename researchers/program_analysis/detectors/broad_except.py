"""Handlers that catch too much, never catch, or throw away what passes by."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import tail
from researchers.program_analysis.paths import of_loop, own
from tasks.records.change import Finding

_BROAD = {"Exception", "BaseException", ""}
_PARENTS = {
    "KeyError": "LookupError", "IndexError": "LookupError", "FileNotFoundError": "OSError",
    "PermissionError": "OSError", "UnicodeDecodeError": "ValueError", "JSONDecodeError":
    "ValueError", "ZeroDivisionError": "ArithmeticError", "ModuleNotFoundError": "ImportError",
    "TimeoutError": "OSError", "ConnectionError": "OSError", "UnicodeEncodeError": "ValueError",
}  # fmt: skip


def find(context: Context) -> Iterator[Finding]:
    """Broad handlers that answer with a fixed value, handlers behind a broader one, and
    `return` in `finally`."""
    for module, node in context.each(ast.With):
        assert isinstance(node, ast.With)
        yield from _suppressed(context, module, node)
    for module, node in context.each(ast.Try):
        assert isinstance(node, ast.Try)
        yield from _too_broad(context, module, node)
        yield from _behind(context, module, node)
        for inner in (n for s in node.finalbody for n in (s, *own(s))):
            if isinstance(inner, ast.Return) or (
                isinstance(inner, ast.Break | ast.Continue)
                and any(inner is n for n in of_loop(node))
            ):
                text = f"{where(module, inner)} leaves within `finally`, which drops any exception"
                yield context.finding("finally_leaves", module, inner, 0.6, text)


def _suppressed(context: Context, module: Module, node: ast.With) -> Iterator[Finding]:
    """`with suppress(Exception):`."""
    for call in (item.context_expr for item in node.items):
        if not isinstance(call, ast.Call) or tail(call.func) != "suppress":
            continue
        if {tail(argument) for argument in call.args} & _BROAD:
            text = f"`{module.code(call)}` in {where(module, node)} hides any exception"
            yield context.finding("suppressed", module, call, 0.55, text)


def _too_broad(context: Context, module: Module, node: ast.Try) -> Iterator[Finding]:
    for handler in node.handlers:
        if not set(_types(handler)) & _BROAD or _looks_at(handler):
            continue
        fixed = [s for s in handler.body if isinstance(s, ast.Return | ast.Assign)]
        plain = [s for s in fixed if isinstance(s.value, ast.Constant | ast.List | ast.Dict)]
        if not plain or len(handler.body) > 2:
            continue
        text = (
            f"{where(module, handler)} answers any exception, a misspelt name included, with "
            f"`{module.code(plain[0])}`"
        )
        strength = 0.3 if len(node.body) == 1 else 0.45
        yield context.finding("broad_except", module, handler, strength, text)


def _looks_at(handler: ast.ExceptHandler) -> bool:
    inside = [n for s in handler.body for n in ast.walk(s)]
    used = handler.name is not None and any(getattr(n, "id", "") == handler.name for n in inside)
    logged = any(
        isinstance(n, ast.Attribute) and n.attr in {"exception", "error", "warning", "print_exc"}
        for n in inside
    )
    return used or logged or any(isinstance(n, ast.Raise) for n in inside)


def _behind(context: Context, module: Module, node: ast.Try) -> Iterator[Finding]:
    caught: set[str] = set()
    for handler in node.handlers:
        for name in _types(handler):
            broader = {"Exception", "BaseException", _PARENTS.get(name, name), name} & caught
            if broader and name not in {"KeyboardInterrupt", "SystemExit", "GeneratorExit", ""}:
                text = f"{where(module, handler)} never catches {name}: {min(broader)} above does"
                yield context.finding("shadowed_handler", module, handler, 0.75, text)
                break
        caught |= set(_types(handler))


def _types(handler: ast.ExceptHandler) -> list[str]:
    if isinstance(handler.type, ast.Tuple):
        return [tail(e) for e in handler.type.elts]
    return [tail(handler.type) if handler.type is not None else ""]

"""How control leaves a block, and the nodes that belong to one function alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
Loop = ast.For | ast.AsyncFor | ast.While


def own(node: ast.AST) -> Iterator[ast.AST]:
    """Nodes below one, without those of functions and classes defined inside it."""
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(child, _INNER):
            yield from own(child)


def blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """Every list of statements at or below a node, inner functions included."""
    for inner in ast.walk(node):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(inner, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                yield block


def ends(body: Sequence[ast.stmt], never: frozenset[str] = frozenset()) -> bool:
    """Whether control never runs off the end of a block, as far as syntax tells; `never`
    names functions that do not come back."""
    return any(_leaves(statement, never) for statement in body)


def _leaves(statement: ast.stmt, never: frozenset[str]) -> bool:
    if isinstance(statement, ast.Return | ast.Raise | ast.Continue | ast.Break):
        return True
    if isinstance(statement, ast.If):
        return ends(statement.body, never) and ends(statement.orelse, never)
    if isinstance(statement, ast.With | ast.AsyncWith):
        return ends(statement.body, never) and not any(map(_swallows, statement.items))
    if isinstance(statement, ast.While):
        endless = isinstance(statement.test, ast.Constant) and bool(statement.test.value)
        return endless and not any(isinstance(n, ast.Break) for n in of_loop(statement))
    if isinstance(statement, ast.Match):
        last = statement.cases[-1]
        whole = isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None
        return whole and not last.guard and all(ends(case.body, never) for case in statement.cases)
    if isinstance(statement, ast.Try):
        tried = ends(statement.body, never) or ends(statement.orelse, never)
        handled = all(ends(handler.body, never) for handler in statement.handlers)
        return ends(statement.finalbody, never) or (tried and handled)
    return _never_comes_back(statement, never)


def _swallows(item: ast.withitem) -> bool:
    """Whether a context manager may go on behind its block after an exception."""
    said = ast.unparse(item.context_expr).lower()
    return any(word in said for word in ("suppress", "raises", "ignor", "catch"))


def _never_comes_back(statement: ast.stmt, never: frozenset[str]) -> bool:
    """Calls that end the process or the test, and `assert False`."""
    if isinstance(statement, ast.Assert):
        return isinstance(statement.test, ast.Constant) and not statement.test.value
    call = statement.value if isinstance(statement, ast.Expr) else None
    name = getattr(getattr(call, "func", None), "attr", getattr(getattr(call, "func", 0), "id", ""))
    return name in never | {"exit", "_exit", "abort", "fail", "assert_never"}


def of_loop(loop: ast.AST) -> Iterator[ast.AST]:
    """Nodes whose `break` and `continue` mean this loop."""
    for child in ast.iter_child_nodes(loop):
        yield child
        if not isinstance(child, (*_INNER, ast.For, ast.AsyncFor, ast.While)):
            yield from of_loop(child)


def names(node: ast.AST, context: type[ast.expr_context] = ast.Load) -> set[str]:
    """Identifiers that are read (or, with `ast.Store`, bound) at or below a node."""
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, context)}

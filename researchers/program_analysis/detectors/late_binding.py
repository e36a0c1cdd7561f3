"""Closures made in a loop that see the loop variable's last value."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import called
from researchers.program_analysis.paths import Loop, names
from tasks.records.change import Finding

_KEEPS = frozenset({"append", "add", "setdefault", "register", "connect", "insert", "push", "bind"})


def find(context: Context) -> Iterator[Finding]:
    """Lambdas that are stored in a loop and read a variable of that loop."""
    for module, node in context.each(ast.Lambda):
        assert isinstance(node, ast.Lambda)
        if not _is_kept(module, node):
            continue
        spec = node.args
        own = {a.arg for a in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)}
        caught = sorted((names(node.body) - own) & _loop_variables(module, node))
        if not caught:
            continue
        text = (
            f"`{module.code(node)}` in {where(module, node)} reads {', '.join(caught)} when it is "
            "called, after the loop has moved on"
        )
        given = ast.unparse(spec)
        bound = ", ".join([*([given] if given else []), *(f"{n}={n}" for n in caught)])
        plain = not spec.kwarg and not spec.vararg
        mend = {"mend": f"lambda {bound}: {module.code(node.body)}"} if plain else {}
        yield context.finding("late_binding", module, node, 0.7, text, mend)


def _is_kept(module: Module, node: ast.Lambda) -> bool:
    """Whether the lambda outlives the round of the loop that made it."""
    child: ast.AST = node
    for parent in module.ancestors(node):
        if isinstance(parent, ast.Call):
            return called(parent) in _KEEPS and child is not parent.func
        if isinstance(parent, ast.ListComp | ast.DictComp | ast.SetComp):
            return True
        if isinstance(parent, ast.Assign):
            return any(isinstance(t, ast.Subscript) for t in parent.targets)
        if isinstance(parent, ast.stmt):
            return isinstance(parent, ast.Expr) and isinstance(parent.value, ast.Yield)
        child = parent
    return False


def _loop_variables(module: Module, node: ast.AST) -> set[str]:
    """Names that the loops around a node bind, up to the function's edge."""
    found: set[str] = set()
    for around in module.ancestors(node):
        if isinstance(around, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            break
        if isinstance(around, Loop):
            found |= set().union(*(names(s, ast.Store) for s in around.body))
            if not isinstance(around, ast.While):
                found |= names(around.target, ast.Store)
        for generator in getattr(around, "generators", ()):
            found |= names(generator.target, ast.Store)
    return found

"""Collections that change while a loop goes through them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import called
from researchers.program_analysis.paths import ends
from tasks.records.change import Finding

_CHANGES = {"remove", "append", "pop", "insert", "add", "discard", "popitem", "extend", "clear"}
_VIEWS = {"items", "keys", "values", "enumerate", "reversed"}


def find(context: Context) -> Iterator[Finding]:
    """Loops over a name whose body removes from it or adds to it and then goes on."""
    for module, node in context.each(ast.For):
        assert isinstance(node, ast.For)
        held = _held(node.iter)
        if held is None:
            continue
        code = module.code(held)
        change = next(_changes(module, node, code), None)
        if change is not None:
            text = (
                f"`{module.code(change)}` in {where(module, change)} changes `{code}` while a loop "
                "goes through it"
            )
            detail = {"mend": f"list({module.code(node.iter)})"}
            yield context.finding(
                "changed_while_iterated", module, node.iter, _strength(change), text, detail
            )


def _strength(change: ast.AST) -> float:
    return 0.45 if called(change) in {"append", "extend"} else 0.75


def _held(source: ast.expr) -> ast.expr | None:
    if isinstance(source, ast.Call) and called(source) in _VIEWS:
        if isinstance(source.func, ast.Attribute):
            source = source.func.value
        elif source.args:
            source = source.args[0]
    itself = getattr(source, "id", "") in {"self", "cls"}
    return source if isinstance(source, ast.Name | ast.Attribute) and not itself else None


def _changes(module: Module, loop: ast.For, code: str) -> Iterator[ast.AST]:
    for node in (n for statement in loop.body for n in ast.walk(statement)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            hit = node.func.attr in _CHANGES and module.code(node.func.value) == code
        elif isinstance(node, ast.Delete):
            hit = any(
                isinstance(t, ast.Subscript) and module.code(t.value) == code for t in node.targets
            )
        else:
            continue
        if hit and not _stops(module, loop, node) and not _rebound(module, loop, node, code):
            yield node


def _stops(module: Module, loop: ast.For, node: ast.AST) -> bool:
    """Whether the loop is left before the next round."""
    statement = module.statement(node)
    while statement is not loop:
        block = module.body_of(statement)
        rest = block[block.index(statement) :]
        if ends(rest) and not any(isinstance(s, ast.Continue) for s in rest):
            return True
        parent = module.parents[statement]
        if not isinstance(parent, ast.stmt):
            return False
        statement = parent
    return False


def _rebound(module: Module, loop: ast.For, node: ast.AST, code: str) -> bool:
    """Whether the name means another collection by then."""
    return any(
        isinstance(n, ast.Assign) and n.lineno <= node.lineno  # type: ignore[attr-defined]
        and any(module.code(t) == code for t in n.targets)
        for statement in loop.body for n in ast.walk(statement)
    )  # fmt: skip

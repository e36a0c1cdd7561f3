"""Settings beaten by defaults: merged in the wrong order, or looked up under no key's name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from difflib import get_close_matches

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import called, tail, words
from tasks.records.change import Finding

_DEFAULTS = {"default", "defaults", "fallback", "fallbacks", "builtin", "base"}
_GIVEN = {"config", "settings", "setting", "options", "option", "overrides", "override", "user",
          "given", "loaded", "custom", "args", "kwargs", "params", "conf", "cfg"}  # fmt: skip


def find(context: Context) -> Iterator[Finding]:
    """`{**given, **DEFAULTS}` and its like, and `get` of a key that is in no file."""
    for module, node in context.each(ast.Dict, ast.BinOp, ast.Call):
        merged = _merged(node)
        if merged is not None and _is_default(merged[1]) and _is_given(merged[0]):
            winner, loser = (module.code(part) for part in (merged[1], merged[0]))
            text = (
                f"`{module.code(node)}` in {where(module, node)} lets the defaults `{winner}` win "
                f"over `{loser}`"
            )
            yield context.finding(
                "shadowed_setting", module, node, 0.75, text, _turned(module, node, merged)
            )
    yield from _misspelt(context)


def _merged(node: ast.AST) -> tuple[ast.expr, ast.expr] | None:
    """The loser and the winner of a merge of two mappings."""
    if isinstance(node, ast.Dict) and len(node.values) == 2 and node.keys == [None, None]:
        return node.values[0], node.values[1]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return node.left, node.right
    if called(node) == "update" and isinstance(node, ast.Call) and len(node.args) == 1:
        return (node.func.value, node.args[0]) if isinstance(node.func, ast.Attribute) else None
    if called(node) == "ChainMap" and isinstance(node, ast.Call) and len(node.args) == 2:
        return node.args[1], node.args[0]
    return None


def _is_default(node: ast.expr) -> bool:
    return bool(words(_name(node)) & _DEFAULTS)


def _is_given(node: ast.expr) -> bool:
    said = words(_name(node))
    return bool(said & _GIVEN) and not said & _DEFAULTS


def _name(node: ast.expr) -> str:
    return tail(node.func) if isinstance(node, ast.Call) else tail(node)


def _turned(module: Module, node: ast.AST, merged: tuple[ast.expr, ast.expr]) -> dict[str, str]:
    loser, winner = (module.code(part) for part in merged)
    if isinstance(node, ast.Dict):
        return {"mend": f"{{**{winner}, **{loser}}}"}
    if isinstance(node, ast.BinOp):
        return {"mend": f"{winner} | {loser}"}
    if called(node) == "update" and isinstance(module.parents.get(node), ast.Expr):
        return {"mend": f"{loser}.update({{**{winner}, **{loser}}})"}
    return {}


def _misspelt(context: Context) -> Iterator[Finding]:
    """A look-up with a default of a key that no file has, beside an unread key of nearly its
    name."""
    leaves = {s.leaf for s in context.program.settings}
    if not leaves:
        return
    asked = [(m, n, str(n.args[0].value)) for m, n in _gets(context)]  # type: ignore[attr-defined]
    read = {key for _, _, key in asked} | {
        n.value for m in context.program.modules for n in m.nodes
        if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }  # fmt: skip
    for module, node, key in asked:
        near = get_close_matches(key, sorted(leaves - read), 1, 0.75)
        if key not in leaves and near:
            text = (
                f"`{module.code(node)}` in {where(module, node)} always takes its default: files "
                f"have {near[0]}, not {key}"
            )
            first, start = module.span(node)[0], module.span(node.args[0])
            code = module.text[first : start[0]] + repr(near[0])
            mend = {"mend": code + module.text[start[1] : module.span(node)[1]]}
            yield context.finding("shadowed_setting", module, node, 0.8, text, mend)


def _gets(context: Context) -> Iterator[tuple[Module, ast.Call]]:
    for module, node in context.each(ast.Call):
        if not isinstance(node, ast.Call) or called(node) != "get" or len(node.args) != 2:
            continue
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            yield module, node

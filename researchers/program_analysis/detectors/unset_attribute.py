"""Attributes that a class reads of itself and that nothing ever sets."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import called
from researchers.program_analysis.program import ClassInfo
from tasks.records.change import Finding

_ROOTS = frozenset({"object", "ABC", "Protocol", "Generic"})
_SETS_BY_NAME = frozenset({"setattr", "vars", "__dict__", "update", "__getattr__", "dataclass"})
_LISTS = frozenset({"append", "extend", "insert", "sort", "reverse"})
_SETS = frozenset({"add", "discard", "union"})
_MAPS = frozenset({"get", "items", "keys", "values", "setdefault"})


def find(context: Context) -> Iterator[Finding]:
    """Only classes whose bases are known, with a constructor that could set it."""
    for info in context.program.classes.values():
        if info.module.editable:
            yield from _unset(context, info)


def _unset(context: Context, info: ClassInfo) -> Iterator[Finding]:
    made = next((n for n in info.node.body if getattr(n, "name", "") == "__init__"), None)
    if not isinstance(made, ast.FunctionDef) or not _is_plain(info.node):
        return
    known = _known(info.node)
    uses: dict[str, list[ast.Attribute]] = {}
    for node in ast.walk(info.node):
        if isinstance(node, ast.Attribute) and _is_self(node.value) and node.attr not in known:
            uses.setdefault(node.attr, []).append(node)
    parameters = {a.arg for a in (*made.args.args, *made.args.kwonlyargs)}
    for name, nodes in uses.items():
        value = name if name in parameters else _begun(info.module, nodes)
        text = f"`self.{name}` is read in {info.node.name} and nothing sets it"
        detail = {"mend": f"self.{name} = {value}"}
        yield context.finding("unset_attribute", info.module, made, 0.9, text, detail)


def _is_plain(node: ast.ClassDef) -> bool:
    """Whether nothing unseen can set attributes: no bases to speak of, no setting by name."""
    bases = {getattr(b, "id", getattr(b, "attr", "?")) for b in node.bases}
    if bases - _ROOTS or node.keywords or node.decorator_list:
        return False
    names = {called(n) for n in ast.walk(node) if isinstance(n, ast.Call)}
    names |= {getattr(n, "attr", getattr(n, "name", "")) for n in ast.walk(node)}
    return not names & _SETS_BY_NAME


def _known(node: ast.ClassDef) -> set[str]:
    """Methods, class attributes, and what some statement binds on `self`."""
    known = {"__class__", "__dict__", "__doc__", "__module__"}
    for statement in node.body:
        known.add(getattr(statement, "name", ""))
        targets = getattr(statement, "targets", [getattr(statement, "target", None)])
        known |= {getattr(target, "id", "") for target in targets}
    grown = {id(n.target) for n in ast.walk(node) if isinstance(n, ast.AugAssign)}
    for inner in ast.walk(node):
        stored = isinstance(inner, ast.Attribute) and not isinstance(inner.ctx, ast.Load)
        if stored and isinstance(inner, ast.Attribute) and id(inner) not in grown:
            known.add(inner.attr)
    return known


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def _begun(module: Module, nodes: list[ast.Attribute]) -> str:
    """What the attribute begins with, as it is used: a count, a list, a set, a map, or None."""
    for node in nodes:
        parent = module.parents.get(node)
        name = parent.attr if isinstance(parent, ast.Attribute) else ""
        if name in _LISTS:
            return "[]"
        if name in _SETS:
            return "set()"
        if name in _MAPS or (isinstance(parent, ast.Subscript) and parent.value is node):
            return "{}"
        if isinstance(parent, ast.AugAssign | ast.BinOp):
            return "0"
    return "None"

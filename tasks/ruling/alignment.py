"""Two syntax trees side by side: the smallest nodes in which they differ, with where they stand."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_Entry = ast.AST | None
"""None is the key of `**rest` in a dict, or the default that a keyword-only parameter lacks."""


@dataclass(frozen=True)
class Difference:
    """What stood there and what stands there; None for what was added or removed.

    `inside` are the nodes around it, outermost first, on the side that has it.
    """

    before: ast.AST | None
    after: ast.AST | None
    inside: tuple[ast.AST, ...]
    field: str = ""


def parsed(text: str | None) -> ast.Module | None:
    """The tree without docstrings; None where the text does not parse."""
    try:
        tree = ast.parse(text or "")
    except (SyntaxError, ValueError):
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = [s for s in node.body if not _is_text(s)]
    return tree


def differences(
    before: ast.AST, after: ast.AST, inside: tuple[ast.AST, ...] = (), field: str = ""
) -> Iterator[Difference]:
    """The smallest differing nodes of two trees. Annotations and imports are passed over."""
    if _same(before, after):
        return
    if type(before) is not type(after):
        yield Difference(before, after, inside, field)
        return
    around = (*inside, after)
    parts = [name for name in after._fields if name not in {"ctx", "annotation", "returns"}]
    plain = [n for n in parts if not _is_tree(getattr(before, n, None), getattr(after, n, None))]
    if any(getattr(before, n, None) != getattr(after, n, None) for n in plain):
        yield Difference(before, after, inside, field)
        return
    for name in (n for n in parts if n not in plain):
        old, new = getattr(before, name, None), getattr(after, name, None)
        if isinstance(old, list) and isinstance(new, list):
            yield from _lists(old, new, around, name)
        elif isinstance(old, ast.AST) and isinstance(new, ast.AST):
            yield from differences(old, new, around, name)
        elif old is not new:
            yield Difference(old, new, around, name)


def _lists(
    old: Sequence[_Entry], new: Sequence[_Entry], inside: tuple[ast.AST, ...], field: str
) -> Iterator[Difference]:
    matcher = SequenceMatcher(
        a=[_dumped(n) for n in old], b=[_dumped(n) for n in new], autojunk=False
    )
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        parts = old[i:j], new[k:m]
        for one, other in _paired(*([n for n in part if n is not None] for part in parts)):
            if isinstance(one or other, ast.Import | ast.ImportFrom):
                continue
            if one is not None and other is not None:
                yield from differences(one, other, inside, field)
            else:
                yield Difference(one, other, inside, field)


def _paired(
    old: Sequence[ast.AST], new: Sequence[ast.AST]
) -> Iterator[tuple[ast.AST | None, ast.AST | None]]:
    """Nodes that took each other's place: of one type, most alike first, in order."""
    if len(old) == len(new) and all(type(a) is type(b) for a, b in zip(old, new, strict=True)):
        yield from zip(old, new, strict=True)
        return
    left = list(new)
    for one in old:
        kin = [other for other in left if _kin(one, other)]
        chosen = max(kin, key=lambda other: _likeness(one, other), default=None)
        if chosen is not None:
            left.remove(chosen)
        yield one, chosen
    for other in left:
        yield None, other


def _kin(one: ast.AST, other: ast.AST) -> bool:
    if type(one) is not type(other):
        return False
    names = [getattr(node, "name", getattr(node, "arg", None)) for node in (one, other)]
    return names[0] == names[1] if names[0] is not None else _likeness(one, other) > 0.5


def _likeness(one: ast.AST, other: ast.AST) -> float:
    """By the letters of their dumps; their order counts too little to pay for it on long code."""
    return SequenceMatcher(a=ast.dump(one), b=ast.dump(other), autojunk=False).quick_ratio()


def _same(one: ast.AST, other: ast.AST) -> bool:
    return ast.dump(one) == ast.dump(other)


def _dumped(entry: _Entry) -> str:
    return "" if entry is None else ast.dump(entry)


def _is_tree(*values: object) -> bool:
    """Whether the values hold nodes; the names of a `global`, say, are plain."""
    lists = [value for value in values if isinstance(value, list)]
    if any(isinstance(entry, str) for entries in lists for entry in entries):
        return False
    return bool(lists) or any(isinstance(value, ast.AST) for value in values)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant | ast.JoinedStr)

"""Enumerated texts: literals whose name the code compares with a few texts, one by one."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set

MOST = 12
"""More texts than this under one name are data, not a choice."""


Texts = Mapping[str, Set[str]]
"""Name to the texts that it is compared with."""


def compared(trees: Iterable[ast.Module]) -> Texts:
    """The texts that names are compared with, over all files of a program.

    A text is compared with a name where the code says `mode == "x"`, `mode in ("x", "y")`, matches
    it by case, picks it from a table written in place (`{"x": f, "y": g}[mode]`), or annotates it
    as `Literal["x", "y"]`.
    """
    texts: dict[str, set[str]] = defaultdict(set)
    for node in (node for tree in trees for node in ast.walk(tree)):
        for name, found in _compared(node):
            if name:
                texts[name] |= found
    return texts


def enumerated(tree: ast.Module, texts: Texts) -> dict[int, tuple[str, ...]]:
    """For constants by `id`: the texts that may stand in their place.

    A literal is set under a name where it is assigned to it, its default, passed by it, a value
    under its key, or what `get` falls back on. One that its name is never compared with may be
    what the last `else` is for, in a file that makes the comparison: elsewhere it is another name.
    """
    here = compared([tree])
    found: dict[int, tuple[str, ...]] = {}
    for node in ast.walk(tree):
        for name, value in set_under(node):
            if not (isinstance(value, ast.Constant) and isinstance(value.value, str)):
                continue
            if name in here or value.value in texts.get(name, ()):
                found[id(value)] = choices(texts, name, value.value)
    return {identifier: may_be for identifier, may_be in found.items() if may_be}


def choices(texts: Texts, name: str, value: str) -> tuple[str, ...]:
    """What a text set under a name may become: what the name is compared with; empty for data."""
    every = {value, *texts.get(name, ())}
    return tuple(sorted(every)) if 2 <= len(every) <= MOST else ()


def _compared(node: ast.AST) -> Iterator[tuple[str, set[str]]]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        left, right = node.left, node.comparators[0]
        if isinstance(node.ops[0], ast.Eq | ast.NotEq | ast.In | ast.NotIn):
            yield name_of(left), _texts(right)
        if isinstance(node.ops[0], ast.Eq | ast.NotEq):
            yield name_of(right), _texts(left)
    elif isinstance(node, ast.Match):
        patterns = [p for case in node.cases for p in ast.walk(case.pattern)]
        values = [p.value for p in patterns if isinstance(p, ast.MatchValue)]
        yield name_of(node.subject), {text for value in values for text in _texts(value)}
    elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Dict):
        keys = [key for key in node.value.keys if key is not None]
        yield name_of(node.slice), {text for key in keys for text in _texts(key)}
    elif isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
        name = node.arg if isinstance(node, ast.arg) else name_of(node.target)
        yield name, _annotated(node.annotation)


def set_under(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """The names that a node sets something under, each with its value."""
    if isinstance(node, ast.Assign):
        yield from ((name_of(target), node.value) for target in node.targets)
    elif isinstance(node, ast.AnnAssign):
        yield name_of(node.target), node.value
    elif isinstance(node, ast.keyword):
        yield node.arg or "", node.value
    elif isinstance(node, ast.Dict):
        yield from ((_key(k), v) for k, v in zip(node.keys, node.values, strict=True))
    elif isinstance(node, ast.Call) and name_of(node.func) == "get" and len(node.args) == 2:
        yield _key(node.args[0]), node.args[1]
    elif isinstance(node, ast.arguments):
        positional = [*node.posonlyargs, *node.args]
        after = positional[len(positional) - len(node.defaults) :]
        yield from ((a.arg, value) for a, value in zip(after, node.defaults, strict=True))
        yield from ((a.arg, v) for a, v in zip(node.kwonlyargs, node.kw_defaults, strict=True))


def name_of(node: ast.AST) -> str:
    """The last name of an expression, such as `mode` for `self.mode` and `settings["mode"]`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript):
        return _key(node.slice)
    if isinstance(node, ast.Call):
        if name_of(node.func) == "get" and node.args:
            return _key(node.args[0])
        if isinstance(node.func, ast.Attribute) and not node.args:
            return name_of(node.func.value)  # mode.lower()
    return ""


def _key(node: ast.AST | None) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return ""


def _texts(node: ast.AST) -> set[str]:
    parts = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else [node]
    return {_key(part) for part in parts} - {""}


def _annotated(annotation: ast.expr) -> set[str]:
    """The texts of a `Literal` annotation, also where `| None` follows."""
    inner = [n for n in ast.walk(annotation) if isinstance(n, ast.Subscript)]
    literal = [n.slice for n in inner if name_of(n.value) == "Literal"]
    return {text for part in literal for text in _texts(part)}

"""Edits made in abstract trees: what a rehearsal runs, without the text that a candidate gets.

Only the nodes around an edit are copied. The others are those of the target's own tree, so that
code compiled for them serves every edit.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from researchers.program_analysis.editing import expressions, signatures, statements
from researchers.program_analysis.editing.edit import Edit
from researchers.program_analysis.editing.revision import Revision
from researchers.program_analysis.module import Module

_HELD = "_held_"
Nodes = Sequence[ast.AST]


class UnsketchedError(Exception):
    """The edit cannot be made in the abstract tree."""


def revised(revision: Revision) -> Sequence[ast.stmt]:
    """The statements of a revised module; raises UnsketchedError, SyntaxError and ValueError."""
    if revision.imports:
        return ast.parse(revision.text).body
    return sketched(revision.module, revision.edits)


def sketched(module: Module, edits: Iterable[Edit]) -> Sequence[ast.stmt]:
    """The statements of a module after edits of which none lies within another."""
    made: dict[ast.AST, Nodes] = {}
    path: set[ast.AST] = set()
    for edit in edits:
        if edit.anchor in made or edit.anchor in path:
            raise UnsketchedError("edits within one another")
        around = list(module.ancestors(edit.anchor))
        if any(node in made for node in around):
            raise UnsketchedError("edits within one another")
        made[edit.anchor] = _made(edit)
        path.update(around)
    if module.tree in made:
        return [n for n in made[module.tree] if isinstance(n, ast.stmt)]
    (tree,) = _rebuilt(module.tree, path, made)
    assert isinstance(tree, ast.Module)
    return tree.body


def _rebuilt(node: ast.AST, path: set[ast.AST], made: Mapping[ast.AST, Nodes]) -> Nodes:
    """The nodes that stand in a node's place."""
    if node in made:
        return made[node]
    if node not in path:
        return [node]
    new = copy.copy(node)
    for name, value in ast.iter_fields(node):
        if isinstance(value, ast.AST):
            parts = _rebuilt(value, path, made)
            if len(parts) != 1:
                raise UnsketchedError(f"{len(parts)} nodes for one")
            setattr(new, name, parts[0])
        elif isinstance(value, list):
            children = [
                part
                for child in value
                for part in (_rebuilt(child, path, made) if isinstance(child, ast.AST) else [child])
            ]
            if name == "body" and not children:
                children = [ast.Pass()]
            setattr(new, name, children)
    return [new]


def _made(edit: Edit) -> Nodes:
    how = _EDITS.get(type(edit))
    if how is None or isinstance(getattr(edit.anchor, "ctx", None), ast.Store | ast.Del):
        raise UnsketchedError(type(edit).__name__)
    return how(edit)


@lru_cache(maxsize=8192)
def _block(code: str) -> tuple[ast.stmt, ...]:
    return tuple(ast.parse(code).body)


@lru_cache(maxsize=8192)
def _value(code: str) -> ast.expr:
    return ast.parse(f"({code}\n)", mode="eval").body


def _swapped(edit: expressions.Swap) -> Nodes:
    return [_value(edit.code)]


def _wrapped(edit: expressions.Wrap) -> Nodes:
    return [_filled(_value(edit.form.replace("{}", _HELD, 1)), edit.anchor)]


def _filled(node: ast.AST, held: ast.AST) -> ast.AST:
    """A form with a node put where it names its hole; the rest is shared or copied."""
    if isinstance(node, ast.Name) and node.id == _HELD:
        return held
    new = copy.copy(node)
    for name, value in ast.iter_fields(node):
        if isinstance(value, ast.AST):
            setattr(new, name, _filled(value, held))
        elif isinstance(value, list):
            filled = [_filled(v, held) if isinstance(v, ast.AST) else v for v in value]
            setattr(new, name, filled)
    return new


_OPERATED: dict[type[ast.AST], Any] = {
    ast.BoolOp: ast.BoolOp, ast.BinOp: ast.BinOp, ast.AugAssign: ast.BinOp,
}  # fmt: skip


def operated(edit: expressions.Operator) -> Any:
    """The operation with its new operator; raises UnsketchedError where there is none."""
    node, pattern = edit.anchor, _value(f"a {edit.form} b")
    new: Any = copy.copy(node)
    if isinstance(node, ast.Compare) and isinstance(pattern, ast.Compare):
        new.ops = [*node.ops]
        new.ops[edit.link] = pattern.ops[0]
    elif isinstance(pattern, _OPERATED.get(type(node), ())):
        new.op = pattern.op
    else:
        raise UnsketchedError(edit.form)
    return new


def _enclosed(edit: statements.Enclose) -> Nodes:
    (outer,) = _block(f"{edit.header}\n    pass")
    new: Any = copy.copy(outer)
    new.body = [edit.anchor]
    return [new]


def _unwrapped(edit: statements.Unwrap) -> Nodes:
    if not isinstance(edit.anchor, ast.If):
        raise UnsketchedError("no `if`")
    return edit.anchor.body


def _with_body(edit: statements.Body) -> Nodes:
    new: Any = copy.copy(edit.anchor)
    documented = isinstance(new, ast.FunctionDef) and ast.get_docstring(new) is not None
    kept = new.body[:1] if documented and len(new.body) > 1 else []
    new.body = [*kept, *_block(edit.code)]
    return [new]


def _with_argument(edit: signatures.Argument) -> Nodes:
    new: Any = copy.copy(edit.anchor)
    new.keywords = [*new.keywords, ast.keyword(edit.name, _value(edit.code))]
    return [new]


def _without_argument(edit: signatures.DropArgument) -> Nodes:
    new: Any = copy.copy(edit.anchor)
    new.keywords = [k for k in new.keywords if k.arg != edit.name]
    return [new]


def _with_parameter(edit: signatures.Parameter) -> Nodes:
    new: Any = copy.copy(edit.anchor)
    spec = new.args = copy.copy(new.args)
    if spec.vararg or spec.kwonlyargs:
        spec.kwonlyargs = [*spec.kwonlyargs, ast.arg(edit.name)]
        spec.kw_defaults = [*spec.kw_defaults, _value(edit.code)]
    else:
        spec.args = [*spec.args, ast.arg(edit.name)]
        spec.defaults = [*spec.defaults, _value(edit.code)]
    return [new]


def _with_default(edit: signatures.Default) -> Nodes:
    new: Any = copy.copy(edit.anchor)
    spec = new.args = copy.copy(new.args)
    plain = [a.arg for a in (*spec.posonlyargs, *spec.args)]
    if edit.name in plain:
        place = plain.index(edit.name) - (len(plain) - len(spec.defaults))
        if place < -1:
            raise UnsketchedError("a parameter without a default behind it")
        given = [*spec.defaults]
        given[max(place, 0) : place + 1] = [_value(edit.code)]
        spec.defaults = given
    else:
        named = [a.arg for a in spec.kwonlyargs]
        spec.kw_defaults = [*spec.kw_defaults]
        spec.kw_defaults[named.index(edit.name)] = _value(edit.code)
    return [new]


_EDITS: dict[type[Edit], Callable[[Any], Nodes]] = {
    expressions.Swap: _swapped,
    expressions.Wrap: _wrapped,
    expressions.Operator: lambda edit: [operated(edit)],
    expressions.DropFilter: lambda edit: [],
    statements.Replace: lambda edit: _block(edit.code),
    statements.Before: lambda edit: [*_block(edit.code), edit.anchor],
    statements.After: lambda edit: [edit.anchor, *_block(edit.code)],
    statements.Remove: lambda edit: [],
    statements.Unwrap: _unwrapped,
    statements.Enclose: _enclosed,
    statements.Body: _with_body,
    statements.Append: lambda edit: [*edit.anchor.body, *_block(edit.code)],
    signatures.Argument: _with_argument,
    signatures.DropArgument: _without_argument,
    signatures.Parameter: _with_parameter,
    signatures.Default: _with_default,
}

"""Edits made in abstract trees: what a rehearsal runs, without the text that a candidate gets.

Only the nodes around an edit are copied. The others are those of the target's own tree, so that
code compiled for them serves every edit.
"""

from __future__ import annotations

import ast
import copy
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from researchers.program_analysis.editing import expressions, signatures, statements
from researchers.program_analysis.editing.edit import Edit
from researchers.program_analysis.editing.revision import Revision
from researchers.program_analysis.module import Module

_HELD = "_held_"
_SUITES = ("body", "orelse", "finalbody")
Nodes = Sequence[ast.AST]


class UnsketchedError(Exception):
    """The edit cannot be made in the abstract tree."""


def revised(revision: Revision) -> Sequence[ast.stmt]:
    """The statements of a revised module; raises UnsketchedError, SyntaxError and ValueError."""
    if revision.imports:
        return ast.parse(revision.text).body
    return sketched(revision.module, revision.edits)


def sketched(module: Module, edits: Iterable[Edit]) -> Sequence[ast.stmt]:
    """The statements of a module after edits; those of inner nodes are made first."""
    by_anchor: dict[ast.AST, list[Edit]] = defaultdict(list)
    path: set[ast.AST] = {module.tree}
    for edit in edits:
        by_anchor[edit.anchor].append(edit)
        path.update((edit.anchor, *module.ancestors(edit.anchor)))
    (tree,) = _rebuilt(module.tree, path, by_anchor)
    assert isinstance(tree, ast.Module)
    return tree.body


def _rebuilt(node: ast.AST, path: set[ast.AST], edits: Mapping[ast.AST, Sequence[Edit]]) -> Nodes:
    """The nodes that stand in a node's place."""
    if node not in path:
        return [node]
    new = copy.copy(node)
    for name, value in ast.iter_fields(node):
        if isinstance(value, ast.AST):
            parts = _rebuilt(value, path, edits)
            if len(parts) != 1:
                raise UnsketchedError(f"{len(parts)} nodes for one")
            setattr(new, name, parts[0])
        elif isinstance(value, list):
            children: list[Any] = []
            for child in value:
                held = isinstance(child, ast.AST)
                children += _rebuilt(child, path, edits) if held else [child]
            if name in _SUITES and value and not children:
                children = [ast.Pass()]
            setattr(new, name, children)
    return _edited(new, edits.get(node, ()))


def _edited(node: ast.AST, edits: Sequence[Edit]) -> Nodes:
    """What edits of one node make of it; what comes in above and below stays outside."""
    made: list[ast.AST] = [node]
    for edit in sorted(edits, key=lambda e: isinstance(e, _INSERTIONS)):
        if isinstance(edit, statements.Before):
            made = [*_block(edit.code), *made]
        elif isinstance(edit, statements.After):
            made = [*made, *_block(edit.code)]
        else:
            how = _EDITS.get(type(edit))
            stored = isinstance(getattr(node, "ctx", None), ast.Store | ast.Del)
            if how is None or stored or (isinstance(edit, _WHOLE) and _is_elif(edit)):
                raise UnsketchedError(type(edit).__name__)
            (lone,) = made
            made = [*how(edit, lone)]
    return made


def _is_elif(edit: Edit) -> bool:
    """Whether an `elif` changes as a whole: what comes for it is not of its `if` any more."""
    start, _ = edit.module.span(edit.anchor)
    return isinstance(edit.anchor, ast.If) and edit.module.text.startswith("elif", start)


_INSERTIONS = (statements.Before, statements.After)
_WHOLE = (statements.Replace, statements.Remove, statements.Enclose)


@lru_cache(maxsize=8192)
def _block(code: str) -> tuple[ast.stmt, ...]:
    return tuple(ast.parse(code).body)


@lru_cache(maxsize=8192)
def _value(code: str) -> ast.expr:
    return ast.parse(f"({code}\n)", mode="eval").body


def _swapped(edit: expressions.Swap, node: Any) -> Nodes:
    return [_value(edit.code)]


def _wrapped(edit: expressions.Wrap, node: Any) -> Nodes:
    return [_filled(_value(edit.form.replace("{}", _HELD, 1)), node)]


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


def operated(edit: expressions.Operator, node: Any) -> Any:
    """The operation with its new operator; raises UnsketchedError where there is none."""
    pattern = _value(f"a {edit.form} b")
    new: Any = copy.copy(node)
    if isinstance(node, ast.Compare) and isinstance(pattern, ast.Compare):
        new.ops = [*node.ops]
        new.ops[edit.link] = pattern.ops[0]
    elif isinstance(pattern, _OPERATED.get(type(node), ())):
        new.op = pattern.op
    else:
        raise UnsketchedError(edit.form)
    return new


def _enclosed(edit: statements.Enclose, node: Any) -> Nodes:
    (outer,) = _block(f"{edit.header}\n    pass")
    new: Any = copy.copy(outer)
    new.body = [node]
    return [new]


def _unwrapped(edit: statements.Unwrap, node: Any) -> Nodes:
    if not isinstance(node, ast.If):
        raise UnsketchedError("no `if`")
    return node.body


def _with_body(edit: statements.Body, node: Any) -> Nodes:
    new: Any = copy.copy(node)
    documented = isinstance(new, ast.FunctionDef) and ast.get_docstring(new) is not None
    kept = new.body[:1] if documented and len(new.body) > 1 else []
    new.body = [*kept, *_block(edit.code)]
    return [new]


def _appended(edit: statements.Append, node: Any) -> Nodes:
    new: Any = copy.copy(node)
    new.body = [*new.body, *_block(edit.code)]
    return [new]


def _with_argument(edit: signatures.Argument, node: Any) -> Nodes:
    new: Any = copy.copy(node)
    new.keywords = [*new.keywords, ast.keyword(edit.name, _value(edit.code))]
    return [new]


def _without_argument(edit: signatures.DropArgument, node: Any) -> Nodes:
    new: Any = copy.copy(node)
    new.keywords = [k for k in new.keywords if k.arg != edit.name]
    return [new]


def _with_parameter(edit: signatures.Parameter, node: Any) -> Nodes:
    new: Any = copy.copy(node)
    spec = new.args = copy.copy(new.args)
    if spec.vararg or spec.kwonlyargs:
        spec.kwonlyargs = [*spec.kwonlyargs, ast.arg(edit.name)]
        spec.kw_defaults = [*spec.kw_defaults, _value(edit.code)]
    else:
        spec.args = [*spec.args, ast.arg(edit.name)]
        spec.defaults = [*spec.defaults, _value(edit.code)]
    return [new]


def _with_default(edit: signatures.Default, node: Any) -> Nodes:
    new: Any = copy.copy(node)
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


_EDITS: dict[type[Edit], Callable[[Any, Any], Nodes]] = {
    expressions.Swap: _swapped,
    expressions.Wrap: _wrapped,
    expressions.Operator: lambda edit, node: [operated(edit, node)],
    expressions.DropFilter: lambda edit, node: [],
    statements.Replace: lambda edit, node: _block(edit.code),
    statements.Remove: lambda edit, node: [],
    statements.Unwrap: _unwrapped,
    statements.Enclose: _enclosed,
    statements.Body: _with_body,
    statements.Append: _appended,
    signatures.Argument: _with_argument,
    signatures.DropArgument: _without_argument,
    signatures.Parameter: _with_parameter,
    signatures.Default: _with_default,
}

"""Puts any value through any call or operation that the module knows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.deep.places import values
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import locals_at
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.sites import brief, draft, wrapped

_CALLS = (
    "len", "sorted", "list", "set", "abs", "sum", "max", "min", "int", "str", "reversed", "tuple",
    "dict", "float", "bool", "range", "enumerate", "iter", "next",
)  # fmt: skip
_FORMS = (
    "{} + 1", "{} - 1", "{}[0]", "{}[-1]", "{}[1]", "{}[1:]", "{}[:-1]", "{}[::-1]", "-{}",
    "not {}", "{} // 2", "{} * 2", "len({}) - 1", "[{}]", "({},)", "{} + [0]", "{}()",
)  # fmt: skip
LOCALS = 4


def drafts(context: Context) -> Iterator[Draft]:
    """Calls of the module's own functions first."""
    for module, function, node in values(context):
        code = wrapped(module, node)
        for rank, form in enumerate(_forms(module, function, node)):
            yield draft(
                module, node, f"Make `{form.format('…')}` of `{brief(module, node)}`",
                "a call or an operation may be missing", 0.99**rank,
                edits.swap(module, node, form.format(code)),
            )  # fmt: skip


def _forms(module: Module, function: Function, node: ast.expr) -> Iterator[str]:
    for other in module.functions:
        if other.is_static or other.owner not in ("", function.owner):
            continue
        holder = f"{other.node.name}" if not other.owner else f"self.{other.node.name}"
        needed = [p for p in other.positional if p not in other.defaults]
        if len(needed) == 1 and (not other.owner or function.owner):
            yield f"{holder}({{}})"
    for name in _attributes(module):
        yield f"{{}}.{name}"
    yield from (f"{name}({{}})" for name in _CALLS)
    yield from _FORMS
    for name in locals_at(module, node)[:LOCALS]:
        for link in ("+", "-", "*", "//", "%"):
            yield f"{{}} {link} {name}"
        yield f"{name} - {{}}"
        yield f"{name}[{{}}]"
        yield f"{{}}[{name}]"
        yield f"min({{}}, {name})"
        yield f"max({{}}, {name})"


@lru_cache(maxsize=64)
def _attributes(module: Module) -> tuple[str, ...]:
    """Attributes that the module reads, and its methods without arguments as calls."""
    found: dict[str, None] = {}
    for node in module.nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            parent = module.parents.get(node)
            called = isinstance(parent, ast.Call) and parent.func is node
            if not called:
                found[node.attr] = None
            elif isinstance(parent, ast.Call) and not parent.args and not parent.keywords:
                found[f"{node.attr}()"] = None
    return tuple(found)


OPERATOR = Operator("wrap_value", "insert missing call", "bug_fix", 0.02, drafts, blind=True)

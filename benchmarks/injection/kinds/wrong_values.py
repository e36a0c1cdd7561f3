"""Wrong literals: in assignments, anywhere in code, and as defaults of parameters."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from benchmarks.injection.kinds.kind import ODC, PAN, STUBS, kind
from benchmarks.injection.kinds.literals import is_number, mistyped
from benchmarks.injection.module import Function, Module
from benchmarks.injection.place import Place, at, swap_text


@kind("WVAV", ODC, "wrong value assigned to variable")
def wrong_value_assigned(module: Module) -> Iterator[Place]:
    for node in module.code(everywhere=True):
        match node:
            case ast.Assign(value=value) | ast.AugAssign(value=value):
                yield at(node, *mistyped(module, value))
            case ast.AnnAssign(value=ast.Constant() as value):
                yield at(node, *mistyped(module, value))


@kind("change-numeral", STUBS, "change numeric literal")
def wrong_numeral(module: Module) -> Iterator[Place]:
    for node in module.code(everywhere=True):
        assigned = isinstance(module.parents.get(node), ast.Assign | ast.AnnAssign)
        if isinstance(node, ast.Constant) and is_number(node) and not assigned:
            yield at(node, *mistyped(module, node))


@kind("change-boolean", STUBS, "swap boolean literal")
def wrong_boolean(module: Module) -> Iterator[Place]:
    for node in module.code(everywhere=True):
        if isinstance(node, ast.Constant) and isinstance(node.value, bool):
            yield at(node, swap_text(module, node, repr(not node.value)))


@kind("MD-CHG", PAN, "change of method declaration: another default")
def wrong_default(module: Module) -> Iterator[Place]:
    for node in ast.walk(module.tree):
        if isinstance(node, Function):
            for default in (*node.args.defaults, *node.args.kw_defaults):
                if default is not None:
                    yield at(default, *mistyped(module, default))

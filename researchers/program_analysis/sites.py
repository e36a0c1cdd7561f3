"""Where blind operators look, and how they write.

An operator is blind when its edits carry no finding: it tries what often is wrong. Blind operators
stay within the most suspicious functions of a large program, so that their number stays bounded.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import lru_cache

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.draft import Draft
from researchers.program_analysis.localize import NEVER_RAN, Suspicion
from researchers.program_analysis.module import Function, Module
from tasks.records.change import Finding

FOCUS = 12_000
"""Syntax nodes that blind operators look at, in all."""
ENOUGH = 2_000
"""On test suites, nodes beyond which functions that no failing test ran through are left out."""
SHORT = 45

Place = tuple[Module, Function, ast.AST]
Option = tuple[str, float, edits.Edit]
"""What it does, a factor on the evidence, and the edit."""


def draft(
    module: Module, node: ast.AST, title: str, why: str, strength: float, *changes: edits.Edit
) -> Draft:
    """A draft at a node that changes one module."""
    return Draft(
        f"{title} in {where(module, node)}", why, location(module, node),
        changed(module, *changes), strength,
    )  # fmt: skip


def instead(
    module: Module, node: ast.AST, verb: str, code: str, why: str, strength: float
) -> Draft:
    """A draft that writes other code for a node; `verb` begins its title."""
    title = f"{verb} `{code}` for `{brief(module, node)}`"
    return draft(module, node, title, why, strength, edits.swap(module, node, code))


def as_found(
    finding: Finding, module: Module, node: ast.AST, options: Iterable[Option]
) -> Iterator[Draft]:
    """A draft for each way to mend what a finding says of a node."""
    for what, factor, edit in options:
        yield Draft(
            f"{what} in {where(module, node)}", finding.evidence, location(module, edit.anchor),
            changed(module, edit), finding.strength * factor, findings=(finding.id,),
        )  # fmt: skip


def each(context: Context, *types: type[ast.AST]) -> Iterator[Place]:
    """Nodes of these classes in the bodies of focused functions, with the function around."""
    for module, function in focused(context):
        for node in body_nodes(module, function):
            if isinstance(node, types):
                yield module, function, node


@lru_cache(maxsize=8)
def focused(context: Context) -> tuple[tuple[Module, Function], ...]:
    """Editable functions, most suspicious first, up to `FOCUS` nodes in all.

    On test suites, what is all but cleared fills up to `ENOUGH`: its edits would come last anyway.
    """
    suspicion = Suspicion(context.program)
    known = [(suspicion.of(f.path, f.name), module, f) for module, f in context.functions()]
    known.sort(key=lambda place: -place[0])
    chosen: list[tuple[Module, Function]] = []
    nodes = 0
    for doubt, module, function in known:
        nodes += len(body_nodes(module, function))
        cleared = context.program.is_suite and doubt <= NEVER_RAN
        if chosen and nodes > (ENOUGH if cleared else FOCUS):
            break
        chosen.append((module, function))
    return tuple(chosen)


@lru_cache(maxsize=4096)
def body_nodes(module: Module, function: Function) -> tuple[ast.AST, ...]:
    """Nodes of a function's own body and defaults: no inner functions, docstring, annotations."""
    found: list[ast.AST] = [*function.defaults.values()]
    waiting: list[ast.AST] = list(function.node.body)
    while waiting:
        node = waiting.pop(0)
        if is_docstring(node) or module.function_of(node) is not function:
            continue
        found.append(node)
        note = node.annotation if isinstance(node, ast.AnnAssign) else None
        waiting += [child for child in ast.iter_child_nodes(node) if child is not note]
    return tuple(found)


def is_docstring(node: ast.AST) -> bool:
    """Whether a statement is a literal that does nothing."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """The lists of statements that a node holds."""
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
            yield block


def is_elif(module: Module, node: ast.AST) -> bool:
    """Whether an `if` is written as an `elif`."""
    return isinstance(node, ast.If) and module.code(node).startswith("elif")


def is_looped(module: Module, node: ast.AST) -> bool:
    """Whether a node stands within a loop."""
    return any(isinstance(a, ast.For | ast.While) for a in module.ancestors(node))


def plain(module: Module, statement: ast.stmt) -> str:
    """A statement's own text without the indentation of its block."""
    start = module.offset(statement.lineno, 0)
    before = module.text[start : module.span(statement)[0]]
    indent = before if not before.strip() else ""
    first, *rest = module.code(statement).split("\n")
    return "\n".join([first, *(line.removeprefix(indent) for line in rest)])


def indented(code: str) -> str:
    """Code one level deeper."""
    return "\n".join(f"    {line}" if line.strip() else line for line in code.split("\n"))


def wrapped(module: Module, node: ast.expr) -> str:
    """An expression's text that may stand anywhere an operand may."""
    atom = ast.Name | ast.Attribute | ast.Call | ast.Subscript | ast.Constant | ast.List | ast.Dict
    code = module.code(node)
    return code if isinstance(node, atom | ast.Set | ast.ListComp | ast.JoinedStr) else f"({code})"


def brief(module: Module, node: ast.AST) -> str:
    """A node's text in one short line, for a title; the next one around that has a text."""
    while not hasattr(node, "lineno"):
        node = module.parents[node]
    return shorten(module.code(node), SHORT)

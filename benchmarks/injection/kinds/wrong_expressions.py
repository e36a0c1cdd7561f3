"""Wrong names, attributes, operands and operators in expressions."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from benchmarks.injection.kinds.arithmetic import CONFUSED, WORDS, other_operators
from benchmarks.injection.kinds.kind import PAN, PYSTUBS, STUBS, kind
from benchmarks.injection.module import Module
from benchmarks.injection.place import Edit, Place, at, enclosed, swap_text


def _others(module: Module, node: ast.Name) -> Iterator[Edit]:
    names = (name for name in module.names_before(node) if name != node.id)
    return (swap_text(module, node, name) for name in names)


@kind("change-identifier", STUBS, "change identifier used")
def wrong_identifier(module: Module) -> Iterator[Place]:
    for node in module.code():
        passed = isinstance(module.parents.get(node), ast.Call | ast.BinOp)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and not passed:
            yield at(node, *_others(module, node))


@kind("change-attribute", PYSTUBS, "change attribute used")
def wrong_attribute(module: Module) -> Iterator[Place]:
    seen: dict[str, dict[str, None]] = {}
    plain = [
        (node, node.value.id)
        for node in module.code()
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    ]
    for node, owner in plain:
        seen.setdefault(owner, {})[node.attr] = None
    for node, owner in plain:
        called = isinstance(module.parents.get(node), ast.Call)
        if isinstance(node.ctx, ast.Load) and not called:
            others = (f"{owner}.{attr}" for attr in seen[owner] if attr != node.attr)
            yield at(node, *(swap_text(module, node, other) for other in others))


@kind("change-operand", STUBS, "change operand")
def wrong_operand(module: Module) -> Iterator[Place]:
    for node in module.code():
        if isinstance(node, ast.BinOp):
            for operand in (node.left, node.right):
                if isinstance(operand, ast.Name):
                    yield at(operand, *_others(module, operand))


@kind("change-operator", STUBS, "change operator")
def wrong_operator(module: Module) -> Iterator[Place]:
    for node in module.code():
        if isinstance(node, ast.BinOp):
            yield at(node, *other_operators(module, node))
        elif isinstance(node, ast.AugAssign):
            yield at(node, *_other_updates(module, node))


def _other_updates(module: Module, node: ast.AugAssign) -> Iterator[Edit]:
    start, end = module.end(node.target), module.start(node.value)
    word = WORDS.get(type(node.op), "")
    found = module.text.find(f"{word}=", start, end)
    if word and found >= 0:
        for new in (*CONFUSED[word], ""):
            yield Edit(found, found + len(word), new)


@kind("change-unary", STUBS, "change unary operator")
def wrong_unary(module: Module) -> Iterator[Place]:
    for node in module.code():
        match node:
            case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert(), operand=operand):
                yield at(node, swap_text(module, node, enclosed(module, operand)))
            case ast.Return(value=ast.Call() | ast.Compare() | ast.BoolOp() as value):
                yield at(node, swap_text(module, value, f"not {enclosed(module, value)}"))


@kind("AS-CE", PAN, "change of assignment expression")
def wrong_assignment(module: Module) -> Iterator[Place]:
    for node in module.code():
        if isinstance(node, ast.Assign):
            texts = _parts(module, node.value)
            yield at(node, *(swap_text(module, node.value, text) for text in texts))


def _parts(module: Module, value: ast.expr) -> tuple[str, ...]:
    match value:
        case ast.BinOp(left=left, right=right):
            return enclosed(module, left), enclosed(module, right)
        case ast.IfExp(body=body, orelse=orelse):
            return enclosed(module, body), enclosed(module, orelse)
        case ast.BoolOp(values=values):
            return tuple(enclosed(module, part) for part in values)
        case ast.Call(args=[only], keywords=[]) if not isinstance(only, ast.Starred):
            return (enclosed(module, only),)
        case ast.Subscript(value=whole):
            return (module.source(whole),)
    return ()

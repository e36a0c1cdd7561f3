"""Conditions of branches and loops that say something else than they should."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from benchmarks.injection.kinds.kind import ODC, PAN, STUBS, kind
from benchmarks.injection.module import Module
from benchmarks.injection.place import (
    Edit,
    Place,
    at,
    enclosed,
    joined,
    operator_between,
    swap_text,
)

WORDS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}
_OPPOSITE = {
    "==": "!=",
    "!=": "==",
    "<": ">=",
    "<=": ">",
    ">": "<=",
    ">=": "<",
    "is": "is not",
    "is not": "is",
    "in": "not in",
    "not in": "in",
}
_BOUNDARY = {"<": ("<=",), "<=": ("<",), ">": (">=",), ">=": (">",), "==": ("<=", ">=")}


def _tests(module: Module) -> Iterator[ast.expr]:
    """Conditions of branches: statements, expressions and comprehensions."""
    for node in module.code():
        if isinstance(node, ast.If | ast.IfExp):
            yield node.test
        elif isinstance(node, ast.comprehension):
            yield from node.ifs


def compared(module: Module, node: ast.AST, table: Mapping[str, tuple[str, ...]]) -> Iterator[Edit]:
    """Edits that put another comparison from the table in place of each one in a node."""
    for found in ast.walk(node):
        if isinstance(found, ast.Compare):
            operands = [found.left, *found.comparators]
            for left, op, right in zip(operands, found.ops, operands[1:], strict=False):
                word = WORDS[type(op)]
                for new in table.get(word, ()):
                    edit = operator_between(module, left, right, word, new)
                    if edit is not None:
                        yield edit


@kind("WLEC", ODC, "wrong logical expression used as branch condition")
def wrong_condition(module: Module) -> Iterator[Place]:
    opposite = {old: (new,) for old, new in _OPPOSITE.items()}
    for test in _tests(module):
        edits = [*compared(module, test, opposite)]
        match test:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                edits.append(swap_text(module, test, enclosed(module, operand)))
            case ast.BoolOp(op=op, values=values):
                word = "or" if isinstance(op, ast.And) else "and"
                edits.append(swap_text(module, test, joined(module, values, word)))
            case ast.Compare():
                pass
            case _:
                edits.append(swap_text(module, test, f"not {enclosed(module, test)}"))
        yield at(test, *edits)


@kind("IF-CC", PAN, "change of if condition expression: its boundary")
def wrong_boundary(module: Module) -> Iterator[Place]:
    for test in _tests(module):
        yield at(test, *compared(module, test, _BOUNDARY))


@kind("LP-CC", PAN, "change of loop predicate")
def wrong_loop(module: Module) -> Iterator[Place]:
    for node in module.code():
        match node:
            case ast.While(test=test):
                yield at(test, *compared(module, test, _BOUNDARY))
            case ast.For(iter=ast.Call(func=ast.Name(id="range"), args=args)) if args:
                stop = args[0] if len(args) == 1 else args[1]
                text = enclosed(module, stop)
                edits = [swap_text(module, stop, f"{text} {sign} 1") for sign in "+-"]
                if len(args) == 1:
                    edits.append(swap_text(module, stop, f"1, {text}"))
                yield at(node, *edits)
            case ast.For(iter=ast.Name() | ast.Attribute() as sequence):
                text = module.source(sequence)
                parts = (f"{text}[1:]", f"{text}[:-1]")
                yield at(node, *(swap_text(module, sequence, part) for part in parts))


def _other_tests(module: Module, test: ast.expr) -> list[str]:
    function = module.function_of(test)
    texts = [
        enclosed(module, other)
        for other in _tests(module)
        if other is not test and module.function_of(other) is function
    ]
    names = [name for name in module.names_before(test) if name != module.source(test)]
    return [*dict.fromkeys(t for t in texts if "\n" not in t), *names, *(f"not {n}" for n in names)]


def _widened(module: Module, word: str) -> Iterator[Place]:
    for test in _tests(module):
        own = enclosed(module, test)
        texts = (f"{own} {word} {other}" for other in _other_tests(module, test))
        yield at(test, *(swap_text(module, test, text) for text in texts))


@kind("more-specific-if", STUBS, "a condition that asks for too much")
def too_specific(module: Module) -> Iterator[Place]:
    return _widened(module, "and")


@kind("less-specific-if", STUBS, "a condition that asks for too little")
def too_general(module: Module) -> Iterator[Place]:
    return _widened(module, "or")

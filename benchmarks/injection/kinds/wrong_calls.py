"""Calls with wrong, missing or exchanged arguments, and calls of something else."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator, Sequence

from benchmarks.injection.kinds.arithmetic import other_operators
from benchmarks.injection.kinds.kind import ODC, PAN, PYTER, STUBS, kind
from benchmarks.injection.kinds.literals import mistyped
from benchmarks.injection.kinds.relatives import relatives_of
from benchmarks.injection.module import Module
from benchmarks.injection.place import Edit, Place, at, enclosed, swap_text

_CONVERSIONS = {"str", "int", "float", "bool", "list", "tuple", "set", "frozenset", "dict", "bytes"}


def _calls(module: Module) -> Iterator[ast.Call]:
    return (node for node in module.code() if isinstance(node, ast.Call))


def _positional(call: ast.Call) -> Sequence[ast.expr]:
    starred = any(isinstance(argument, ast.Starred) for argument in call.args)
    return () if starred else call.args


def _arguments(module: Module) -> Iterator[ast.expr]:
    for call in _calls(module):
        yield from _positional(call)
        yield from (keyword.value for keyword in call.keywords if keyword.arg)


@kind("MC-DNP", PAN, "method call with different number of parameters")
def missing_argument(module: Module) -> Iterator[Place]:
    for call in _calls(module):
        named = [k for k in call.keywords if k.arg]
        arguments: list[ast.expr | ast.keyword] = [*_positional(call), *named]
        edits = []
        for i, argument in enumerate(arguments):
            last = i == len(call.args) - 1 and i > 0
            if isinstance(argument, ast.keyword) or last:
                before = module.end(arguments[i - 1]) if i else module.start(argument)
                edits.append(Edit(before, module.end(argument), ""))
        yield at(call, *edits)


@kind("MC-DAP", PAN, "method call with different actual parameter values")
def wrong_actual_value(module: Module) -> Iterator[Place]:
    for argument in _arguments(module):
        match argument:
            case ast.Constant():
                yield at(argument, *mistyped(module, argument))
            case ast.Attribute(value=inner) | ast.Call(func=ast.Attribute(value=inner), args=[]):
                yield at(argument, swap_text(module, argument, module.source(inner)))


@kind("swap-arguments", STUBS, "same function, swapped arguments")
def swapped_arguments(module: Module) -> Iterator[Place]:
    for call in _calls(module):
        arguments = _positional(call)
        pairs = itertools.pairwise(arguments)
        yield at(call, *(_exchanged(module, first, second) for first, second in pairs))


def _exchanged(module: Module, first: ast.expr, second: ast.expr) -> Edit:
    between = module.text[module.end(first) : module.start(second)]
    text = module.source(second) + between + module.source(first)
    return Edit(module.start(first), module.end(second), text)


@kind("WPFV", ODC, "wrong variable used in parameter of function call")
def wrong_variable_passed(module: Module) -> Iterator[Place]:
    for argument in _arguments(module):
        if isinstance(argument, ast.Name):
            others = (n for n in module.names_before(argument) if n != argument.id)
            yield at(argument, *(swap_text(module, argument, other) for other in others))


@kind("WAEP", ODC, "wrong arithmetic expression used in parameter of function call")
def wrong_arithmetic_passed(module: Module) -> Iterator[Place]:
    for argument in _arguments(module):
        if isinstance(argument, ast.BinOp):
            operands = (module.source(argument.left), module.source(argument.right))
            alone = (swap_text(module, argument, text) for text in operands)
            yield at(argument, *other_operators(module, argument), *alone)


@kind("wrong-function", STUBS, "wrong function name")
def wrong_function(module: Module) -> Iterator[Place]:
    for call in _calls(module):
        match call.func:
            case ast.Name() as name:
                others = relatives_of(module, call, name.id)
                yield at(call, *(swap_text(module, name, other) for other in others))
            case ast.Attribute(value=value, attr=attr) as attribute:
                others = relatives_of(module, call, attr)
                start = module.end(attribute) - len(attr)
                if start > module.end(value):
                    yield at(call, *(Edit(start, start + len(attr), o) for o in others))


@kind("SQ-AMO", PAN, "missing method call in a sequence of operations on an object")
def missing_operation(module: Module) -> Iterator[Place]:
    for call in _calls(module):
        used = not isinstance(module.parents.get(call), ast.Expr)
        match call:
            case ast.Call(func=ast.Attribute(value=value), args=args) if used and len(args) < 2:
                yield at(call, swap_text(module, call, module.source(value)))


@kind("missing-conversion", PYTER, "a conversion of the type is missing")
def missing_conversion(module: Module) -> Iterator[Place]:
    for call in _calls(module):
        match call:
            case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if (
                name in _CONVERSIONS and not isinstance(argument, ast.Starred | ast.GeneratorExp)
            ):
                yield at(call, swap_text(module, call, enclosed(module, argument)))

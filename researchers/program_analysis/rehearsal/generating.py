"""Bodies of generators: statements that may yield, as Python's own generators."""

from __future__ import annotations

import ast
from collections.abc import Callable, Generator, Sequence
from functools import lru_cache
from typing import Any

from researchers.program_analysis.rehearsal.expressions import assignment, expression
from researchers.program_analysis.rehearsal.frames import Frame
from researchers.program_analysis.rehearsal.handlers import matching, naming
from researchers.program_analysis.rehearsal.limits import CONTROL, Refused
from researchers.program_analysis.rehearsal.made import is_made
from researchers.program_analysis.rehearsal.scopes import Names
from researchers.program_analysis.rehearsal.statements import (
    Break,
    Continue,
    Returned,
    block,
    entering,
    statement,
)
from researchers.program_analysis.rehearsal.streams import finite, metered

Running = Generator[Any, Any, Any]
Run = Callable[[Frame], Running]
"""Runs a statement; what it returns ends its block, as of a plain statement."""
_YIELDS = (ast.Yield, ast.YieldFrom)
_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def yields(nodes: Sequence[ast.AST]) -> bool:
    """Whether there is a `yield` among nodes, those of inner functions left aside."""
    return any(_known(node) for node in nodes)


@lru_cache(maxsize=16384)
def _known(node: ast.AST) -> bool:
    """Kept, as an edit leaves most statements what they were."""
    return _yields(node)


def _yields(node: ast.AST) -> bool:
    if isinstance(node, _YIELDS):
        return True
    return not isinstance(node, _INNER) and any(map(_yields, ast.iter_child_nodes(node)))


def generating(nodes: Sequence[ast.stmt], names: Names) -> Run:
    """Compiles a block of which some statement yields."""
    parts = [_statement(node, names) for node in nodes]

    def run(frame: Frame) -> Running:
        for part in parts:
            end = yield from part(frame)
            if end is not None:
                return end
        return None

    return run


def _statement(node: ast.stmt, names: Names) -> Run:
    if not yields([node]) or isinstance(node, _INNER):
        plain = statement(node, names)

        def run(frame: Frame) -> Running:
            return plain(frame)
            yield

        return run
    how = _NODES.get(type(node))
    return how(node, names) if how is not None else _refusing(type(node).__name__)


def _refusing(what: str) -> Run:
    def run(frame: Frame) -> Running:
        raise Refused(f"yield in {what}")
        yield

    return run


def _yielded(node: ast.expr | None, names: Names) -> Run:
    """A `yield` or `yield from` as a whole expression; its value is what the run returns."""
    if isinstance(node, ast.YieldFrom):
        records = expression(node.value, names)

        def every(frame: Frame) -> Running:
            given = records(frame)
            if not isinstance(given, Generator) and not is_made(type(given)):
                given = metered(finite(given))
            return (yield from given)

        return every
    if isinstance(node, ast.Yield):
        value = expression(node.value, names) if node.value is not None else lambda frame: None

        def one(frame: Frame) -> Running:
            frame.world.meter.spend()
            return (yield value(frame))

        return one
    return _refusing("an expression")


def _expression(node: ast.Expr, names: Names) -> Run:
    value = _yielded(node.value, names)

    def run(frame: Frame) -> Running:
        yield from value(frame)
        return None

    return run


def _assign(node: ast.Assign, names: Names) -> Run:
    value = _yielded(node.value, names)
    targets = [assignment(target, names) for target in node.targets]

    def run(frame: Frame) -> Running:
        held = yield from value(frame)
        for assign in targets:
            assign(frame, held)
        return None

    return run


def _return(node: ast.Return, names: Names) -> Run:
    value = _yielded(node.value, names)

    def run(frame: Frame) -> Running:
        return Returned((yield from value(frame)))

    return run


def _if(node: ast.If, names: Names) -> Run:
    test = expression(node.test, names)
    body, other = generating(node.body, names), generating(node.orelse, names)

    def run(frame: Frame) -> Running:
        return (yield from (body if test(frame) else other)(frame))

    return run


def _while(node: ast.While, names: Names) -> Run:
    test = expression(node.test, names)
    body, other = generating(node.body, names), generating(node.orelse, names)

    def run(frame: Frame) -> Running:
        while test(frame):
            frame.world.meter.spend()
            end = yield from body(frame)
            if end is Break:
                return None
            if end is not None and end is not Continue:
                return end
        return (yield from other(frame))

    return run


def _for(node: ast.For, names: Names) -> Run:
    records, assign = expression(node.iter, names), assignment(node.target, names)
    body, other = generating(node.body, names), generating(node.orelse, names)

    def run(frame: Frame) -> Running:
        for record in records(frame):
            frame.world.meter.spend()
            assign(frame, record)
            end = yield from body(frame)
            if end is Break:
                return None
            if end is not None and end is not Continue:
                return end
        return (yield from other(frame))

    return run


def _try(node: ast.Try, names: Names) -> Run:
    body, other = generating(node.body, names), generating(node.orelse, names)
    handlers = [
        (matching(h, names), naming(h, names), generating(h.body, names)) for h in node.handlers
    ]
    last = block(node.finalbody, names)

    def attempt(frame: Frame) -> Running:
        try:
            end = yield from body(frame)
        except CONTROL:
            raise
        except BaseException as error:
            for catches, name, handle in handlers:
                if catches(frame, error):
                    with name(frame, error):
                        return (yield from handle(frame))
            raise
        return (yield from other(frame)) if end is None else end

    def run(frame: Frame) -> Running:
        try:
            end = yield from attempt(frame)
        except CONTROL:
            raise
        except BaseException:
            ended = last(frame)
            if ended is not None:
                return ended
            raise
        ended = last(frame)
        return end if ended is None else ended

    return run if node.finalbody else attempt


def _with(node: ast.With, names: Names) -> Run:
    first, *rest = node.items
    body = _with(ast.With(rest, node.body), names) if rest else generating(node.body, names)
    enter = entering(first, names)

    def run(frame: Frame) -> Running:
        leave = enter(frame)
        try:
            end = yield from body(frame)
        except CONTROL:
            raise
        except BaseException as error:
            if not leave(type(error), error, None):
                raise
            return None
        leave(None, None, None)
        return end

    return run


_NODES: dict[type[ast.stmt], Callable[[Any, Names], Run]] = {
    ast.Expr: _expression, ast.Assign: _assign, ast.Return: _return, ast.If: _if,
    ast.While: _while, ast.For: _for, ast.Try: _try, ast.With: _with,
}  # fmt: skip

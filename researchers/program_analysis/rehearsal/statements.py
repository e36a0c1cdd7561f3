"""Statements as closures: each takes a frame and gives what ends its block, or None."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from researchers.program_analysis.rehearsal import attributes, operators
from researchers.program_analysis.rehearsal.closed import Closed
from researchers.program_analysis.rehearsal.expressions import assignment, expression
from researchers.program_analysis.rehearsal.frames import Code, Frame
from researchers.program_analysis.rehearsal.handlers import matching, naming
from researchers.program_analysis.rehearsal.holders import owner
from researchers.program_analysis.rehearsal.importing import importing, importing_from
from researchers.program_analysis.rehearsal.limits import CONTROL, Refused
from researchers.program_analysis.rehearsal.made import is_made
from researchers.program_analysis.rehearsal.naming import refusal, store
from researchers.program_analysis.rehearsal.scopes import Names


@dataclass(frozen=True)
class Returned:
    """A function ends with this value."""

    value: Any


class Break:
    """A loop ends."""


class Continue:
    """A round ends."""


_UNIMPORTED = frozenset({"ImportError", "ModuleNotFoundError"})
"""What a handler names that is ready for modules that are not there."""


def block(nodes: Sequence[ast.stmt], names: Names) -> Code:
    """Compiles statements that follow one another."""
    parts = [statement(node, names) for node in nodes if not isinstance(node, ast.Pass)]
    if len(parts) == 1:
        return parts[0]

    def run(frame: Frame) -> Any:
        for part in parts:
            end = part(frame)
            if end is not None:
                return end
        return None

    return run


def statement(node: ast.stmt, names: Names) -> Code:
    """Compiles one statement; what is not known raises Refused when it is reached."""
    how = _NODES.get(type(node))
    return how(node, names) if how is not None else refusal(type(node).__name__)


def _expression(node: ast.Expr, names: Names) -> Code:
    value = expression(node.value, names)

    def run(frame: Frame) -> None:
        value(frame)

    return run


def _assign(node: ast.Assign, names: Names) -> Code:
    value = expression(node.value, names)
    targets = [assignment(target, names) for target in node.targets]
    if len(targets) == 1:
        (assign,) = targets
        return lambda frame: assign(frame, value(frame))

    def run(frame: Frame) -> None:
        held = value(frame)
        for assign in targets:
            assign(frame, held)

    return run


def _annotated(node: ast.AnnAssign, names: Names) -> Code:
    if node.value is None:
        return lambda frame: None
    value, assign = expression(node.value, names), assignment(node.target, names)
    return lambda frame: assign(frame, value(frame))


def _augmented(node: ast.AugAssign, names: Names) -> Code:
    value, operate = expression(node.value, names), operators.IN_PLACE[type(node.op)]
    target = node.target
    if isinstance(target, ast.Name):
        read = expression(ast.Name(target.id, ast.Load()), names)
        assign = store(target.id, names)
        return lambda frame: assign(frame, operate(read(frame), value(frame)))
    if isinstance(target, ast.Attribute):
        holder, name = expression(target.value, names), names.mangled(target.attr)

        def on_attribute(frame: Frame) -> None:
            held = holder(frame)
            made = operate(attributes.read(held, name), value(frame))
            attributes.write(held, name, made)

        return on_attribute
    container, key = expression(target.value, names), expression(target.slice, names)

    def on_element(frame: Frame) -> None:
        held, place = container(frame), key(frame)
        operators.set_item(held, place, operate(operators.item(held, place), value(frame)))

    return on_element


def _return(node: ast.Return, names: Names) -> Code:
    if node.value is None:
        nothing = Returned(None)
        return lambda frame: nothing
    value = expression(node.value, names)
    return lambda frame: Returned(value(frame))


def _if(node: ast.If, names: Names) -> Code:
    other = block(node.orelse, names) if node.orelse else lambda frame: None
    return choosing(expression(node.test, names), block(node.body, names), other)


def choosing(test: Code, body: Code, other: Code) -> Code:
    """The code of an `if`."""
    return lambda frame: body(frame) if test(frame) else other(frame)


def _while(node: ast.While, names: Names) -> Code:
    test, body = expression(node.test, names), block(node.body, names)
    other = block(node.orelse, names)

    def run(frame: Frame) -> Any:
        meter = frame.world.meter
        while test(frame):
            meter.spend()
            end = body(frame)
            if end is Break:
                return None
            if end is not None and end is not Continue:
                return end
        return other(frame)

    return run


def _for(node: ast.For, names: Names) -> Code:
    records, assign = expression(node.iter, names), assignment(node.target, names)
    body, other = block(node.body, names), block(node.orelse, names)

    def run(frame: Frame) -> Any:
        meter = frame.world.meter
        for record in records(frame):
            meter.spend()
            assign(frame, record)
            end = body(frame)
            if end is Break:
                return None
            if end is not None and end is not Continue:
                return end
        return other(frame)

    return run


def _raise(node: ast.Raise, names: Names) -> Code:
    if node.exc is None:

        def again(frame: Frame) -> Any:
            caught = sys.exc_info()[1]
            if caught is None or isinstance(caught, CONTROL):
                raise RuntimeError("No active exception to reraise")
            raise caught

        return again
    raised = expression(node.exc, names)
    cause = expression(node.cause, names) if node.cause is not None else None

    def run(frame: Frame) -> Any:
        error = _exception(raised(frame), "exceptions must derive from BaseException")
        if cause is None:
            raise error
        told = cause(frame)
        if told is not None:
            told = _exception(told, "exception causes must derive from BaseException")
        raise error from told

    return run


def _exception(value: Any, otherwise: str) -> BaseException:
    """An exception, made where a class stands for it."""
    if isinstance(value, type) and issubclass(value, BaseException):
        value = attributes.call(value, [], {})
    if type(value) is Closed:
        raise Refused(value.name)
    if not isinstance(value, BaseException):
        raise TypeError(otherwise)
    return value


def _try(node: ast.Try, names: Names) -> Code:
    return attempting(node, names, block)


def attempting(
    node: ast.Try, names: Names, inner: Callable[[Sequence[ast.stmt], Names], Code]
) -> Code:
    """The code of a `try` whose blocks are compiled by `inner`."""
    body, other, last = (inner(b, names) for b in (node.body, node.orelse, node.finalbody))
    handlers = [
        (matching(handler, names), naming(handler, names), inner(handler.body, names))
        for handler in node.handlers
    ]
    if any(_is_for_imports(handler) for handler in node.handlers):
        body = _doubting(body)

    def attempt(frame: Frame) -> Any:
        try:
            end = body(frame)
        except CONTROL:
            raise
        except BaseException as error:
            for catches, name, handle in handlers:
                if catches(frame, error):
                    with name(frame, error):
                        return handle(frame)
            raise
        return other(frame) if end is None else end

    if not node.finalbody:
        return attempt

    def run(frame: Frame) -> Any:
        try:
            end = attempt(frame)
        except CONTROL:
            raise
        except BaseException:
            ended = last(frame)
            if ended is not None:
                return ended
            raise
        ended = last(frame)
        return end if ended is None else ended

    return run


def _is_for_imports(handler: ast.ExceptHandler) -> bool:
    kinds = ast.walk(handler.type) if handler.type is not None else ()
    return any(isinstance(k, ast.Name) and k.id in _UNIMPORTED for k in kinds)


def _doubting(body: Code) -> Code:
    """A block that is ready for modules that are not there: unknown ones are taken not to be."""

    def run(frame: Frame) -> Any:
        frame.world.doubts += 1
        try:
            return body(frame)
        finally:
            frame.world.doubts -= 1

    return run


def _with(node: ast.With, names: Names) -> Code:
    first, *rest = node.items
    inner = ast.With(rest, node.body) if rest else None
    body = _with(inner, names) if inner is not None else block(node.body, names)
    enter = entering(first, names)

    def run(frame: Frame) -> Any:
        leave = enter(frame)
        try:
            end = body(frame)
        except CONTROL:
            raise
        except BaseException as error:
            if not leave(type(error), error, None):
                raise
            return None
        leave(None, None, None)
        return end

    return run


def entering(item: ast.withitem, names: Names) -> Callable[[Frame], Callable[..., Any]]:
    """Enters a context, and gives what leaves it."""
    context = expression(item.context_expr, names)
    assign = assignment(item.optional_vars, names) if item.optional_vars is not None else None

    def run(frame: Frame) -> Callable[..., Any]:
        manager = context(frame)
        enter, leave = (_manager(manager, name) for name in ("__enter__", "__exit__"))
        held = enter()
        if assign is not None:
            assign(frame, held)
        return leave

    return run


def _manager(manager: Any, name: str) -> Callable[..., Any]:
    if not is_made(type(manager)) and not hasattr(manager, "rehearsed_context"):
        raise Refused("a context manager")
    kind = type(manager)
    base = owner(kind.__mro__, name)
    if base is None:
        raise TypeError(f"{kind.__name__!r} object is no context manager")
    method: Callable[..., Any] = base.__dict__[name].__get__(manager, kind)
    return method


def _assert(node: ast.Assert, names: Names) -> Code:
    test = expression(node.test, names)
    message = expression(node.msg, names) if node.msg is not None else None

    def run(frame: Frame) -> None:
        if not test(frame):
            raise AssertionError(*told(frame))

    def told(frame: Frame) -> tuple[Any, ...]:
        try:
            return () if message is None else (message(frame),)
        except Refused:
            return ()  # It fails all the same, and few ask for the message.

    return run


def _delete(node: ast.Delete, names: Names) -> Code:
    parts = [_deleted(target, names) for target in node.targets]

    def run(frame: Frame) -> None:
        for part in parts:
            part(frame)

    return run


def _deleted(target: ast.expr, names: Names) -> Code:
    if isinstance(target, ast.Subscript):
        holder, key = expression(target.value, names), expression(target.slice, names)

        def delete(frame: Frame) -> None:
            operators.delete_item(holder(frame), key(frame))

        return delete
    if isinstance(target, ast.Attribute):
        owner, name = expression(target.value, names), names.mangled(target.attr)
        return lambda frame: attributes.delete(owner(frame), name)
    if isinstance(target, ast.Name) and names.depth(target.id) == 0:
        gone = target.id

        def unbind(frame: Frame) -> None:
            if frame.vars.pop(gone, refusal) is refusal:
                raise UnboundLocalError(gone)

        return unbind
    return refusal("del")


def _definition(node: ast.FunctionDef, names: Names) -> Code:
    from researchers.program_analysis.rehearsal.functions import definition

    return definition(node, names)


def _class(node: ast.ClassDef, names: Names) -> Code:
    from researchers.program_analysis.rehearsal.classes import class_definition

    return class_definition(node, names)


def _nothing(node: ast.stmt, names: Names) -> Code:
    return lambda frame: None


_NODES: dict[type[ast.stmt], Callable[[Any, Names], Code]] = {
    ast.Expr: _expression, ast.Assign: _assign, ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented, ast.Return: _return, ast.If: _if, ast.While: _while, ast.For: _for,
    ast.Raise: _raise, ast.Try: _try, ast.With: _with, ast.Assert: _assert, ast.Delete: _delete,
    ast.Import: importing, ast.ImportFrom: importing_from, ast.FunctionDef: _definition,
    ast.ClassDef: _class, ast.Pass: _nothing, ast.Global: _nothing, ast.Nonlocal: _nothing,
    ast.Break: lambda node, names: lambda frame: Break,
    ast.Continue: lambda node, names: lambda frame: Continue,
}  # fmt: skip

"""Expressions as closures: each takes a frame and gives the value."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from researchers.program_analysis.rehearsal import attributes, operators
from researchers.program_analysis.rehearsal.frames import Code, Frame
from researchers.program_analysis.rehearsal.limits import Refused, paid
from researchers.program_analysis.rehearsal.naming import outwards, refusal, store
from researchers.program_analysis.rehearsal.scopes import Names, of_comprehension
from researchers.program_analysis.rehearsal.weights import weighed


def expression(node: ast.expr, names: Names) -> Code:
    """Compiles an expression; what is not known raises Refused when it is reached."""
    how = _NODES.get(type(node))
    return how(node, names) if how is not None else refusal(type(node).__name__)


def _constant(node: ast.Constant, names: Names) -> Code:
    value = node.value
    return lambda frame: value


def _name(node: ast.Name, names: Names) -> Code:
    name, depth = node.id, names.depth(node.id)
    own = names.mangled(name)

    def read_global(frame: Frame) -> Any:
        try:
            return frame.globals[name]
        except KeyError:
            return _builtin(frame, name)

    def read_local(frame: Frame) -> Any:
        try:
            return frame.vars[name]
        except KeyError:
            raise UnboundLocalError(name) from None

    def read_in_class(frame: Frame) -> Any:
        return frame.vars[own] if own in frame.vars else read_global(frame)

    def read_outer(frame: Frame) -> Any:
        try:
            return outwards(frame, depth or 0).vars[name]
        except KeyError:
            raise NameError(name) from None

    if depth is None:
        return read_global
    if depth == 0:
        return read_in_class if names.kind == "class" else read_local
    return read_outer


def _builtin(frame: Frame, name: str) -> Any:
    """What a name means that a module does not bind; raises NameError, and Refused for `*`."""
    try:
        return frame.world.builtin(name)
    except NameError:
        if "*" in frame.globals:
            raise Refused(f"{name}, which may come of import *") from None
        raise


def _boolean(node: ast.BoolOp, names: Names) -> Code:
    parts = [expression(value, names) for value in node.values]
    *firsts, last = parts
    wanted = isinstance(node.op, ast.Or)

    def decide(frame: Frame) -> Any:
        for part in firsts:
            value = part(frame)
            if bool(value) is wanted:
                return value
        return last(frame)

    return decide


def _unary(node: ast.UnaryOp, names: Names) -> Code:
    operand, operate = expression(node.operand, names), operators.UNARY[type(node.op)]
    return lambda frame: operate(operand(frame))


def _binary(node: ast.BinOp, names: Names) -> Code:
    left, right = expression(node.left, names), expression(node.right, names)
    operate = operators.BINARY[type(node.op)]
    return lambda frame: operate(left(frame), right(frame))


def _compare(node: ast.Compare, names: Names) -> Code:
    first = expression(node.left, names)
    links = [
        (operators.COMPARE[type(op)], expression(other, names))
        for op, other in zip(node.ops, node.comparators, strict=True)
    ]
    if len(links) == 1:
        compare, second = links[0]
        return lambda frame: compare(first(frame), second(frame))

    def chain(frame: Frame) -> Any:
        left, result = first(frame), True
        for compare, other in links:
            right = other(frame)
            result = compare(left, right)
            if not result:
                break
            left = right
        return result

    return chain


def _choice(node: ast.IfExp, names: Names) -> Code:
    test, body, other = (expression(n, names) for n in (node.test, node.body, node.orelse))
    return lambda frame: body(frame) if test(frame) else other(frame)


def _attribute(node: ast.Attribute, names: Names) -> Code:
    holder, name = expression(node.value, names), names.mangled(node.attr)
    return lambda frame: attributes.read(holder(frame), name)


def _subscript(node: ast.Subscript, names: Names) -> Code:
    holder, key = expression(node.value, names), expression(node.slice, names)
    return lambda frame: operators.item(holder(frame), key(frame))


def _slice(node: ast.Slice, names: Names) -> Code:
    ends = [
        expression(end, names) if end is not None else lambda frame: None
        for end in (node.lower, node.upper, node.step)
    ]
    return lambda frame: operators.part(*(end(frame) for end in ends))


def _call(node: ast.Call, names: Names) -> Code:
    if isinstance(node.func, ast.Name) and node.func.id == "super" and not node.args:
        return _super(names)
    if isinstance(node.func, ast.Name) and node.func.id in _SPACES and not node.args:
        return _SPACES[node.func.id](node.func.id, names)
    function = expression(node.func, names)
    arguments = _several(node.args, names)
    keywords = [(k.arg, expression(k.value, names)) for k in node.keywords]

    def call_plainly(frame: Frame) -> Any:
        called = function(frame)
        return attributes.call(called, arguments(frame), {})

    def call(frame: Frame) -> Any:
        called, given = function(frame), arguments(frame)
        named: dict[str, Any] = {}
        for name, value in keywords:
            more = {name: value(frame)} if name is not None else dict(value(frame))
            if not named.keys().isdisjoint(more):
                raise TypeError("got multiple values for keyword argument")
            named.update(more)
        return attributes.call(called, given, named)

    return call if keywords else call_plainly


def _super(names: Names) -> Code:
    first = names.first

    def parent(frame: Frame) -> Any:
        if frame.home is None or not frame.home or not first:
            raise Refused("super()")
        return super(frame.home[0], frame.vars[first])

    return parent


def _globals(name: str, names: Names) -> Code:
    """`globals()`: the variables of the program's module, and nothing of Python's."""
    return lambda frame: frame.globals if _is_builtin(frame, name) else refusal(name)(frame)


def _locals(name: str, names: Names) -> Code:
    return lambda frame: dict(frame.vars) if _is_builtin(frame, name) else refusal(name)(frame)


def _is_builtin(frame: Frame, name: str) -> bool:
    return name not in frame.globals and name not in frame.vars


_SPACES = {"globals": _globals, "locals": _locals}


def _several(nodes: Sequence[ast.expr], names: Names) -> Callable[[Frame], list[Any]]:
    """The values of a display or of arguments, starred ones spread."""
    if not any(isinstance(n, ast.Starred) for n in nodes):
        parts = [expression(n, names) for n in nodes]
        return lambda frame: [part(frame) for part in parts]
    marked = [
        (
            isinstance(n, ast.Starred),
            expression(n.value if isinstance(n, ast.Starred) else n, names),
        )
        for n in nodes
    ]

    def spread(frame: Frame) -> list[Any]:
        found: list[Any] = []
        for starred, part in marked:
            value = part(frame)
            found += frame.world.records(value) if starred else [value]
        return found

    return spread


def _display(make: Callable[[list[Any]], Any]) -> Callable[[Any, Names], Code]:
    def compiled(node: ast.List | ast.Tuple | ast.Set, names: Names) -> Code:
        several = _several(node.elts, names)
        return lambda frame: paid(make(several(frame)))

    return compiled


def _set(records: list[Any]) -> set[Any]:
    return set(weighed(records))


def _dict(node: ast.Dict, names: Names) -> Code:
    pairs = [
        (None if key is None else expression(key, names), expression(value, names))
        for key, value in zip(node.keys, node.values, strict=True)
    ]

    def mapping(frame: Frame) -> Any:
        found: dict[Any, Any] = {}
        for key, value in pairs:
            if key is None:
                spread = value(frame)
                if not isinstance(spread, dict):
                    spread = {
                        weighed(k): operators.item(spread, k)
                        for k in attributes.call(attributes.read(spread, "keys"), [], {})
                    }
                found.update(spread)
            else:
                told = weighed(key(frame))
                found[told] = value(frame)
        return found

    return mapping


def _comprehension(node: Any, names: Names) -> Callable[[Frame], Iterator[Any]]:
    """The records of a comprehension, one by one; pairs of a dict's."""
    inner = of_comprehension(node.generators, names)
    if any(loop.is_async for loop in node.generators):
        return refusal("async for")
    loops = [
        (
            expression(loop.iter, names if place == 0 else inner),
            assignment(loop.target, inner),
            [expression(test, inner) for test in loop.ifs],
        )
        for place, loop in enumerate(node.generators)
    ]
    if isinstance(node, ast.DictComp):
        key, held = expression(node.key, inner), expression(node.value, inner)

        def pair(frame: Frame) -> Any:
            told = weighed(key(frame))
            return told, held(frame)

        element: Code = pair
    elif isinstance(node, ast.SetComp):
        member = expression(node.elt, inner)
        element = lambda frame: weighed(member(frame))  # noqa: E731
    else:
        element = expression(node.elt, inner)
    in_class = names.kind == "class"

    def rounds(frame: Frame, records: Any, place: int) -> Iterator[Any]:
        _, assign, tests = loops[place]
        for record in records:
            frame.world.meter.spend()
            assign(frame, record)
            if all(test(frame) for test in tests):
                if place + 1 == len(loops):
                    yield element(frame)
                else:
                    following = iter(loops[place + 1][0](frame))
                    yield from rounds(frame, following, place + 1)

    def start(frame: Frame) -> Iterator[Any]:
        records = iter(loops[0][0](frame))
        around = frame.outer if in_class else frame
        return rounds(Frame(frame.world, {}, around, frame.globals, frame.home), records, 0)

    return start


def _gathered(make: Callable[[Iterator[Any]], Any]) -> Callable[[Any, Names], Code]:
    def compiled(node: Any, names: Names) -> Code:
        start = _comprehension(node, names)
        return lambda frame: paid(make(start(frame)))

    return compiled


def _lambda(node: ast.Lambda, names: Names) -> Code:
    from researchers.program_analysis.rehearsal.functions import lambda_function

    return lambda_function(node, names)


def _text(node: ast.JoinedStr, names: Names) -> Code:
    parts = [expression(value, names) for value in node.values]
    return lambda frame: paid("".join(part(frame) for part in parts))


def _formatted(node: ast.FormattedValue, names: Names) -> Code:
    value = expression(node.value, names)
    form = expression(node.format_spec, names) if node.format_spec else None
    conversion = {-1: None, 115: str, 114: repr, 97: ascii}[node.conversion]

    def formatted(frame: Frame) -> str:
        held = value(frame)
        if conversion is not None:
            held = conversion(weighed(held))
        return operators.formatted(held, form(frame) if form is not None else "")

    return formatted


def _named(node: ast.NamedExpr, names: Names) -> Code:
    value, assign = expression(node.value, names), assignment(node.target, names)

    def bind(frame: Frame) -> Any:
        held = value(frame)
        assign(frame, held)
        return held

    return bind


def assignment(target: ast.expr, names: Names) -> Callable[[Frame, Any], None]:
    """Compiles the target of an assignment."""
    if isinstance(target, ast.Name):
        return store(target.id, names)
    if isinstance(target, ast.Attribute):
        holder, name = expression(target.value, names), names.mangled(target.attr)
        return lambda frame, value: attributes.write(holder(frame), name, value)
    if isinstance(target, ast.Subscript):
        holder, key = expression(target.value, names), expression(target.slice, names)
        return lambda frame, value: operators.set_item(holder(frame), key(frame), value)
    if isinstance(target, ast.Tuple | ast.List):
        return _unpacking(target, names)
    code = refusal(type(target).__name__)
    return lambda frame, value: code(frame)


def _unpacking(target: ast.Tuple | ast.List, names: Names) -> Callable[[Frame, Any], None]:
    starred = [n for n, part in enumerate(target.elts) if isinstance(part, ast.Starred)]
    parts = [
        assignment(part.value if isinstance(part, ast.Starred) else part, names)
        for part in target.elts
    ]
    wanted = len(parts)

    def unpack(frame: Frame, value: Any) -> None:
        values = frame.world.records(value)
        if starred:
            behind = wanted - starred[0] - 1
            if len(values) < wanted - 1:
                raise ValueError(_few(f"at least {wanted - 1}", len(values)))
            end = len(values) - behind
            values = [*values[: starred[0]], values[starred[0] : end], *values[end:]]
        if len(values) != wanted:
            many = f"too many values to unpack (expected {wanted})"
            raise ValueError(many if len(values) > wanted else _few(str(wanted), len(values)))
        for assign, held in zip(parts, values, strict=True):
            assign(frame, held)

    return unpack


def _few(wanted: str, got: int) -> str:
    return f"not enough values to unpack (expected {wanted}, got {got})"


_NODES: dict[type[ast.AST], Callable[[Any, Names], Code]] = {
    ast.Constant: _constant, ast.Name: _name, ast.BoolOp: _boolean, ast.UnaryOp: _unary,
    ast.BinOp: _binary, ast.Compare: _compare, ast.IfExp: _choice, ast.Attribute: _attribute,
    ast.Subscript: _subscript, ast.Slice: _slice, ast.Call: _call, ast.Dict: _dict,
    ast.List: _display(list), ast.Tuple: _display(tuple), ast.Set: _display(_set),
    ast.ListComp: _gathered(list), ast.SetComp: _gathered(set), ast.DictComp: _gathered(dict),
    ast.GeneratorExp: _comprehension, ast.Lambda: _lambda, ast.JoinedStr: _text,
    ast.FormattedValue: _formatted, ast.NamedExpr: _named,
}  # fmt: skip

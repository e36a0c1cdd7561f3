"""Functions, lambdas and classes of the rehearsed program, as callables and classes of Python."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Generator
from functools import cache, lru_cache
from typing import Any

from researchers.program_analysis.rehearsal import attributes, made
from researchers.program_analysis.rehearsal.expressions import expression
from researchers.program_analysis.rehearsal.frames import Code, Frame
from researchers.program_analysis.rehearsal.generating import generating, yields
from researchers.program_analysis.rehearsal.limits import DEEPEST, TooDeep
from researchers.program_analysis.rehearsal.naming import store
from researchers.program_analysis.rehearsal.scopes import Names, of_function
from researchers.program_analysis.rehearsal.statements import Returned, block

_KINDS = inspect.Parameter


def definition(node: ast.FunctionDef, names: Names) -> Code:
    """Compiles a `def`."""
    make = _maker(node.name, node.args, _body(node, names), names)
    decorators = [expression(d, names) for d in node.decorator_list]
    assign, told = store(node.name, names), ast.get_docstring(node, clean=False)

    def define(frame: Frame) -> None:
        wraps = [decorator(frame) for decorator in decorators]
        function = make(frame)
        function.__doc__ = told
        for wrap in reversed(wraps):
            function = attributes.call(wrap, [function], {})
        assign(frame, function)

    return define


def lambda_function(node: ast.Lambda, names: Names) -> Code:
    """Compiles a lambda."""
    inner = of_function(node, names)
    body = expression(node.body, inner)
    return _maker("<lambda>", node.args, lambda: body, names)


def _body(node: ast.FunctionDef, names: Names) -> Callable[[], Code]:
    """What compiles the body when it is called first, as most functions never are."""
    if names.is_within_function:
        return cache(lambda: _compiled(node, names))
    return lambda: _outermost(node, names.owner)


@lru_cache(maxsize=4096)
def _outermost(node: ast.FunctionDef, owner: str) -> Code:
    """The body of a function or method of a module; made once for each node."""
    module = Names("module")
    return _compiled(node, Names("class", module, title=owner) if owner else module)


def _compiled(node: ast.FunctionDef, names: Names) -> Code:
    inner = of_function(node, names)
    if yields(node.body):
        run = generating(node.body, inner)

        def generate(frame: Frame) -> Generator[Any, Any, Any]:
            end = yield from run(frame)
            return end.value if isinstance(end, Returned) else None

        return generate
    plain = block(node.body, inner)

    def body(frame: Frame) -> Any:
        end = plain(frame)
        return end.value if end is not None else None

    return body


def _maker(name: str, spec: ast.arguments, compiled: Callable[[], Code], names: Names) -> Code:
    """Code that makes the function where its definition is reached."""
    plain = [a.arg for a in (*spec.posonlyargs, *spec.args)]
    defaults = [expression(d, names) for d in spec.defaults]
    keyword = [
        (a.arg, None if d is None else expression(d, names))
        for a, d in zip(spec.kwonlyargs, spec.kw_defaults, strict=True)
    ]
    simple = not (spec.vararg or spec.kwarg or keyword)
    in_class = names.kind == "class"

    weight = len(plain) + len(keyword)

    def make(frame: Frame) -> Callable[..., Any]:
        frame.world.meter.spend(weight)
        given = [default(frame) for default in defaults]
        named_defaults = {k: d(frame) for k, d in keyword if d is not None}
        binding: list[_Binding] = []
        least = len(plain) - len(given)
        world, shared = frame.world, frame.globals
        around, home = (frame.outer, frame.home) if in_class else (frame, frame.home)
        meter = world.meter

        def function(*values: Any, **named: Any) -> Any:
            count = len(values)
            if simple and not named and least <= count <= len(plain):
                variables = dict(zip(plain, (*values, *given[count - least :]), strict=True))
            else:
                if not binding:
                    binding.append(_Binding(name, spec, given, named_defaults))
                variables = binding[0](values, named)
            meter.spend()
            meter.depth += 1
            try:
                if meter.depth > DEEPEST:
                    raise TooDeep("maximum recursion depth exceeded")
                return compiled()(Frame(world, variables, around, shared, home))
            finally:
                meter.depth -= 1

        function.__name__ = function.__qualname__ = name
        function.__module__ = made.HOME
        function.__dict__[made.MADE] = True
        function.__dict__[made.PARAMETERS] = tuple(plain)
        return function

    return make


class _Binding:
    """Arguments to parameters, as Python binds them."""

    def __init__(
        self, name: str, spec: ast.arguments, defaults: list[Any], named: dict[str, Any]
    ) -> None:
        plain: list[tuple[str, Any]] = [(a.arg, _KINDS.POSITIONAL_ONLY) for a in spec.posonlyargs]
        plain += [(a.arg, _KINDS.POSITIONAL_OR_KEYWORD) for a in spec.args]
        first = len(plain) - len(defaults)
        parameters = [
            _KINDS(arg, kind, default=defaults[n - first] if n >= first else _KINDS.empty)
            for n, (arg, kind) in enumerate(plain)
        ]
        if spec.vararg:
            parameters.append(_KINDS(spec.vararg.arg, _KINDS.VAR_POSITIONAL))
        for arg in spec.kwonlyargs:
            default = named.get(arg.arg, _KINDS.empty)
            parameters.append(_KINDS(arg.arg, _KINDS.KEYWORD_ONLY, default=default))
        if spec.kwarg:
            parameters.append(_KINDS(spec.kwarg.arg, _KINDS.VAR_KEYWORD))
        self._name = name
        self._signature = inspect.Signature(parameters)

    def __call__(self, values: tuple[Any, ...], named: dict[str, Any]) -> dict[str, Any]:
        try:
            bound = self._signature.bind(*values, **named)
        except TypeError as error:
            raise TypeError(f"{self._name}() {error}") from None
        bound.apply_defaults()
        return dict(bound.arguments)

"""Evaluation of expressions on what a run was seen to hold, without running anything of the target.

A small interpreter of pure expressions over plain values. It knows operators, a few builtins,
methods that change nothing, and functions of the target that are one expression. What it does not
know ends in `Unknown`; what would raise in the target raises `Raised` here.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from researchers.program_analysis.binding import bound_anywhere
from researchers.program_analysis.ingredients import defined
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.operations import (
    LONGEST,
    PLAIN,
    Raised,
    Unknown,
    bounded,
    compared,
    natural,
    operated,
    plain,
    told,
)
from researchers.program_analysis.program import Program
from researchers.program_analysis.states import Instance, Untold

STEPS = 3_000
"""Nodes that one evaluation may visit."""
DEPTH = 4
"""Calls of the target's functions within one another."""

Scope = Mapping[str, object]


_CALLS: dict[str, Callable[..., Any]] = {
    f.__name__: f
    for f in (
        len, min, max, sum, abs, int, float, str, bool, list, tuple, set, dict, sorted, range,
        reversed, enumerate, zip, any, all, ord, chr, round, divmod, frozenset,
    )
}  # fmt: skip
_METHODS: dict[type, frozenset[str]] = {
    str: frozenset(
        {"startswith", "endswith", "strip", "lstrip", "rstrip", "lower", "upper", "title",
         "capitalize", "casefold", "split", "rsplit", "splitlines", "find", "rfind", "index",
         "count", "replace", "isdigit", "isalpha", "isalnum", "isspace", "isupper", "islower",
         "isdecimal", "isnumeric", "isidentifier", "join", "partition", "rpartition",
         "removeprefix", "removesuffix", "swapcase"}
    ),
    list: frozenset({"index", "count", "copy"}),
    tuple: frozenset({"index", "count"}),
    dict: frozenset({"get", "keys", "values", "items", "copy"}),
    set: frozenset(
        {"union", "intersection", "difference", "issubset", "issuperset", "isdisjoint", "copy"}
    ),
    bytes: frozenset({"startswith", "endswith", "strip", "lower", "upper", "find", "count"}),
    int: frozenset({"bit_length"}),
    float: frozenset({"is_integer"}),
}  # fmt: skip
"""Methods that change nothing."""
_MATH = frozenset(
    {"sqrt", "floor", "ceil", "gcd", "log", "log2", "exp", "pow", "fabs", "isqrt", "isnan", "isinf",
     "hypot", "trunc", "pi", "inf", "e"}
)  # fmt: skip
_TYPES = {t.__name__: t for t in (int, float, str, bool, list, tuple, set, dict, bytes, frozenset)}


class Evaluator:
    """Evaluates expressions of one module."""

    def __init__(self, program: Program, module: Module) -> None:
        self._program = program
        self._module = module
        self._steps = 0
        self._depth = 0

    def value(self, node: ast.expr, scope: Scope) -> object:
        """The value of an expression where names have these values; raises Unknown and Raised."""
        self._steps, self._depth = STEPS, 0
        try:
            return self._of(node, scope)
        except (RecursionError, MemoryError) as error:
            raise Unknown from error

    def truth(self, value: object) -> bool:
        """Whether a value is true; raises Unknown."""
        if isinstance(value, Untold):
            if value.length is None:
                raise Unknown
            return value.length > 0
        if isinstance(value, Instance):
            return self._instance_truth(value)
        return bool(value)

    def _instance_truth(self, value: Instance) -> bool:
        known = self._program.classes
        for name in value.classes[:-1]:
            if name not in known or {"__bool__", "__len__"} & _methods(known[name].node):
                raise Unknown
        return True

    def _of(self, node: ast.AST, scope: Scope) -> Any:
        self._steps -= 1
        if self._steps < 0:
            raise Unknown
        how = _NODES.get(type(node))
        if how is None:
            raise Unknown
        return how(self, node, scope)

    def _constant(self, node: ast.Constant, scope: Scope) -> object:
        if node.value is ... or isinstance(node.value, complex):
            raise Unknown
        return node.value

    def _name(self, node: ast.Name, scope: Scope) -> object:
        if node.id in scope:
            return scope[node.id]
        constants = _constants(self._module)
        if node.id in constants:
            return self._of(constants[node.id], {})
        known = bound_anywhere(self._module)
        if known is not None and node.id not in known:
            raise Raised("NameError")
        raise Unknown

    def _boolean(self, node: ast.BoolOp, scope: Scope) -> object:
        wanted = isinstance(node.op, ast.Or)
        value: object = None
        for part in node.values:
            value = self._of(part, scope)
            if self.truth(value) == wanted:
                break
        return value

    def _unary(self, node: ast.UnaryOp, scope: Scope) -> object:
        value = self._of(node.operand, scope)
        if isinstance(node.op, ast.Not):
            return not self.truth(value)
        plain(value)
        if isinstance(node.op, ast.USub):
            return natural(operator.neg, value)
        return natural(operator.pos if isinstance(node.op, ast.UAdd) else operator.invert, value)

    def _binary(self, node: ast.BinOp, scope: Scope) -> object:
        left, right = self._of(node.left, scope), self._of(node.right, scope)
        plain(left, right)
        return operated(type(node.op), left, right)

    def _compare(self, node: ast.Compare, scope: Scope) -> object:
        left = self._of(node.left, scope)
        for link, following in zip(node.ops, node.comparators, strict=True):
            right = self._of(following, scope)
            if not self.truth(compared(type(link), left, right)):
                return False
            left = right
        return True

    def _choice(self, node: ast.IfExp, scope: Scope) -> object:
        chosen = node.body if self.truth(self._of(node.test, scope)) else node.orelse
        return self._of(chosen, scope)

    def _subscript(self, node: ast.Subscript, scope: Scope) -> object:
        holder = self._of(node.value, scope)
        plain(holder)
        if isinstance(node.slice, ast.Slice):
            parts = (node.slice.lower, node.slice.upper, node.slice.step)
            ends = [None if p is None else self._of(p, scope) for p in parts]
            plain(*ends)
            return natural(lambda: holder[slice(*ends)])
        key = self._of(node.slice, scope)
        plain(key)
        return natural(lambda: holder[key])

    def _attribute(self, node: ast.Attribute, scope: Scope) -> object:
        if isinstance(node.value, ast.Name) and node.value.id == "math" and node.attr in _MATH:
            return getattr(math, node.attr)
        holder = self._of(node.value, scope)
        if isinstance(holder, Instance) and node.attr in holder.fields:
            return holder.fields[node.attr]
        if holder is None:
            raise Raised("AttributeError")
        raise Unknown

    def _sequence(self, node: ast.List | ast.Tuple | ast.Set, scope: Scope) -> object:
        make = {ast.List: list, ast.Tuple: tuple, ast.Set: set}[type(node)]
        values = [self._of(part, scope) for part in node.elts]
        return natural(lambda: make(values))

    def _mapping(self, node: ast.Dict, scope: Scope) -> object:
        if any(key is None for key in node.keys):
            raise Unknown
        pairs = [
            (self._of(k, scope), self._of(v, scope))
            for k, v in zip(node.keys, node.values, strict=True)
            if k is not None
        ]
        return natural(lambda: dict(pairs))

    def _listed(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp, scope: Scope) -> object:
        make = set if isinstance(node, ast.SetComp) else list
        found = [self._of(node.elt, s) for s in self._rounds(node.generators, scope)]
        return natural(lambda: make(found))

    def _mapped(self, node: ast.DictComp, scope: Scope) -> object:
        rounds = self._rounds(node.generators, scope)
        pairs = [(self._of(node.key, s), self._of(node.value, s)) for s in rounds]
        return natural(lambda: dict(pairs))

    def _rounds(self, loops: list[ast.comprehension], scope: Scope) -> Iterator[Scope]:
        if not loops:
            yield scope
            return
        loop, *others = loops
        records = self._of(loop.iter, scope)
        plain(records)
        for record in natural(lambda: _first(records)):
            inner = {**scope, **_bound(loop.target, record)}
            if all(self.truth(self._of(test, inner)) for test in loop.ifs):
                yield from self._rounds(others, inner)

    def _call(self, node: ast.Call, scope: Scope) -> object:
        if any(isinstance(a, ast.Starred) for a in node.args) or any(
            k.arg is None for k in node.keywords
        ):
            raise Unknown
        if isinstance(node.func, ast.Name):
            return self._named(node.func.id, node, scope)
        assert isinstance(node.func, ast.AST)
        if not isinstance(node.func, ast.Attribute):
            raise Unknown
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "math":
            return self._builtin(self._attribute(node.func, scope), node, scope)
        holder = self._of(node.func.value, scope)
        for kind, names in _METHODS.items():
            if type(holder) is kind and node.func.attr in names:
                return self._builtin(getattr(holder, node.func.attr), node, scope)
        raise Unknown

    def _named(self, name: str, node: ast.Call, scope: Scope) -> object:
        if name in scope:
            raise Unknown
        known = _functions(self._module).get(name)
        if known is not None:
            return self._own(known, node, scope)
        if name in defined(self._module):
            raise Unknown
        if name == "isinstance" and len(node.args) == 2:
            return self._is_instance(self._of(node.args[0], scope), node.args[1])
        if name == "len" and len(node.args) == 1:
            held = self._of(node.args[0], scope)
            if isinstance(held, Untold) and held.length is not None:
                return held.length
        if name not in _CALLS:
            raise Unknown
        return self._builtin(_CALLS[name], node, scope)

    def _builtin(self, function: Any, node: ast.Call, scope: Scope) -> object:
        values = [self._of(a, scope) for a in node.args]
        named = {str(k.arg): self._of(k.value, scope) for k in node.keywords}
        (plain if function is len else told)(*values, *named.values())
        if not callable(function):
            raise Raised("TypeError")
        if function is round and len(values) > 1:
            raise Unknown  # of a whole number to places before the point: a power of ten
        found = natural(lambda: function(*values, **named))
        if isinstance(found, reversed | enumerate | zip):
            return natural(lambda: list(islice(found, LONGEST)))
        if not isinstance(found, (*PLAIN, Instance, Untold)):
            found = list(islice(found, LONGEST))
        return bounded(found)

    def _own(self, function: Function, node: ast.Call, scope: Scope) -> object:
        """A call of a function that is one expression."""
        result = _single(function)
        if result is None or node.keywords or self._depth >= DEPTH:
            raise Unknown
        if len(node.args) != len(function.positional):
            raise Unknown
        values = [self._of(a, scope) for a in node.args]
        self._depth += 1
        found = self._of(result, dict(zip(function.positional, values, strict=True)))
        self._depth -= 1
        return found

    def _is_instance(self, value: object, kinds: ast.expr) -> bool:
        names = [n for n in ast.walk(kinds) if isinstance(n, ast.Name)]
        if not all(isinstance(n, ast.Name | ast.Tuple | ast.Load) for n in ast.walk(kinds)):
            raise Unknown
        classes = (
            value.classes if isinstance(value, Instance | Untold)
            else tuple(c.__name__ for c in type(value).__mro__)
        )  # fmt: skip
        for name in names:
            if name.id not in _TYPES and name.id not in self._program.classes:
                raise Unknown
        if not classes:
            raise Unknown
        return any(name.id in classes for name in names)


_NODES: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Constant: Evaluator._constant, ast.Name: Evaluator._name, ast.BoolOp: Evaluator._boolean,
    ast.UnaryOp: Evaluator._unary, ast.BinOp: Evaluator._binary, ast.Compare: Evaluator._compare,
    ast.IfExp: Evaluator._choice, ast.Subscript: Evaluator._subscript,
    ast.Attribute: Evaluator._attribute, ast.List: Evaluator._sequence,
    ast.Tuple: Evaluator._sequence, ast.Set: Evaluator._sequence, ast.Dict: Evaluator._mapping,
    ast.ListComp: Evaluator._listed, ast.SetComp: Evaluator._listed,
    ast.GeneratorExp: Evaluator._listed, ast.DictComp: Evaluator._mapped,
    ast.Call: Evaluator._call,
}  # fmt: skip


def _first(records: Any) -> list[object]:
    return list(islice(iter(records), LONGEST))


def _bound(target: ast.expr, value: object) -> dict[str, object]:
    if isinstance(target, ast.Name):
        return {target.id: value}
    if isinstance(target, ast.Tuple | ast.List) and isinstance(value, tuple | list | str):
        if len(target.elts) != len(value):
            raise Raised("ValueError")
        found: dict[str, object] = {}
        for part, entry in zip(target.elts, value, strict=True):
            found.update(_bound(part, entry))
        return found
    raise Unknown


@lru_cache(maxsize=512)
def _constants(module: Module) -> dict[str, ast.expr]:
    """Names that the module's top level gives one value, and nothing else."""
    found: dict[str, list[ast.expr]] = {}
    for node in module.nodes:
        if isinstance(node, ast.Global):
            for name in node.names:
                found.setdefault(name, []).append(ast.Constant(None))
    for statement in module.tree.body:
        if isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(statement.value)
        elif isinstance(statement, ast.AnnAssign | ast.AugAssign) and statement.value is not None:
            held = getattr(statement.target, "id", "")
            found.setdefault(held, []).append(statement.value)
    return {name: values[0] for name, values in found.items() if len(values) == 1}


@lru_cache(maxsize=512)
def _functions(module: Module) -> dict[str, Function]:
    return {f.node.name: f for f in module.functions if f.name == f.node.name}


@lru_cache(maxsize=4096)
def _single(function: Function) -> ast.expr | None:
    """What a function returns that does nothing else; no decorators, no special parameters."""
    body = function.node.body
    spec = function.node.args
    documented = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    rest = body[1:] if documented else body
    usual = not (function.node.decorator_list or spec.vararg or spec.kwarg or spec.kwonlyargs)
    if usual and len(rest) == 1 and isinstance(rest[0], ast.Return):
        return rest[0].value
    return None


def _methods(node: ast.ClassDef) -> frozenset[str]:
    return frozenset(s.name for s in node.body if isinstance(s, ast.FunctionDef))

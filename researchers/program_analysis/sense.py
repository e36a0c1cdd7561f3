"""Whether the kinds of values in a piece of code go together, as far as they are known."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import lru_cache

from researchers.program_analysis.kinds import Kinds
from researchers.program_analysis.module import Function, Module

_ORDERED = frozenset({"list", "tuple", "str", "bytes"})
_FAMILIES = (
    frozenset({"int", "float", "number", "bool"}),
    frozenset({"list", "tuple", "set", "iterator", "range"}),
    frozenset({"str"}),
    frozenset({"bytes"}),
    frozenset({"dict"}),
)
_ANY, _NUMBER, _ROWS, _TEXT, _BYTES, _MAP = range(-1, 5)
_TEXT_METHODS = frozenset(dir(str)) - frozenset(dir(list)) - frozenset(dir(dict))
_SIZED = frozenset(
    {"len", "sorted", "list", "set", "tuple", "reversed", "enumerate", "iter", "any"}
)
_COUNTED = frozenset({"abs", "divmod", "pow", "chr"})
_SETS = (ast.Sub, ast.BitOr, ast.BitAnd, ast.BitXor)


def alike(one: str, other: str) -> bool:
    """Whether a value of one kind may stand for one of another; where one is unknown, it may."""
    known = [_family(kind) for kind in (one, other)]
    return _ANY in known or known[0] == known[1]


def clashes(kinds: Kinds, function: Function | None, code: ast.AST) -> Iterator[ast.AST]:
    """Operations, indexes, calls and comparisons of code in a function that cannot work."""
    return (node for node in ast.walk(code) if _cannot_work(kinds, function, node))


def is_clash(kinds: Kinds, module: Module, node: ast.AST) -> bool:
    """Whether the kind of what stands at a node cannot be right there."""
    return _cannot_work(kinds, module.function_of(node), module.parents[node])


def _cannot_work(kinds: Kinds, function: Function | None, node: ast.AST) -> bool:
    def family(part: ast.AST) -> int:
        return _family(kinds.of(function, part))

    if isinstance(node, ast.BinOp):
        return _cannot_operate(node.op, family(node.left), family(node.right))
    if isinstance(node, ast.Subscript):
        ordered = kinds.of(function, node.value).split("[")[0] in _ORDERED
        return family(node.value) == _NUMBER or (ordered and family(node.slice) > _NUMBER)
    if isinstance(node, ast.Call):
        return _cannot_call(node, family)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return _cannot_compare(node.ops[0], family(node.left), family(node.comparators[0]))
    return False


def _cannot_operate(operator: ast.operator, left: int, right: int) -> bool:
    formats = isinstance(operator, ast.Mod) and left in {_TEXT, _BYTES}
    repeats = isinstance(operator, ast.Mult) and _NUMBER in {left, right}
    if formats or repeats or _ANY in {left, right}:
        return False
    joined = isinstance(operator, ast.Add) or (
        isinstance(operator, _SETS) and left in {_ROWS, _MAP}
    )
    return left != right or (left != _NUMBER and not joined)


def _cannot_compare(operator: ast.cmpop, left: int, right: int) -> bool:
    if isinstance(operator, ast.In | ast.NotIn):
        return right == _NUMBER or (right == _TEXT and left not in {_ANY, _TEXT})
    return _ANY not in {left, right} and left != right


def _cannot_call(node: ast.Call, family: Callable[[ast.AST], int]) -> bool:
    if isinstance(node.func, ast.Attribute):
        texts = {_ANY, _TEXT, _BYTES}
        return node.func.attr in _TEXT_METHODS and family(node.func.value) not in texts
    name = getattr(node.func, "id", "")
    given = [family(argument) for argument in node.args]
    if name == "range":
        return any(kind > _NUMBER for kind in given)
    if name in _SIZED:
        return _NUMBER in given[:1]
    if name in _COUNTED:
        return any(kind > _NUMBER for kind in given[:1])
    return name == "ord" and bool(set(given) - {_ANY, _TEXT, _BYTES})


@lru_cache(maxsize=256)
def _family(kind: str) -> int:
    """The number of a kind's family; -1 where it has none."""
    bare = kind.split("[")[0]
    return next((n for n, family in enumerate(_FAMILIES) if bare in family), _ANY)

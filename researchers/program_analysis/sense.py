"""Whether the kinds of values in a piece of code go together, as far as they are known."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

from researchers.program_analysis.kinds import Kinds
from researchers.program_analysis.module import Function

_NUMBERS = frozenset({"int", "float", "number", "bool"})
_ORDERED = frozenset({"list", "tuple", "str", "bytes"})
_FAMILIES = (
    _NUMBERS,
    frozenset({"list", "tuple", "set", "iterator", "range"}),
    frozenset({"str"}),
    frozenset({"bytes"}),
    frozenset({"dict"}),
)
_TEXT_METHODS = frozenset(dir(str)) - frozenset(dir(list)) - frozenset(dir(dict))
_SAME = (ast.Add, ast.Sub)


def alike(one: str, other: str) -> bool:
    """Whether a value of one kind may stand for one of another; where one is unknown, it may."""
    known = [_family(kind) for kind in (one, other)]
    return -1 in known or known[0] == known[1]


def clashes(kinds: Kinds, function: Function | None, code: ast.AST) -> Iterator[ast.AST]:
    """Operations, indexes, calls and comparisons of code in a function that cannot work."""
    for node in ast.walk(code):
        if isinstance(node, ast.BinOp):
            sides = [_family(kinds.of(function, side)) for side in (node.left, node.right)]
            text = isinstance(node.op, ast.Mod) and sides[0] in {2, 3}
            times = isinstance(node.op, ast.Mult) and 0 in sides
            sets = isinstance(node.op, ast.Sub | ast.BitOr | ast.BitAnd | ast.BitXor)
            if text or times or -1 in sides:
                continue
            if sides[0] != sides[1] or (sides[0] > 0 and not isinstance(node.op, ast.Add)
                                        and not (sets and sides[0] in {1, 4})):  # fmt: skip
                yield node
        elif isinstance(node, ast.Subscript | ast.Starred):
            if _family(kinds.of(function, node.value)) == 0:
                yield node
            index = getattr(node, "slice", None)
            base = kinds.of(function, node.value).split("[")[0]
            told = _family(kinds.of(function, index)) if index is not None else -1
            if base in _ORDERED and told > 0 and not isinstance(index, ast.Slice):
                yield node
        elif isinstance(node, ast.Call):
            if _is_wrong_call(kinds, function, node):
                yield node
        elif isinstance(node, ast.Compare) and len(node.ops) == 1:
            sides = [_family(kinds.of(function, s)) for s in (node.left, node.comparators[0])]
            inside = isinstance(node.ops[0], ast.In | ast.NotIn)
            if inside and (sides[1] == 0 or (sides[1] == 2 and sides[0] not in {-1, 2})):
                yield node
            elif not inside and -1 not in sides and sides[0] != sides[1]:
                yield node


def _is_wrong_call(kinds: Kinds, function: Function | None, node: ast.Call) -> bool:
    if isinstance(node.func, ast.Attribute):
        holder = _family(kinds.of(function, node.func.value))
        return holder not in {-1, 2, 3} and node.func.attr in _TEXT_METHODS
    if not isinstance(node.func, ast.Name) or not node.args:
        return False
    first = _family(kinds.of(function, node.args[0]))
    name = node.func.id
    if name == "range":
        return any(_family(kinds.of(function, argument)) > 0 for argument in node.args)
    if name in {"len", "sorted", "list", "set", "tuple", "reversed", "enumerate", "iter", "any"}:
        return first == 0
    if name in {"abs", "divmod", "pow", "chr"}:
        return first > 0
    return name in {"ord"} and first not in {-1, 2, 3}


@lru_cache(maxsize=256)
def _family(kind: str) -> int:
    """The number of a kind's family; -1 where it has none."""
    bare = kind.split("[")[0]
    return next((n for n, family in enumerate(_FAMILIES) if bare in family), -1)

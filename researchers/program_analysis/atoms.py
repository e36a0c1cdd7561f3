"""Conditions of one question, made of what was seen at a place.

Terms are the names, and short expressions of the function, whose values are known; atoms compare
them with one another, with literals, and with what the module asks elsewhere.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from researchers.program_analysis.ingredients import free
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.operations import Raised, Unknown, compared
from researchers.program_analysis.questions import from_code, from_predicates
from researchers.program_analysis.scene import Condition, Scene, Truths
from researchers.program_analysis.states import Instance, Untold

TERMS = 16
LITERALS = 6
STRANGERS = 0.6
"""Worth of comparing two terms that stand together in no expression of the function."""
BARE = 0.5
"""Worth of asking a number for its truth."""
MET = 0.6
"""Likelihood of a number that is known from a failing test's states alone."""
LONGEST = 36
"""Characters of an expression that is a term."""
_ORDERS = {"==": ast.Eq, "!=": ast.NotEq, "<": ast.Lt, "<=": ast.LtE, ">": ast.Gt, ">=": ast.GtE}
_TERMS = (ast.Subscript, ast.Attribute, ast.Call, ast.BinOp)
_NOTHING = Untold((), None)
_COMMON = frozenset({"len", "self"})
_CHARACTERS = ("isdigit", "isalpha", "isspace", "isalnum", "isupper", "islower")


@lru_cache(maxsize=8)
def atoms(seen: Scene) -> tuple[Condition, ...]:
    """Conditions without `and` that hold in some state."""
    found: dict[str, Condition] = {}
    for code, plainness, truths in _asked(seen):
        if any(truth for truth in truths) and code not in found:
            found[code] = Condition(code, plainness, truths)
    return tuple(found.values())


def _asked(seen: Scene) -> Iterator[tuple[str, float, Truths]]:
    terms = _terms(seen)
    for code, worth, values in terms:
        yield from _of_one(seen, code, worth, values)
    for (one, p, left), (other, q, right) in combinations(terms, 2):
        if one not in other and other not in one:
            worth = p * q * (1.0 if _together(seen, one, other) else STRANGERS)
            yield from _of_two((one, left), (other, right), worth)
    names = [n for n in seen.states[0].values if n.isidentifier() and n not in ("self", "cls")]
    for code, worth in (
        *from_predicates(seen.module, seen.at, names),
        *from_code(seen.module, seen.at, names),
    ):
        if len(code) <= 2 * LONGEST and (test := _parsed(code)) is not None:
            yield code, 0.5 + 0.5 * worth, seen.truths(test)


def _terms(seen: Scene) -> list[tuple[str, float, tuple[object, ...]]]:
    """Code, worth, and the value in every state."""
    codes: dict[str, float] = {}
    names = [n for n in seen.states[0].values if n.isidentifier() and n != "_"]
    for name in names:
        codes[name] = 1.0
    inner = [n for n in ast.walk(seen.function.node) if isinstance(n, _TERMS)]
    for node in sorted(inner, key=lambda n: abs(n.lineno - seen.at.lineno)):
        code = seen.module.code(node)
        if len(code) <= LONGEST and "\n" not in code and free(node) & set(names):
            codes.setdefault(code, 0.75)
    for name in names:
        codes.setdefault(f"len({name})", 0.7)
    found = []
    for code, worth in codes.items():
        values = _values(seen, code)
        if values is not None:
            found.append((code, worth, values))
    return found[:TERMS]


def _values(seen: Scene, code: str) -> tuple[object, ...] | None:
    """A term's value in every state, if it is told in most; the others are `Untold`."""
    node = _parsed(code)
    if node is None:
        return None
    values: list[object] = []
    missing = 0
    for state in seen.states:
        try:
            values.append(seen.evaluator.value(node, state.values))
        except (Unknown, Raised):
            values.append(_NOTHING)
            missing += 1
    plain = [v for v in values if not isinstance(v, Untold)]
    return tuple(values) if plain and missing <= len(values) / 2 else None


def _of_one(
    seen: Scene, code: str, worth: float, values: tuple[object, ...]
) -> Iterator[tuple[str, float, Truths]]:
    told = [v for v in values if not isinstance(v, Untold)]
    if any(v is None for v in told):
        absent = tuple(map(_absent, values))
        yield f"{code} is None", worth, absent
        yield f"{code} is not None", worth, tuple(_opposite(absent))
    if not any(isinstance(v, Instance) for v in told):
        plain = worth * (BARE if any(type(v) in (int, float) for v in told) else 1.0)
        yield code, plain, tuple(_each(values, bool))
        yield f"not {code}", plain, tuple(_each(values, lambda v: not v))
    present = [v for v in told if v is not None]
    if present and all(type(v) in (int, float) for v in present):
        for number, likely in _numbers(seen, values):
            for sign, link in _ORDERS.items():
                if likely > MET or sign == "==":
                    yield (
                        f"{code} {sign} {number!r}",
                        worth * likely,
                        _related(link, values, number),
                    )
    if present and all(isinstance(v, str) for v in present):
        yield from _of_text(seen, code, worth, values)


def _of_text(
    seen: Scene, code: str, worth: float, values: tuple[object, ...]
) -> Iterator[tuple[str, float, Truths]]:
    texts = [t for t in _literals(seen.function, seen.module) if isinstance(t, str)][:LITERALS]
    met = {v for v in values[: seen.failing] if isinstance(v, str) and len(v) <= 2}
    for text in dict.fromkeys([*texts, *sorted(met)[:LITERALS]]):
        likely = 0.8 if text in texts else 0.5
        quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if "\n" in text:
            quoted = repr(text)
        yield f"{code} == {quoted}", worth * likely, _related(ast.Eq, values, text)
        yield f"{code} != {quoted}", worth * likely * 0.9, _related(ast.NotEq, values, text)
    for method in _CHARACTERS:
        asked = 0.8 if f".{method}(" in seen.module.text else 0.4
        held = tuple(_each(values, lambda v, m=method: getattr(v, m)()))
        yield f"{code}.{method}()", worth * asked, held
        yield f"not {code}.{method}()", worth * asked, tuple(_opposite(held))


def _of_two(
    one: tuple[str, tuple[object, ...]], other: tuple[str, tuple[object, ...]], worth: float
) -> Iterator[tuple[str, float, Truths]]:
    (a, left), (b, right) = one, other
    kinds = [{type(v) for v in values if not isinstance(v, Untold)} for values in (left, right)]
    numbers = all(k <= {int, float} for k in kinds)
    if numbers or kinds[0] == kinds[1]:
        letters = kinds[0] == {str} and all(_is_letter(v) for v in (*left, *right))
        signs = _ORDERS if numbers or letters else {"==": ast.Eq, "!=": ast.NotEq}
        for sign, link in signs.items():
            yield f"{a} {sign} {b}", 0.8 * worth, _linked(link, left, right)
    for (x, inside), (y, around) in ((one, other), (other, one)):
        if x.startswith("len("):
            continue
        holds = {type(v) for v in around if not isinstance(v, Untold)}
        if holds & {list, dict, set, tuple} or (holds == {str} and set(map(type, inside)) == {str}):
            likely = worth * (0.4 if holds == {str} else 0.8)
            yield f"{x} in {y}", likely, _linked(ast.In, inside, around)
            yield f"{x} not in {y}", likely, _linked(ast.NotIn, inside, around)


def _is_letter(value: object) -> bool:
    return isinstance(value, Untold) or (isinstance(value, str) and len(value) <= 1)


def _together(seen: Scene, one: str, other: str) -> bool:
    """Whether an expression of the function reads the names of both terms."""
    first, second = (_names(code) for code in (one, other))
    return any(first <= names and second <= names for names in _groups(seen.function))


@lru_cache(maxsize=4096)
def _names(code: str) -> frozenset[str]:
    node = _parsed(code)
    return frozenset() if node is None else free(node) - _COMMON


@lru_cache(maxsize=4096)
def _groups(function: Function) -> frozenset[frozenset[str]]:
    """Names that are read together in comparisons, operations, look-ups and calls."""
    kinds = (ast.Compare, ast.BinOp, ast.Subscript, ast.Call)
    return frozenset(free(n) for n in ast.walk(function.node) if isinstance(n, kinds))


def _each(values: Iterable[object], test: Callable[..., bool]) -> Iterator[bool | None]:
    for value in values:
        if isinstance(value, Untold | Instance):
            yield None
        else:
            try:
                yield bool(test(value))
            except (AttributeError, TypeError):
                yield None


def _absent(value: object) -> bool | None:
    """Whether a value is None; an object is not, whatever else is known of it."""
    unknown = isinstance(value, Untold) and not value.classes
    return None if unknown else value is None


def _opposite(truths: Truths) -> Iterator[bool | None]:
    return (None if truth is None else not truth for truth in truths)


def _related(link: type[ast.cmpop], values: Iterable[object], literal: object) -> Truths:
    return tuple(_link(link, value, literal) for value in values)


def _linked(link: type[ast.cmpop], left: Iterable[object], right: Iterable[object]) -> Truths:
    return tuple(_link(link, a, b) for a, b in zip(left, right, strict=True))


def _link(link: type[ast.cmpop], left: object, right: object) -> bool | None:
    try:
        return bool(compared(link, left, right))
    except (Unknown, Raised):
        return None


def _numbers(seen: Scene, values: tuple[object, ...]) -> Iterator[tuple[float, float]]:
    """Numbers that may be a bound, each with how likely it is."""
    own = [n for n in _literals(seen.function, seen.module) if type(n) in (int, float)]
    known: dict[float, float] = {0: 1.0, 1: 0.9}
    for literal in own[:LITERALS]:
        known.setdefault(literal, 0.8)  # type: ignore[arg-type]
    met = [v for v in dict.fromkeys(values[: seen.failing]) if type(v) in (int, float)]
    for number in met[:3]:
        known.setdefault(number, MET)  # type: ignore[arg-type]
    yield from known.items()


@lru_cache(maxsize=4096)
def _literals(function: Function, module: Module) -> tuple[int | float | str, ...]:
    """Numbers and short texts of a function, then of its module."""
    found: list[int | float | str] = []
    for nodes in (ast.walk(function.node), module.nodes):
        for node in nodes:
            held = node.value if isinstance(node, ast.Constant) else None
            if type(held) in (int, float) or (isinstance(held, str) and len(held) <= 12):
                found.append(held)  # type: ignore[arg-type]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=16384)
def _parsed(code: str) -> ast.expr | None:
    try:
        return ast.parse(code, mode="eval").body
    except (SyntaxError, ValueError):
        return None

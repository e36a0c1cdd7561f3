"""Conditions that may be asked of the names at a place: what predicates, messages and code ask."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from researchers.program_analysis import edits
from researchers.program_analysis.ingredients import clauses, free, readable
from researchers.program_analysis.module import FunctionNode, Module
from researchers.program_analysis.names import words

Question = tuple[str, float]
"""A condition, and how likely it is the one that is missing, 0 to 1."""

_NUMBER = r"(-?\d+(?:\.\d+)?|zero|one|two)"
_SPOKEN = {"zero": "0", "one": "1", "two": "2"}
_BOUNDS = (
    (rf"{_NUMBER} or (?:more|greater|larger|above)", "{} < {}"),
    (rf"at least {_NUMBER}", "{} < {}"),
    (rf"(?:less|smaller|fewer|lower) than {_NUMBER}", "{} < {}"),
    (rf"(?:greater|larger|bigger|more|above) (?:than )?{_NUMBER}", "{} <= {}"),
    (rf"at most {_NUMBER}", "{} > {}"),
)
"""What a message says that a number must be, or is, and when it is refused."""
_WORDS = (
    (frozenset({"positive"}), "{} <= 0"),
    (frozenset({"negative"}), "{} < 0"),
    (frozenset({"zero"}), "{} == 0"),
    (frozenset({"empty", "nothing", "no", "without", "missing", "none"}), "not {}"),
    (frozenset({"missing", "none"}), "{} is None"),
)


def from_words(text: str, names: Sequence[str]) -> Iterator[Question]:
    """When a message of refusal is due, as far as its words tell: named things first."""
    spoken = words(text)
    named = sorted(names, key=lambda name: not words(name) & spoken)
    for place, name in enumerate(named):
        factor = (1.0 if words(name) & spoken else 0.6) * 0.9**place
        for pattern, form in _BOUNDS:
            for number in re.findall(pattern, text.lower()):
                yield form.format(name, _SPOKEN.get(number, number)), factor
        for told, form in _WORDS:
            if told & spoken:
                yield form.format(name), 0.9 * factor


def from_predicates(module: Module, node: ast.AST, names: Sequence[str]) -> Iterator[Question]:
    """What the module's own functions that say yes or no say of a name."""
    home = module.function_of(node)
    for function in module.functions:
        if function is home or not is_predicate(function.node):
            continue
        if function.owner and (home is None or home.owner != function.owner):
            continue
        callee = f"self.{function.node.name}" if function.owner else function.node.name
        if not function.parameters:
            yield f"not {callee}()", 0.6
            yield f"{callee}()", 0.6
            continue
        for place, name in enumerate(names):
            alike = name in function.parameters or len(function.parameters) > 1
            one = "{}" if len(function.parameters) == 1 else "*{}"
            likely = (0.8 if alike else 0.6) * 0.9**place
            yield f"not {callee}({one.format(name)})", likely
            yield f"{callee}({one.format(name)})", 0.6 * likely


def is_predicate(function: FunctionNode) -> bool:
    """Whether a function says yes or no."""
    values = [n.value for n in ast.walk(function) if isinstance(n, ast.Return)]
    return bool(values) and all(
        isinstance(v, ast.Compare | ast.BoolOp)
        or (isinstance(v, ast.UnaryOp) and isinstance(v.op, ast.Not))
        or (isinstance(v, ast.Constant) and isinstance(v.value, bool))
        or (isinstance(v, ast.Call) and getattr(v.func, "id", "") in {"any", "all", "isinstance"})
        for v in values
    )


def from_code(module: Module, node: ast.AST, names: Sequence[str]) -> Iterator[Question]:
    """What the module asks elsewhere about these names, nearest first, whole tests before parts."""
    known, wanted = readable(module, node), set(names)
    line = getattr(node, "lineno", 0)
    whole = [n.test for n in module.nodes if isinstance(n, ast.If | ast.While | ast.Assert)
             and isinstance(n.test, ast.BoolOp)]  # fmt: skip
    fits = [c for c in (*whole, *clauses(module)) if free(c) & wanted and free(c) <= known]
    short = [c for c in fits if c.lineno == c.end_lineno]
    for clause in sorted(short, key=lambda c: abs(c.lineno - line)):
        yield module.code(clause), 0.5
        yield edits.negated(module.code(clause), clause), 0.4


def from_ranges(names: Sequence[str]) -> Iterator[Question]:
    """Whether one of the names is within what it may index: another one of them."""
    for holder in names:
        for name in names:
            if name != holder:
                yield f"{name} >= len({holder})", 0.3
                yield f"not 0 <= {name} < len({holder})", 0.3
                yield f"{name} not in {holder}", 0.3
                yield f"{name} in {holder}", 0.3

"""Foresight: what an edit would have changed in the states that the traced tests went through.

An edit of an expression that has the same value in every state of the failing tests cannot mend
them. One that raises where passing tests went, or turns a condition for most of them, is unlikely
to. Conditions are asked by their truth (Nguyen et al., SemFix, 2013), and edits that change nothing
are found by comparing values (Mechtaev et al., Test-equivalence analysis for automatic patch
generation, 2018); both without running anything.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from researchers.program_analysis.draft import Draft
from researchers.program_analysis.editing import expressions, statements
from researchers.program_analysis.edits import Edit, Revisions
from researchers.program_analysis.evaluation import Evaluator
from researchers.program_analysis.module import Module
from researchers.program_analysis.operations import Raised, Unknown, same
from researchers.program_analysis.program import Program
from researchers.program_analysis.rehearsal.sketch import UnsketchedError, operated
from researchers.program_analysis.states import State, states_of

IDLE = 0.03
"""Worth of an edit that changes nothing in any state of the failing tests."""
PERHAPS_IDLE = 0.4
"""The same where not all their states were kept."""
BREAKS = 0.15
"""Worth of an edit that raises in every passing test; in proportion for fewer."""
TURNS = 0.5
"""Worth of an edit that turns a condition in every passing test; in proportion for fewer."""
CHANGES = 0.7
"""Worth of an edit that gives a value another one in every passing test."""
SAVES = 2.0
"""Worth of an edit that does not raise where the program did."""
LOOKED_AT = 24
"""States of failing tests that are looked at, and of passing ones."""
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_HIDING = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda, ast.comprehension)


@dataclass(frozen=True)
class Question:
    """An expression before and after an edit, at a statement; `asked` if only its truth counts."""

    module: Module
    statement: ast.stmt
    old: ast.expr
    new: ast.expr
    asked: bool


@dataclass(frozen=True)
class Answer:
    """What states say of an edit: shares of failing states and passing tests, 0 to 1."""

    changed: float
    saved: float
    turned: float
    raised: float
    complete: bool
    asked: bool


@dataclass(frozen=True)
class Result:
    """What evaluating an expression came to: a value, or the name of what it raises."""

    value: object = None
    raised: bool = False
    known: bool = True


class Foresight:
    """Factors on the hope for edits by the states of one run; 1 where nothing can be told."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._states = states_of(program)
        self._evaluators: dict[str, Evaluator] = {}
        self._before: dict[tuple[ast.expr, State, bool], Result] = {}

    def factor(self, draft: Draft) -> float:
        """How much more likely the edit is for what the states say: about 0.03 to 2."""
        answer = self.answer(draft)
        if answer is None:
            return 1.0
        if not answer.changed:
            return IDLE if answer.complete else PERHAPS_IDLE
        worth = 1 - (1 - (TURNS if answer.asked else CHANGES)) * answer.turned
        worth *= 1 - (1 - BREAKS) * answer.raised
        return worth * (SAVES if answer.saved else 1.0)

    def answer(self, draft: Draft) -> Answer | None:
        """What the states say of an edit; None where they say nothing."""
        edits = list(Revisions.of(draft.files).edits()) if self._states.any else []
        if len(edits) != 1:
            return None
        answers = (self._answer(question) for question in questions(edits[0]))
        return next((answer for answer in answers if answer is not None), None)

    def _answer(self, question: Question) -> Answer | None:
        place = self._states.at(question.module.path, question.statement.lineno)
        pairs = [self._pair(question, state) for state in place.failing[:LOOKED_AT]]
        if not pairs or None in pairs:
            return None
        known, turned, raised = set(), set(), set()
        for state in place.passing[:LOOKED_AT]:
            pair = self._pair(question, state)
            if pair is None:
                continue
            known.add(state.item)
            if not _alike(*pair):
                turned.add(state.item)
                raised |= {state.item} if pair[1].raised else set()
        changed = [pair for pair in pairs if pair is not None and not _alike(*pair)]
        return Answer(
            changed=len(changed) / len(pairs),
            saved=sum(old.raised and not new.raised for old, new in changed) / len(pairs),
            turned=len(turned) / max(len(known), 1),
            raised=len(raised) / max(len(known), 1),
            complete=place.complete and len(place.failing) < LOOKED_AT,
            asked=question.asked,
        )

    def _pair(self, question: Question, state: State) -> tuple[Result, Result] | None:
        """Results before and after the edit; None where either cannot be told."""
        key = question.old, state, question.asked
        if key not in self._before:
            self._before[key] = self._result(question, question.old, state)
        before = self._before[key]
        after = self._result(question, question.new, state) if before.known else before
        return (before, after) if after.known else None

    def _result(self, question: Question, node: ast.expr, state: State) -> Result:
        module = question.module
        if module.path not in self._evaluators:
            self._evaluators[module.path] = Evaluator(self._program, module)
        evaluator = self._evaluators[module.path]
        try:
            value = evaluator.value(node, state.values)
            return Result(evaluator.truth(value) if question.asked else value)
        except Unknown:
            return Result(known=False)
        except Raised as error:
            return Result(str(error), raised=True)


def _alike(one: Result, other: Result) -> bool:
    return one.raised == other.raised and same(one.value, other.value)


def questions(edit: Edit) -> Iterator[Question]:
    """What an edit changes, as widely as possible first; nothing where it is no expression."""
    if isinstance(edit, expressions.Swap):
        yield from _within(edit.module, edit.anchor, _expression(edit.code))
    elif isinstance(edit, expressions.Wrap):
        form = edit.form.replace("{}", f"({edit.module.code(edit.anchor)})", 1)
        yield from _within(edit.module, edit.anchor, _expression(form))
    elif isinstance(edit, expressions.Operator):
        yield from _within(edit.module, edit.anchor, _operated(edit))
    elif isinstance(edit, statements.Before):
        yield from _inserted(edit.module, edit.anchor, edit.code)
    elif isinstance(edit, statements.After):
        block = edit.module.body_of(edit.anchor) if isinstance(edit.anchor, ast.stmt) else []
        after = block[block.index(edit.anchor) + 1 :] if edit.anchor in block else []
        if after:
            yield from _inserted(edit.module, after[0], edit.code)
    elif isinstance(edit, statements.Replace):
        yield from _replaced(edit.module, edit.anchor, edit.code)
    elif isinstance(edit, statements.Enclose):
        inner = _parsed(f"{edit.header}\n    pass")
        if inner and isinstance(inner[0], ast.If) and isinstance(edit.anchor, ast.stmt):
            yield Question(edit.module, edit.anchor, ast.Constant(True), inner[0].test, True)
    elif isinstance(edit, statements.Unwrap) and isinstance(edit.anchor, ast.If):
        yield Question(edit.module, edit.anchor, edit.anchor.test, ast.Constant(True), True)


def _within(module: Module, anchor: ast.AST, new: ast.expr | None) -> Iterator[Question]:
    """The expressions around an edited one, from the whole one of the statement inwards."""
    if new is None or not isinstance(anchor, ast.expr):
        return
    pairs: list[tuple[ast.expr, ast.expr]] = [(anchor, new)]
    statement = None
    for around in module.ancestors(anchor):
        if isinstance(around, ast.stmt):
            statement = around
            break
        if isinstance(around, _HIDING):
            pairs.clear()  # names in there are bound by it
        if isinstance(around, ast.expr):
            inner = pairs[-1] if pairs else (anchor, new)
            pairs.append((around, _with(around, *inner)))
    if statement is None or isinstance(statement, _DEFINITIONS):
        return
    for old, made in reversed(pairs):
        asked = old is getattr(statement, "test", None)
        yield Question(module, statement, old, made, asked)


def _with(node: ast.AST, old: ast.AST, new: ast.AST) -> Any:
    """A tree with one of the nodes in it replaced; the rest is shared."""
    if node is old:
        return new
    made = None
    for name, value in ast.iter_fields(node):
        if isinstance(value, ast.AST):
            fresh: Any = _with(value, old, new)
        elif isinstance(value, list):
            fresh = [_with(v, old, new) if isinstance(v, ast.AST) else v for v in value]
            if all(a is b for a, b in zip(fresh, value, strict=True)):
                fresh = value
        else:
            continue
        if fresh is not value:
            made = made or copy.copy(node)
            setattr(made, name, fresh)
    return made or node


def _operated(edit: expressions.Operator) -> ast.expr | None:
    try:
        made = operated(edit, edit.anchor)
    except UnsketchedError:
        return None
    return made if isinstance(made, ast.expr) else None


def _inserted(module: Module, place: ast.AST, code: str) -> Iterator[Question]:
    """A condition that comes in, which nobody asked before; or a name that gets a value."""
    made = _parsed(code)
    if len(made) != 1 or not isinstance(place, ast.stmt) or isinstance(place, ast.While):
        return
    if isinstance(made[0], ast.If) and not made[0].orelse:
        yield Question(module, place, ast.Constant(False), made[0].test, True)
    elif isinstance(made[0], ast.Assign) and isinstance(made[0].targets[0], ast.Name):
        old = ast.Name(made[0].targets[0].id, ast.Load())
        yield Question(module, place, old, made[0].value, False)


def _replaced(module: Module, anchor: ast.AST, code: str) -> Iterator[Question]:
    """A statement that comes under a condition, or whose condition or value becomes another."""
    made = _parsed(code)
    if len(made) != 1 or not isinstance(anchor, ast.stmt):
        return
    (new,) = made
    if isinstance(new, ast.If) and not new.orelse and _dumped(new.body) == _dumped([anchor]):
        yield Question(module, anchor, ast.Constant(True), new.test, True)
    elif type(new) is type(anchor):
        for name, asked in (("test", True), ("value", False), ("iter", False), ("exc", False)):
            old, other = getattr(anchor, name, None), getattr(new, name, None)
            if old is None or other is None or _dumped([old]) == _dumped([other]):
                continue
            rest = _with(anchor, old, ast.Constant(None)), _with(new, other, ast.Constant(None))
            if _dumped([rest[0]]) == _dumped([rest[1]]):
                yield Question(module, anchor, old, other, asked)


def _dumped(nodes: Sequence[ast.AST]) -> list[str]:
    return [ast.dump(node) for node in nodes]


@lru_cache(maxsize=8192)
def _parsed(code: str) -> list[ast.stmt]:
    try:
        return ast.parse(code).body
    except (SyntaxError, ValueError):
        return []


def _expression(code: str) -> ast.expr | None:
    made = _parsed(f"({code})")
    return made[0].value if len(made) == 1 and isinstance(made[0], ast.Expr) else None

"""Puts in a branch whose condition holds where failing tests went, and where no passing one did."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

from researchers.program_analysis import edits
from researchers.program_analysis.conditions import FUNCTIONS, LONELY, leaning, telling
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import outcomes
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import called
from researchers.program_analysis.program import is_test
from researchers.program_analysis.scene import Condition, Scene, Truths, scene
from researchers.program_analysis.signs import WAITED
from researchers.program_analysis.sites import (
    body_nodes,
    brief,
    draft,
    focused,
    indented,
    is_docstring,
    is_elif,
    is_looped,
    plain,
)

CONDITIONS = 10
BODIES = 14
LEANING = 6
LEANS = 0.5
"""Conditions that hold in some passing tests too, and their worth beside one that holds in none."""
LIMIT = 80
"""Edits of one function."""
EXPECTED = 6
MEMORISED = 0.15
"""Worth of giving back a plain value that the only failing test waits for."""
_PLAIN = (0, 1, -1, "", True, False)
MISFIT = 0.1
"""Worth of leaving with what the function never gives back, or that no test waits for."""
LATE = 0.4
"""Worth of a condition that could have been asked before the statement above."""
_CALLED = frozenset({"len", "print", "range", "min", "max"})


def drafts(context: Context) -> Iterator[Draft]:
    """Before every statement that failing tests came to, and behind chains without an `else`."""
    for module, function in focused(context)[:FUNCTIONS]:
        made = list(_branches(context, module, function))
        made.sort(key=lambda d: -d.strength)
        yield from made[:LIMIT]


def _branches(context: Context, module: Module, function: Function) -> Iterator[Draft]:
    for at in body_nodes(module, function):
        if not isinstance(at, ast.stmt):
            continue
        seen = scene(context, module, function, at)
        if seen is None:
            continue
        if not is_elif(module, at):
            yield from _before(context, seen)
        if isinstance(at, ast.If) and not is_elif(module, at):
            yield from _behind(context, seen, at)


def _before(context: Context, seen: Scene) -> Iterator[Draft]:
    module, at = seen.module, seen.at
    bodies = _bodies(context, seen)
    fresh = _fresh(seen)
    for condition, worth in _conditions(seen):
        early = 1.0 if fresh is None or fresh & _read(condition.code) else LATE
        for body, likely in bodies:
            code = f"if {condition.code}:\n{indented(body)}"
            title = f"Do `{_flat(body)}` if `{condition.code}`, before `{brief(module, at)}`"
            yield draft(
                module, at, title,
                "it tells failing tests from passing ones", early * worth * likely,
                edits.before(module, at, code),
            )  # fmt: skip


def _fresh(seen: Scene) -> frozenset[str] | None:
    """Names that the statement before, or the loop around, binds; None at a function's start."""
    block = seen.module.body_of(seen.at)
    place = block.index(seen.at)
    if place:
        return _stored(block[place - 1])
    around = seen.module.parents[seen.at]
    return None if around is seen.function.node else _stored(around)


def _stored(node: ast.AST) -> frozenset[str]:
    """Names that a statement binds or may change."""
    names = (n for n in ast.walk(node) if isinstance(n, ast.Name))
    calls = (n.func for n in ast.walk(node) if isinstance(n, ast.Call))
    changed = (n.value.id for n in calls if isinstance(n, ast.Attribute)
               and isinstance(n.value, ast.Name))  # fmt: skip
    return frozenset([n.id for n in names if isinstance(n.ctx, ast.Store)]) | frozenset(changed)


def _read(code: str) -> frozenset[str]:
    return frozenset(n.id for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Name))


def _behind(context: Context, seen: Scene, at: ast.If) -> Iterator[Draft]:
    """A further case of a chain of conditions that has no last one."""
    tests = [at.test]
    end = at
    while len(end.orelse) == 1 and isinstance(end.orelse[0], ast.If):
        end = end.orelse[0]
        tests.append(end.test)
    if end.orelse:
        return

    asked = zip(*(seen.truths(test) for test in tests), strict=True)
    rest = seen.narrowed(all(truth is False for truth in truths) for truths in asked)
    if not rest.failing:
        return
    module = seen.module
    bodies = _bodies(context, rest)
    for condition, worth in _conditions(rest):
        for body, likely in bodies:
            code = f"{plain(module, at)}\nelif {condition.code}:\n{indented(body)}"
            title = (
                f"Else do `{_flat(body)}` if `{condition.code}`, after `{brief(module, at.test)}`"
            )
            yield draft(
                module, at, title, "it tells failing tests from passing ones",
                worth * likely, edits.swap(module, at, code),
            )  # fmt: skip


def _conditions(seen: Scene) -> Iterator[tuple[Condition, float]]:
    def wanted(truths: Truths) -> bool:
        failing, passing = truths[: seen.failing], truths[seen.failing :]
        return any(failing) and all(truth is False for truth in passing)

    lonely = 1.0 if seen.passing_items else LONELY
    for condition in telling(seen, wanted)[:CONDITIONS]:
        yield condition, lonely * condition.plainness * seen.coverage(condition.truths)
    for condition in leaning(seen)[:LEANING]:
        yield condition, LEANS * condition.plainness * seen.coverage(condition.truths)


def _bodies(context: Context, seen: Scene) -> list[tuple[str, float]]:
    """What a branch may do: leave, or what the function does elsewhere."""
    module, function, at = seen.module, seen.function, seen.at
    found: dict[str, float] = {}
    if is_looped(module, at):
        found |= {"continue": 0.9, "break": 0.6}
    waited = _is_waited_for(context)
    kinds = _returned(context, function)
    for rank, outcome in enumerate(outcomes(module, function)):
        fits = waited if outcome.startswith("raise") else _fits(outcome, kinds)
        found.setdefault(outcome, 0.9 * 0.9**rank * (1.0 if fits else MISFIT))
    values, called_there = _expected(context)
    for value in values:
        if type(value).__name__ in kinds:
            likely = 0.85 if function.node.name in called_there else 0.4
            if seen.failing_items == 1:
                if value not in _PLAIN:
                    continue  # it would tell that test's answer by heart
                likely *= MEMORISED
            found[f"return {value!r}"] = max(likely, found.get(f"return {value!r}", 0.0))
    names = set(seen.states[0].values)
    for node in ast.walk(function.node):
        if isinstance(node, ast.AugAssign | ast.Assign | ast.Expr) and node is not at:
            reads = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} - _CALLED
            text = module.code(node)
            if "\n" not in text and not is_docstring(node) and reads & names:
                found.setdefault(text, 0.5)
    for name, held in seen.states[0].values.items():
        if type(held) is int and _is_stored(function, name):
            found.setdefault(f"{name} += 1", 0.4)
            found.setdefault(f"{name} -= 1", 0.3)
        if name in function.parameters:
            likely = 0.5 if type(held).__name__ in kinds else 0.1
            found.setdefault(f"return {name}", likely)
    return sorted(found.items(), key=lambda entry: -entry[1])[:BODIES]


def _is_waited_for(context: Context) -> bool:
    """Whether some failing test waited for an exception in vain."""
    samples = context.program.dossier.samples
    return any(s.score < 1 and s.prediction.startswith(f"failed: {WAITED}") for s in samples)


def _returned(context: Context, function: Function) -> frozenset[str]:
    """Types that the traced run saw a function return."""
    seen = context.program.dossier.trace.values.get(function.key, {})
    found = {key.removeprefix("return is ") for key in seen if key.startswith("return is ")}
    return frozenset("bool" if kind in {"True", "False"} else kind for kind in found)


def _fits(outcome: str, kinds: frozenset[str]) -> bool:
    """Whether a `return` gives back what the function was seen to give back."""
    node = ast.parse(outcome).body[0]
    value = node.value if isinstance(node, ast.Return) else None
    if value is None:
        return not kinds or "None" in kinds
    literal = {ast.List: "list", ast.Dict: "dict", ast.Tuple: "tuple", ast.Set: "set"}
    if isinstance(value, ast.Constant):
        return not kinds or type(value.value).__name__.removesuffix("Type") in kinds
    return not kinds or type(value) not in literal or literal[type(value)] in kinds


@lru_cache(maxsize=8)
def _expected(context: Context) -> tuple[tuple[int | float | str, ...], frozenset[str]]:
    """Literals that failing tests compare with, and what they call by name."""
    program = context.program
    failing = {
        s.item.split("[")[0].replace("::", ".").rpartition(".")[2]
        for s in program.dossier.samples
        if s.score < 1
    }
    found: list[int | float | str] = []
    names: set[str] = set()
    for module in program.modules:
        for function in module.functions if is_test(module.path) else ():
            if function.node.name not in failing:
                continue
            for node in ast.walk(function.node):
                names.add(called(node) if isinstance(node, ast.Call) else "")
                parts = [*node.comparators] if isinstance(node, ast.Compare) else []
                literals = [p.value for p in parts if isinstance(p, ast.Constant)]
                found += [v for v in literals if isinstance(v, int | float | str)]
    return tuple(dict.fromkeys(found))[:EXPECTED], frozenset(names)


def _is_stored(function: Function, name: str) -> bool:
    return any(
        isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store)
        for n in ast.walk(function.node)
    )


def _flat(code: str) -> str:
    return " ".join(code.split())


OPERATOR = Operator("observed_branch", "insert conditional", "bug_fix", 0.2, drafts, blind=True)

"""Changes a condition so that it turns in states of failing tests, and in none of passing ones."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.conditions import FUNCTIONS, LONELY, telling
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.scene import Scene, Truths, scene
from researchers.program_analysis.sites import (
    body_nodes,
    brief,
    draft,
    focused,
    indented,
    plain,
    wrapped,
)

NARROWER = 6
WIDER = 6
OTHER = 4
Pair = tuple[bool | None, bool | None]
_ALONE = ast.Return | ast.Raise | ast.Continue | ast.Break | ast.Assign | ast.AugAssign | ast.Expr


def drafts(context: Context) -> Iterator[Draft]:
    """Tests of branches and loops: a clause more, or another; plain statements: a condition."""
    for module, function in focused(context)[:FUNCTIONS]:
        for node in body_nodes(module, function):
            seen = None
            if isinstance(node, ast.If | ast.While | _ALONE):
                seen = scene(context, module, function, node)
            if seen is None:
                continue
            if isinstance(node, ast.If | ast.While):
                yield from _changed(module, seen, node.test)
            elif not _has_mender(module, seen.at):
                yield from _guarded(module, seen, seen.at)


def _changed(module: Module, seen: Scene, test: ast.expr) -> Iterator[Draft]:
    now = seen.truths(test)
    if None in now:
        return
    whole = wrapped(module, test) if isinstance(test, ast.BoolOp) else module.code(test)
    joined = f"({module.code(test)})" if isinstance(test, ast.BoolOp) else module.code(test)

    def beside(truths: Truths) -> tuple[list[Pair], list[Pair]]:
        """New and present truth in every state of failing tests, and of passing ones."""
        pairs = list(zip(truths, now, strict=True))
        return pairs[: seen.failing], pairs[seen.failing :]

    def narrows(truths: Truths) -> bool:
        """False somewhere that a failing test went in, true wherever a passing one did."""
        failing, passing = beside(truths)
        return any(n and t is False for t, n in failing) and all(t for t, n in passing if n)

    def widens(truths: Truths) -> bool:
        """True where a failing test did not go in, false wherever a passing one did not."""
        failing, passing = beside(truths)
        return any(t and not n for t, n in failing) and all(t is False for t, n in passing if not n)

    def replaces(truths: Truths) -> bool:
        """Another truth in some state of a failing test, the same in all of passing ones."""
        failing, passing = beside(truths)
        return any(t is not None and t != n for t, n in failing) and all(t == n for t, n in passing)

    lonely = 1.0 if seen.passing_items else LONELY
    for word, wanted, limit in (("and", narrows, NARROWER), ("or", widens, WIDER)):
        for condition in telling(seen, wanted)[:limit]:
            clause = f"({condition.code})" if " and " in condition.code else condition.code
            yield draft(
                module, test, f"Ask also {word} `{clause}` beside `{brief(module, test)}`",
                "it turns the condition in failing tests only", lonely * condition.plainness,
                edits.swap(module, test, f"{joined if word == 'and' else whole} {word} {clause}"),
            )  # fmt: skip
    for condition in telling(seen, replaces)[:OTHER]:
        yield draft(
            module, test, f"Ask `{condition.code}` for `{brief(module, test)}`",
            "it turns the condition in failing tests only", 0.6 * lonely * condition.plainness,
            edits.swap(module, test, condition.code),
        )  # fmt: skip


def _has_mender(module: Module, node: ast.stmt) -> bool:
    """Whether `guard_exit` asks before it, as it cuts off what follows, or a clause above would.

    Nor is the last answer of a function asked for: it would answer nothing instead.
    """
    block = module.body_of(node)
    whole = isinstance(module.parents[node], ast.FunctionDef | ast.AsyncFunctionDef)
    if whole and isinstance(node, ast.Return) and node.value and block[-1] is node:
        return True
    leaves = isinstance(node, ast.Return | ast.Raise | ast.Continue | ast.Break)
    under = isinstance(module.parents[node], ast.If) and len(block) == 1
    return under or (leaves and block[-1] is not node)


def _guarded(module: Module, seen: Scene, node: ast.stmt) -> Iterator[Draft]:
    def keeps(truths: Truths) -> bool:
        failing, passing = truths[: seen.failing], truths[seen.failing :]
        return any(t is False for t in failing) and all(passing)

    if not seen.passing_items:
        return
    for condition in telling(seen, keeps)[:NARROWER]:
        code = f"if {condition.code}:\n{indented(plain(module, node))}"
        yield draft(
            module, node, f"Do `{brief(module, node)}` only if `{condition.code}`",
            "it leaves out states of failing tests only", 0.8 * condition.plainness,
            edits.swap(module, node, code),
        )  # fmt: skip


OPERATOR = Operator("observed_clause", "mutate condition", "bug_fix", 0.15, drafts, blind=True)

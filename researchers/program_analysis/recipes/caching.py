"""Remembers results of a pure function that is costly and asked again: speed, same answers."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, location, where
from researchers.program_analysis.draft import Draft
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import called
from researchers.program_analysis.recipes.bring import bring
from researchers.program_analysis.recipes.purity import Purity
from researchers.program_analysis.recipes.recipe import Recipe

PART, NAME = "remembered", "remembered"
OFTEN = 50
"""Traced calls from which on a function counts as asked again."""
_PLAIN = "str|int|bool|bytes|date|datetime|Path"
_SAFE = re.compile(rf"({_PLAIN}|None)( ?\| ?({_PLAIN}|None))*")
_ITEM = rf"(?:{_PLAIN}|float|None)"
_FLAT = rf"{_ITEM}|tuple\[(?:{_ITEM}|\.\.\.|, )+\]"
_RESULT = re.compile(
    rf"(?:{_FLAT})|(?:list|set|frozenset|Counter)\[(?:{_FLAT})\]|dict\[(?:{_FLAT}), (?:{_FLAT})\]"
)
_SPEED = re.compile(
    r"\b(seconds?|ms|milliseconds?|latency|run ?time|duration|throughput|speed)\b", re.I
)


def match(context: Context) -> Sequence[Draft] | str:
    """Wraps functions; only where the metric rewards speed, or a function calls itself twice."""
    purity = Purity(context)
    drafts = [
        draft
        for module, function in context.functions()
        if (worth := _worth(context, function)) and _fits(purity, module, function)
        for draft in _drafts(context, module, function, worth)
    ]
    if drafts:
        return drafts
    if not _rewards_speed(context):
        return "the metric does not reward speed, and no function calls itself over and over"
    return "no pure function of plain arguments and results is costly and called often"


def _drafts(context: Context, module: Module, function: Function, worth: float) -> Iterator[Draft]:
    name = function.node.name
    made = [edits.after(module, function.node, f"{name} = {NAME}({name})")]
    yield Draft(
        f"Remember what {function.name} gave for the same arguments ({module.path})",
        f"{where(module, function.node)} is pure, and computes the same results again",
        location(module, function.node),
        bring(context, module, made, PART, NAME),
        worth,
    )


def _rewards_speed(context: Context) -> bool:
    metric = context.program.dossier.metric
    return bool(_SPEED.search(" ".join((metric.name, metric.unit, metric.notes))))


def _worth(context: Context, function: Function) -> float:
    """How much there is to save, 0 for nothing: by the trace, else by loops around and within."""
    own = [n for n in ast.walk(function.node) if called(n) == function.node.name]
    if len(own) > 1:
        return 0.8
    if not _rewards_speed(context):
        return 0.0
    flows = context.program.dossier.trace.flows
    place = (function.path, function.name)
    flow = next((f for f in flows if (f.location.path, f.location.function) == place), None)
    if flow is not None:
        total = sum(f.seconds for f in flows) or 1.0
        return 0.4 + 0.5 * min(1.0, flow.seconds / total) if flow.calls >= OFTEN else 0.0
    loops = ast.For | ast.While | ast.comprehension
    costly = any(isinstance(n, loops) for n in ast.walk(function.node))
    sites = context.program.calls.get(function.key, [])
    again = any(
        isinstance(a, loops | ast.ListComp) for s in sites for a in s.module.ancestors(s.node)
    )
    return 0.4 if costly and again else 0.0


def _fits(purity: Purity, module: Module, function: Function) -> bool:
    node = function.node
    annotations = [a.annotation for a in function.arguments]
    return (
        isinstance(node, ast.FunctionDef)
        and not function.owner
        and "." not in function.name
        and not node.decorator_list
        and not node.args.vararg
        and not node.args.kwarg
        and bool(annotations)
        and all(a is not None and _SAFE.fullmatch(ast.unparse(a)) for a in annotations)
        and node.returns is not None
        and bool(_RESULT.fullmatch(ast.unparse(node.returns)))
        and purity.of(module, function)
    )


RECIPE = Recipe("caching", "architecture", 0.4, match, ("memo-functions", "cache-decorator"))

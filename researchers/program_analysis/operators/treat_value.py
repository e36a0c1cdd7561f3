"""Treats a class of a parameter's values that bad items have and good ones have not."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.detectors.value_spectrum import RESULT
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import outcomes, stand_ins
from researchers.program_analysis.module import Function, FunctionNode, Module
from researchers.program_analysis.sites import Option, as_found, body_nodes
from researchers.program_analysis.value_classes import FALSY, conversions, empty_of, test_of

DEFAULTS = 5
OUTCOMES = 5


def drafts(context: Context) -> Iterator[Draft]:
    """Converts the value, replaces it, leaves early, or asks for None where truth was asked for."""
    for finding, module, node in context.found("value_spectrum"):
        name, summary = finding.detail["value"], finding.detail["summary"]
        if name == RESULT or finding.detail["lean"] != "bad" or not isinstance(node, FunctionNode):
            continue
        function = module.function_whose(node)
        if name not in function.parameters or not test_of(summary, name):
            continue
        seen = summary, finding.detail["usual"]
        yield from as_found(finding, module, node, _truths(module, function, name, summary))
        begun = _beginnings(context, module, function, name, seen)
        yield from as_found(finding, module, node, begun)


def _truths(module: Module, function: Function, name: str, summary: str) -> Iterator[Option]:
    """Places that ask for the truth of the value, where it is false without being None."""
    if summary not in FALSY:
        return
    for node in body_nodes(module, function):
        parent = module.parents.get(node)
        if not isinstance(node, ast.Name) or node.id != name:
            continue
        if isinstance(parent, ast.UnaryOp) and isinstance(parent.op, ast.Not):
            edit = edits.swap(module, parent, f"{name} is None")
            yield f"Ask `{name} is None` for `not {name}`", 1.0, edit
        elif isinstance(parent, ast.If | ast.IfExp | ast.While) and parent.test is node:
            edit = edits.swap(module, node, f"{name} is not None")
            yield f"Ask `{name} is not None` for its truth", 1.0, edit
        elif isinstance(parent, ast.BoolOp) and parent.values[-1] is not node:
            outer = module.parents.get(parent)
            asked = isinstance(outer, ast.If | ast.IfExp | ast.While) and outer.test is parent
            if asked or isinstance(parent.op, ast.And):
                edit = edits.swap(module, node, f"{name} is not None")
                yield f"Ask `{name} is not None` for its truth", 0.9, edit
            elif len(parent.values) == 2:
                other = module.code(parent.values[1])
                code = f"{name} if {name} is not None else {other}"
                yield (
                    f"Take `{other}` only where `{name}` is None",
                    1.0,
                    edits.swap(module, parent, code),
                )


def _beginnings(
    context: Context, module: Module, function: Function, name: str, seen: tuple[str, str]
) -> Iterator[Option]:
    """What may be done with the value before anything else is."""
    summary, usual = seen
    first, test = edits.first_body_line(function.node), test_of(summary, name)
    for rank, code in enumerate(conversions(summary, usual, name)):
        guard = f"if {test}:\n    {name} = {code}"
        yield f"Make `{code}` where `{test}`", 0.9 * 0.85**rank, edits.before(module, first, guard)
    kind = context.kinds.of(function, ast.Name(id=name)) or usual
    given = function.defaults.get(name)
    values = [module.code(given)] if given is not None else []
    values += [*stand_ins(context, module, function, name), empty_of(kind)]
    for rank, value in enumerate([v for v in dict.fromkeys(values) if v][:DEFAULTS]):
        factor = 0.8 if summary == "None" else 0.4
        guard = f"if {test}:\n    {name} = {value}"
        yield (
            f"Take `{value}` where `{test}`",
            factor * 0.85**rank,
            edits.before(module, first, guard),
        )
    for rank, outcome in enumerate(list(outcomes(module, function))[:OUTCOMES]):
        guard = f"if {test}:\n    {outcome}"
        yield (
            f"Begin with `{outcome}` where `{test}`",
            0.7 * 0.85**rank,
            edits.before(module, first, guard),
        )


OPERATOR = Operator("treat_value", "insert guard", "bug_fix", 0.25, drafts)

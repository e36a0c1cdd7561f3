"""Treats a class of results that bad items get and good ones do not: None, empty, a wrong type."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.detectors.value_spectrum import RESULT
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import free, outcomes, readable
from researchers.program_analysis.module import Function, FunctionNode, Module
from researchers.program_analysis.sites import Option, as_found, body_nodes, brief, wrapped
from researchers.program_analysis.value_classes import conversions, empty_of

OTHERS = 4
_NOTHING = {"None": {"None", ""}, "empty": {"[]", "{}", '""', "''", "set()", "()", "list()"},
            "zero": {"0", "0.0"}, "False": {"False"}, "True": {"True"}}  # fmt: skip


def drafts(context: Context) -> Iterator[Draft]:
    """Another outcome where nothing is returned, or a result made whole before it leaves."""
    for finding, module, node in context.found("value_spectrum", "starved_result"):
        summary, usual = finding.detail["summary"], finding.detail["usual"]
        if finding.detail["value"] != RESULT or finding.detail["lean"] != "bad":
            continue
        if not isinstance(node, FunctionNode):
            continue
        function = module.function_whose(node)
        for returned in body_nodes(module, function):
            if not isinstance(returned, ast.Return):
                continue
            code = module.code(returned.value) if returned.value is not None else ""
            made = (
                _instead(module, function, returned)
                if code in _NOTHING.get(summary, ())
                else _made_whole(context, module, function, returned, (summary, usual))
            )
            yield from as_found(finding, module, node, made)


def _instead(module: Module, function: Function, node: ast.Return) -> Iterator[Option]:
    """What other branches return, in place of nothing; or no way out at all."""
    guard = module.parents.get(node)
    if isinstance(guard, ast.If) and guard.body == [node] and not guard.orelse:
        yield f"Do not leave at `{brief(module, guard.test)}`", 0.8, edits.remove(module, guard)
    known = readable(module, node)
    others = [
        module.code(other)
        for other in body_nodes(module, function)
        if isinstance(other, ast.Return) and other is not node and other.value is not None
        and free(other) <= known
    ]  # fmt: skip
    others += [o for o in outcomes(module, function) if o.startswith("return ")]
    for rank, code in enumerate(dict.fromkeys(others)):
        if rank < OTHERS and code != module.code(node):
            what = f"Answer `{code}` for `{brief(module, node)}`"
            yield what, 0.9 * 0.85**rank, edits.swap(module, node, code)


def _made_whole(
    context: Context, module: Module, function: Function, node: ast.Return, seen: tuple[str, str]
) -> Iterator[Option]:
    """A default behind a value that may be None, a lookup with a default, a conversion."""
    summary, usual = seen
    if node.value is None or isinstance(node.value, ast.Constant):
        return
    code = wrapped(module, node.value)
    for rank, form in enumerate(conversions(summary, usual, code)):
        yield f"Return `{form}`", 0.8 * 0.85**rank, edits.swap(module, node.value, form)
    if summary != "None":
        return
    kind = usual or context.kinds.returns(function)
    values = [empty_of(kind), *(p for p in function.parameters if p not in free(node.value))]
    call = node.value
    looked_up = isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
    lookup = call if looked_up and call.func.attr == "get" and len(call.args) == 1 else None  # type: ignore[attr-defined]
    for rank, value in enumerate([v for v in dict.fromkeys(values) if v][:OTHERS]):
        if isinstance(lookup, ast.Call) and isinstance(lookup.func, ast.Attribute):
            form = f"{module.code(lookup.func)}({module.code(lookup.args[0])}, {value})"
        else:
            form = f"{code} or {value}"
        yield f"Return `{form}`", 0.8 * 0.85**rank, edits.swap(module, node.value, form)


OPERATOR = Operator("treat_result", "wrong return", "bug_fix", 0.25, drafts)

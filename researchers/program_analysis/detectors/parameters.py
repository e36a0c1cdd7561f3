"""Parameters that do nothing: accepted and ignored, or optional and never passed."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, shorten, where
from researchers.program_analysis.module import Function
from researchers.program_analysis.names import is_date
from researchers.program_analysis.program import CallSite, is_test
from tasks.records.change import Finding


def find(context: Context) -> Iterator[Finding]:
    """Ignored parameters, and calls that leave out what they could pass."""
    yield from _ignored(context)
    yield from _omitted(context)
    yield from _omitted_fields(context)


def _ignored(context: Context) -> Iterator[Finding]:
    for module, function in context.functions():
        body = function.node.body
        if len(body) == 1 and isinstance(body[0], ast.Pass | ast.Raise | ast.Expr):
            continue
        used = {n.id for n in ast.walk(function.node) if isinstance(n, ast.Name)}
        for argument in function.arguments:
            if argument.arg in used or argument.arg.startswith("_"):
                continue
            text = f"{function.name} ({module.path}) accepts `{argument.arg}` and never uses it"
            strength = 0.25 if _is_role(context, function, argument.arg) else 0.6
            yield context.finding(
                "ignored_parameter", module, argument, strength, text, {"name": argument.arg}
            )


def _is_role(context: Context, function: Function, name: str) -> bool:
    """Whether other functions of that name take the parameter too: an interface asks for it."""
    alike = context.program.named.get(function.node.name, [])
    decorated = bool(function.node.decorator_list)
    return decorated or any(f is not function and name in f.parameters for f in alike)


def _omitted(context: Context) -> Iterator[Finding]:
    keys = {s.leaf for s in context.program.settings}
    for function in context.program.functions.values():
        sites = [
            s for s in context.program.calls.get(function.key, []) if not is_test(s.module.path)
        ]
        ever = set().union(*(s.passed for s in sites)) if sites else set()
        for name in function.defaults:
            for site in sites:
                if name in site.passed or not site.module.editable:
                    continue
                candidate = _candidate(context, site, name, name in keys)
                sibling = name in ever
                if not candidate and not sibling:
                    continue
                text = (
                    f"`{shorten(site.module.code(site.node))}` in {where(site.module, site.node)} "
                    f"leaves out `{name}`"
                    + (", as does every caller" if not sibling else ", which other callers pass")
                )
                strength = 0.75 if candidate else 0.45 if len(sites) < 4 else 0.3
                detail = {"name": name, "value": candidate, "callee": function.key}
                yield context.finding(
                    "omitted_argument", site.module, site.node, strength, text, detail
                )


def _candidate(context: Context, site: CallSite, name: str, configured: bool) -> str:
    values = context.values(site.module, site.node)
    exact = [v for v in values if v.name == name]
    if exact:
        return exact[0].code
    if is_date(name):
        dated = [v for v in values if is_date(v.name)]
        if dated:
            return dated[0].code
    return "setting" if configured else ""


def _omitted_fields(context: Context) -> Iterator[Finding]:
    """Constructor calls of record classes that leave an optional field to its default."""
    for module, node in context.each(ast.Call):
        assert isinstance(node, ast.Call)
        info = context.program.classes.get(getattr(node.func, "id", ""))
        if info is None or "__init__" in {
            f.node.name for f in info.module.functions if f.owner == info.node.name
        }:
            continue
        if any(k.arg is None for k in node.keywords) or any(
            isinstance(a, ast.Starred) for a in node.args
        ):
            continue
        passed = set(list(info.fields)[: len(node.args)]) | {k.arg for k in node.keywords}
        for name in info.defaults:
            if name in passed:
                continue
            same = [v for v in context.values(module, node) if v.name == name]
            same = same or [
                v for v in context.values(module, node) if is_date(name) and is_date(v.name)
            ]
            if same:
                text = (
                    f"{where(module, node)} makes a {info.node.name} without `{name}`, which is "
                    "at hand"
                )
                detail = {"name": name, "value": same[0].code, "callee": ""}
                yield context.finding("omitted_argument", module, node, 0.7, text, detail)

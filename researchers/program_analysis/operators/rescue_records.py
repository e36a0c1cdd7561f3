"""Lets a record survive the exception that dropped it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import called
from tasks.records.change import Finding

Option = tuple[str, float, edits.Edit]
"""What it does, a factor on the evidence, and the edit."""


def drafts(context: Context) -> Iterator[Draft]:
    """Guards the expression that raises; falls back to a default for the value it was to give."""
    for finding, module, node in context.found("swallowed"):
        assert isinstance(node, ast.ExceptHandler)
        holder = module.parents[node]
        if not isinstance(holder, ast.Try):
            continue
        happened = finding.detail["exception"], finding.detail["message"]
        keys = list(_all_keys(module, holder, happened[0]))
        options = [*_guards(context, module, holder, *happened), *_defaults(module, holder, node)]
        together = [("Read keys with defaults", 0.9, keys)] if len(keys) > 1 else []
        single = [(what, factor, [edit]) for what, factor, edit in options[:8]]
        yield from _within_callees(context, finding, holder)
        for what, factor, made in (*together, *single):
            yield Draft(
                f"{what} in {where(module, node)}", finding.evidence, location(module, node),
                changed(module, *made), finding.strength * factor, 1.2, (finding.id,),
            )  # fmt: skip


def _within_callees(context: Context, finding: Finding, holder: ast.Try) -> Iterator[Draft]:
    """Guards for conversions in the target's functions that the `try` calls."""
    if finding.detail["exception"] not in {"", "ValueError", "TypeError"}:
        return
    for call in (n for s in holder.body for n in ast.walk(s) if isinstance(n, ast.Call)):
        callee = context.program.callee(call)
        home = context.program.by_path[callee.path] if callee is not None else None
        if callee is None or home is None or not home.editable:
            continue
        for what, factor, edit in (o for n in ast.walk(callee.node) for o in _numbers(home, n)):
            yield Draft(
                f"{what} in {where(home, callee.node)}", finding.evidence,
                location(home, callee.node), changed(home, edit), finding.strength * factor,
                1.2, (finding.id,),
            )  # fmt: skip


def _all_keys(module: Module, holder: ast.Try, exception: str) -> Iterator[edits.Edit]:
    """Every text key that the `try` reads, outermost ones only, with a default."""
    for inner in (n for s in holder.body for n in ast.walk(s)):
        nested = isinstance(getattr(inner, "value", None), ast.Subscript)
        if exception in {"", "KeyError"} and not nested:
            yield from (edit for _, _, edit in _missing_key(module, inner, ""))


def _guards(
    context: Context, module: Module, holder: ast.Try, exception: str, message: str
) -> Iterator[Option]:
    """Edits of the expressions in the `try` that can raise what was seen."""
    for inner in (n for s in holder.body for n in ast.walk(s)):
        if exception in {"", "KeyError"}:
            yield from _missing_key(module, inner, message)
        if exception in {"", "ValueError", "TypeError"}:
            yield from _numbers(module, inner)
        if exception in {"", "TypeError"}:
            yield from _texts(context, module, inner, exception)
        if exception == "AttributeError":
            yield from _attribute(module, inner, message)


def _missing_key(module: Module, inner: ast.AST, message: str) -> Iterator[Option]:
    if isinstance(inner, ast.Subscript) and isinstance(inner.ctx, ast.Load):
        key = inner.slice
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            fits = 1.0 if key.value in message else 0.5
            code = f'{module.code(inner.value)}.get({module.code(key)}, "")'
            yield f"Read {key.value!r} with a default", fits, edits.swap(module, inner, code)


def _texts(context: Context, module: Module, inner: ast.AST, exception: str) -> Iterator[Option]:
    if isinstance(inner, ast.Call) and called(inner) == "join" and inner.args:
        argument = module.code(inner.args[0])
        code = f"[str(v) for v in {argument} if v is not None]"
        yield (
            f"Join `{shorten(argument, 30)}` as texts",
            0.8,
            edits.swap(module, inner.args[0], code),
        )
    if exception and isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Add):
        for side in (inner.left, inner.right):
            if context.kinds.of(module.function_of(inner), side) != "str":
                code = f'str({module.code(side)} or "")'
                what = f"Convert `{shorten(module.code(side), 30)}` to text"
                yield what, 0.9, edits.swap(module, side, code)


def _attribute(module: Module, inner: ast.AST, message: str) -> Iterator[Option]:
    hit = re.search(r"'(\w+)' object has no attribute '(\w+)'", message)
    if not hit or not isinstance(inner, ast.Attribute) or inner.attr != hit.group(2):
        return
    owner = module.code(inner.value)
    forms = {"NoneType": f'({owner} or "")', "list": f'" ".join({owner})'}
    code = forms.get(hit.group(1), f"str({owner})")
    what = f"Guard `{shorten(module.code(inner), 30)}`"
    yield what, 1.0, edits.swap(module, inner.value, code)


def _numbers(module: Module, inner: ast.AST) -> Iterator[Option]:
    if (
        not isinstance(inner, ast.Call)
        or called(inner) not in {"int", "float"}
        or len(inner.args) != 1
    ):
        return
    argument, name = module.code(inner.args[0]), called(inner)
    clean = f"\"\".join(c for c in str({argument}) if c in '0123456789.-')"
    what = f"Read `{shorten(argument, 30)}` as a number without units"
    yield what, 0.8, edits.swap(module, inner.args[0], f"{clean} or 0")
    if name == "int":
        yield (
            f"Read `{shorten(argument, 30)}` through float",
            0.7,
            edits.swap(module, inner, f"int(float({argument}))"),
        )


def _defaults(module: Module, holder: ast.Try, handler: ast.ExceptHandler) -> Iterator[Option]:
    """Replaces a dropping handler by one that gives the names of the `try` a default."""
    names = [
        t.id
        for s in holder.body
        if isinstance(s, ast.Assign)
        for t in s.targets
        if isinstance(t, ast.Name)
    ]
    if names:
        for default, factor in (("None", 0.5), ('""', 0.5), ("0", 0.3)):
            lines = "\n".join(f"{n} = {default}" for n in dict.fromkeys(names))
            yield (
                f"Go on with {', '.join(dict.fromkeys(names))} = {default} after an exception",
                factor,
                edits.body(module, handler, lines),
            )
    raw = _raw_value(module, holder, module.function_of(holder))
    if isinstance(handler.body[-1], ast.Return) and raw:
        edit = edits.body(module, handler, f"return {raw}")
        yield f"Return `{raw}` as it is after an exception", 0.5, edit


def _raw_value(module: Module, holder: ast.Try, function: Function | None) -> str:
    if function is None or not function.parameters:
        return ""
    used = {n.id for n in ast.walk(holder) if isinstance(n, ast.Name)}
    return next((p for p in function.parameters if p in used), "")


OPERATOR = Operator(
    "rescue_records", "exception handling that hides records", "data_repair", 0.5, drafts
)

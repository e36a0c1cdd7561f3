"""Text that is cut, and the short form of a record used where the whole was at hand."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, weighed, where
from researchers.program_analysis.module import Function
from researchers.program_analysis.names import BODY, called, says, tail, words
from tasks.records.change import Finding

_PLACES = {"find", "rfind", "index", "rindex", "search", "start", "len"}
SHORT = {"summary", "abstract", "snippet", "preview", "excerpt", "brief", "headline", "gist"}


def find(context: Context) -> Iterator[Finding]:
    """`text[:n]` on strings, and `.summary` beside a field that holds the full text."""
    for module, node in context.each(ast.Subscript):
        assert isinstance(node, ast.Subscript)
        cut = node.slice
        if not isinstance(cut, ast.Slice) or cut.lower is not None or cut.upper is None:
            continue
        if isinstance(cut.upper, ast.UnaryOp) or not isinstance(node.ctx, ast.Load):
            continue
        if context.kinds.is_text(module.function_of(node), node.value) and not says(
            tail(node.value), frozenset({"tokens", "terms", "words", "date", "time"})
        ):
            usual = 0.2 if _is_found_place(module.function_of(node), cut.upper) else 0.5
            strength, told = weighed(usual, context.lost(module, node, "text"))
            text = f"{where(module, node)} cuts text to `{module.code(node)}`"
            text += told.replace(" of ", " characters of ")
            yield context.finding("truncated_text", module, node, strength, text)
    yield from _short_forms(context)
    yield from _first_parts(context)


def _is_found_place(function: Function | None, upper: ast.expr) -> bool:
    """Whether the cut is made where something was found, as parsers do."""
    names = {n.id for n in ast.walk(upper) if isinstance(n, ast.Name)}
    made = [
        node.value for node in (ast.walk(function.node) if function is not None else ())
        if isinstance(node, ast.Assign) and names & {tail(t) for t in node.targets}
    ]  # fmt: skip
    return any(called(n) in _PLACES for source in (upper, *made) for n in ast.walk(source))


def _short_forms(context: Context) -> Iterator[Finding]:
    for module, node in context.each(ast.Attribute, ast.Subscript, ast.Call):
        name = tail(node)
        if not words(name) & SHORT or isinstance(getattr(node, "ctx", None), ast.Store):
            continue
        holder = getattr(node, "value", None)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            holder = node.func.value
        if not isinstance(holder, ast.Name | ast.Attribute):
            continue
        full = _full_field(context, module.function_of(node), holder)
        if full:
            text = f"{where(module, node)} uses the short form `{module.code(node)}` of a record"
            yield context.finding(
                "short_form", module, node, 0.55, text, {"full": full, "name": name}
            )


def _first_parts(context: Context) -> Iterator[Finding]:
    """`text.split(". ")[0]` and the like: all sentences or lines but the first are dropped."""
    for module, node in context.each(ast.Subscript):
        assert isinstance(node, ast.Subscript)
        first = isinstance(node.slice, ast.Constant) and node.slice.value == 0
        call = node.value
        if not first or not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        separators = [a.value for a in call.args if isinstance(a, ast.Constant)]
        if call.func.attr not in {"split", "partition"} or not separators:
            continue
        if str(separators[0]).strip(" ") not in {".", "!", "?", "\n", "\n\n", ";"}:
            continue
        text = f"{where(module, node)} keeps the first part of a text: `{module.code(node)}`"
        whole = {"whole": module.code(call.func.value)}
        yield context.finding("first_part", module, node, 0.6, text, whole)


def _full_field(context: Context, function: Function | None, holder: ast.expr) -> str:
    owner = context.kinds.of(function, holder)
    info = context.program.classes.get(owner)
    if info is not None:
        return next((f for f in info.fields if says(f, BODY) and not words(f) & SHORT), "")
    keys = {
        tail(n)
        for m in context.program.editable
        for n in m.nodes
        if isinstance(n, ast.Subscript | ast.Call) and tail(n)
    }
    return next((k for k in ("text", "content", "body", "message") if k in keys), "")

"""Loops over another range or in another direction, or once for repeatedly."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import called
from researchers.program_analysis.sites import brief, draft, each, instead, plain


def drafts(context: Context) -> Iterator[Draft]:
    """Ranges and iterables of loops and comprehensions, and `while` for `if`."""
    for module, _, node in each(context, ast.For, ast.comprehension, ast.If, ast.While):
        if isinstance(node, ast.If | ast.While):
            yield from _keyword(module, node)
            continue
        assert isinstance(node, ast.For | ast.comprehension)
        for code, strength in _forms(module, node.iter):
            why = "the loop may run over other elements"
            yield instead(module, node.iter, "Loop over", code, why, strength)


def _forms(module: Module, node: ast.expr) -> Iterator[tuple[str, float]]:
    code = module.code(node)
    if called(node) == "reversed" and isinstance(node, ast.Call):
        yield module.code(node.args[0]), 0.8
        return
    if called(node) != "range" or not isinstance(node, ast.Call):
        if not isinstance(node, ast.Call) or called(node) in {"sorted", "list"}:
            yield f"reversed({code})", 0.4
            if isinstance(node, ast.Name | ast.Attribute):
                yield from ((f"{code}[1:]", 0.3), (f"{code}[:-1]", 0.3), (f"list({code})", 0.2))
                yield from ((f"{code}.items()", 0.2), (f"{code}.values()", 0.2))
        return
    parts = [module.code(a) for a in node.args]
    yield f"reversed({code})", 0.4
    if len(parts) == 1:
        yield f"range(1, {parts[0]})", 0.7
        yield f"range(1, {parts[0]} + 1)", 0.7
        yield f"range({parts[0]} - 1, -1, -1)", 0.4
    elif len(parts) == 2:
        yield f"range({parts[1]})", 0.4
        yield f"range({parts[0]} + 1, {parts[1]} + 1)", 0.4
        yield f"range({parts[1]} - 1, {parts[0]} - 1, -1)", 0.4
        yield f"range({parts[1]}, {parts[0]} - 1, -1)", 0.2
        yield f"range({parts[1]}, {parts[0]}, -1)", 0.2
        yield f"range({parts[0]}, {parts[1]}, -1)", 0.3
    else:
        yield f"range({parts[0]}, {parts[1]})", 0.4
        yield f"range({parts[1]}, {parts[0]})", 0.2
        yield f"range({parts[0]}, {parts[1]}, -({parts[2]}))", 0.3


def _keyword(module: Module, node: ast.If | ast.While) -> Iterator[Draft]:
    """The whole statement with its first word exchanged."""
    word, other = ("if", "while") if isinstance(node, ast.If) else ("while", "if")
    code = plain(module, node)
    if code.startswith(word) and not node.orelse:
        yield draft(
            module, node, f"Write `{other}` for `{word}` at `{brief(module, node.test)}`",
            "a condition may have to be tested once, or again and again", 0.4,
            edits.swap(module, node, other + code[len(word) :]),
        )  # fmt: skip


OPERATOR = Operator("loop_range", "mutate loop", "bug_fix", 0.08, drafts, blind=True)

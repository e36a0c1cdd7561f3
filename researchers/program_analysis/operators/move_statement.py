"""Moves a statement: past its neighbour, out of a block, or into the one before it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import blocks, brief, draft, each, focused, is_elif, plain

_BLOCKS = (ast.For, ast.While, ast.If, ast.With, ast.Try)


def drafts(context: Context) -> Iterator[Draft]:
    """Neighbours exchanged; last statements moved out, followers moved in, in every block."""
    for module, _, node in each(context, *_BLOCKS):
        for block in blocks(node):
            yield from _within(module, block)
            if not is_elif(module, node):
                yield from _out(module, node, block)
    for module, function in focused(context):
        yield from _within(module, function.node.body)


def _within(module: Module, block: list[ast.stmt]) -> Iterator[Draft]:
    for one, other in pairwise(block):
        if isinstance(other, ast.FunctionDef) or isinstance(one, ast.FunctionDef):
            continue
        yield draft(
            module, one, f"Do `{brief(module, other)}` before `{brief(module, one)}`",
            "two statements may be in the wrong order", 0.4,
            edits.before(module, one, plain(module, other)), edits.remove(module, other),
        )  # fmt: skip
        if isinstance(one, _BLOCKS):
            for inner in blocks(one):
                yield draft(
                    module, other, f"Do `{brief(module, other)}` within `{brief(module, one)}`",
                    "a statement may belong into the block before it", 0.5,
                    edits.after(module, inner[-1], plain(module, other)),
                    edits.remove(module, other),
                )  # fmt: skip
        if isinstance(other, _BLOCKS) and isinstance(one, ast.Assign | ast.AugAssign | ast.Expr):
            inner_first = next(blocks(other))[0]
            yield draft(
                module, one, f"Do `{brief(module, one)}` within `{brief(module, other)}`",
                "a statement may belong into the block behind it", 0.4,
                edits.before(module, inner_first, plain(module, one)), edits.remove(module, one),
            )  # fmt: skip


def _out(module: Module, node: ast.AST, block: list[ast.stmt]) -> Iterator[Draft]:
    if len(block) < 2 or not isinstance(node, ast.stmt):
        return
    for moved in (block[-1], block[0]):
        last = moved is block[-1]
        code = plain(module, moved)
        splice = edits.after(module, node, code) if last else edits.before(module, node, code)
        side = "behind" if last else "before"
        yield draft(
            module, node, f"Do `{brief(module, moved)}` {side} its block",
            "a statement may stand too deep", 0.5 if last else 0.4,
            splice, edits.remove(module, moved),
        )  # fmt: skip


OPERATOR = Operator("move_statement", "move statement", "bug_fix", 0.08, drafts, blind=True)

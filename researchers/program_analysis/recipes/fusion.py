"""Fuses rankings: joined lists, a second ranker in scope, a lexical ranking beside another."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, shorten, where
from researchers.program_analysis.draft import Draft
from researchers.program_analysis.imports import import_of
from researchers.program_analysis.kinds import is_sequence
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import LIMIT, QUESTION, called, says, tail
from researchers.program_analysis.recipes.ranking import PART, SEAMS, ranking_draft
from researchers.program_analysis.recipes.recipe import Recipe
from researchers.program_analysis.recipes.seams import ranking_seams


def match(context: Context) -> Sequence[Draft] | str:
    """Two rankings, of which one may have to be made, become one by reciprocal ranks."""
    drafts = [*_joined(context), *_second_ranker(context), *_lexical_beside(context)]
    return (
        drafts
        or "no two rankings are joined, no second ranker and no collection to rank are at hand"
    )


def _joined(context: Context) -> Iterator[Draft]:
    """Two lists of results put one behind the other, or united as sets."""
    for module, node in context.each(ast.BinOp):
        assert isinstance(node, ast.BinOp)
        function = module.function_of(node)
        sides = [_unset(s) for s in (node.left, node.right)]
        joins = isinstance(node.op, ast.Add | ast.BitOr)
        if (
            not joins
            or function is None
            or not all(_is_ranking(context, module, function, s) for s in sides)
        ):
            continue
        left, right = (module.code(s) for s in sides)
        edit = edits.swap(module, node, f"fuse_rankings({left}, {right})")
        what = f"the rankings {left} and {right} by reciprocal rank"
        yield _fused(context, module, node, edit, what)


def _fused(context: Context, module: Module, node: ast.expr, edit: edits.Edit, what: str) -> Draft:
    title = f"Fuse {what} in {where(module, node)}"
    return ranking_draft(context, module, [edit], "fuse_rankings", node, title, 0.7)


def _unset(node: ast.expr) -> ast.expr:
    return (
        node.args[0]
        if called(node) in {"set", "list"} and isinstance(node, ast.Call) and node.args
        else node
    )


def _is_ranking(context: Context, module: Module, function: Function, node: ast.expr) -> bool:
    if isinstance(node, ast.Name):
        made = [
            n.value
            for n in ast.walk(function.node)
            if isinstance(n, ast.Assign) and any(tail(t) == node.id for t in n.targets)
        ]
        return (
            bool(made)
            and isinstance(made[-1], ast.Call | ast.ListComp)
            and is_sequence(context.kinds.of(function, node) or "list")
            and _ranks(called(made[-1]) or node.id)
        )
    return isinstance(node, ast.Call) and _ranks(called(node))


def _ranks(name: str) -> bool:
    return says(
        name,
        frozenset(
            [
                "search",
                "rank",
                "retrieve",
                "query",
                "hit",
                "result",
                "find",
                "top",
                "match",
                "lexical",
                "dense",
                "sparse",
                "bm25",
                "vector",
                "keyword",
                "semantic",
            ]
        ),
    )


def _second_ranker(context: Context) -> Iterator[Draft]:
    """A call of one ranker where another with the same parameters is in scope."""
    for module, node in context.each(ast.Call):
        assert isinstance(node, ast.Call)
        if not isinstance(node.func, ast.Attribute) or not _ranks(node.func.attr):
            continue
        if not _asks(context, module, node):
            continue
        own = context.kinds.of(module.function_of(node), node.func.value)
        for value in context.values(module, node):
            other = context.program.classes.get(value.kind)
            if other is None or value.kind == own or value.code == "self":
                continue
            for method in _methods(context, value.kind):
                rival = f"{value.code}.{method.node.name}"
                function = module.function_of(node)
                used = function is not None and f"{rival}(" in module.code(function.node)
                fits = (
                    len(method.positional)
                    >= len(node.args)
                    >= len(method.positional) - len(method.defaults)
                )
                if _ranks(method.node.name) and fits and node.args and not used:
                    arguments = module.code(node)[len(module.code(node.func)) :]
                    edit = edits.wrap(module, node, f"fuse_rankings({{}}, {rival}{arguments})")
                    what = f"{rival} into `{shorten(module.code(node), 40)}`"
                    yield _fused(context, module, node, edit, what)


def _asks(context: Context, module: Module, node: ast.Call) -> bool:
    """Whether a call is given a text to look for, and not a kind of node or a number."""
    kinds = [context.kinds.of(module.function_of(node), a) for a in node.args]
    return any(
        kind == "str" or (kind == "" and says(tail(argument), QUESTION))
        for kind, argument in zip(kinds, node.args, strict=True)
    )


def _methods(context: Context, owner: str) -> list[Function]:
    return [f for f in context.program.functions.values() if f.owner == owner]


def _lexical_beside(context: Context) -> Iterator[Draft]:
    """A lexical ranking of the same collection beside whatever ranking there is."""
    for seam in [s for s in ranking_seams(context) if s.records][:SEAMS]:
        if "lexical_rank" in seam.module.text:
            continue
        place = seam.places[0]
        limit = next((p for p in seam.function.parameters if says(p, LIMIT)), "")
        counted = f"len({seam.module.code(place)})" if isinstance(place, ast.Name) else "10"
        cut = f"[:{limit}]" if limit else ""
        ranked = f"lexical_rank({seam.records}, {seam.question}, {limit or counted})"
        edit = edits.wrap(seam.module, place, f"fuse_rankings({{}}, {ranked}){cut}")
        home = (PurePosixPath(seam.module.path).parent / f"{PART}.py").as_posix()
        wanted = import_of(context.program, seam.module, home, "lexical_rank")
        title = f"Rank by words as well and fuse in {seam.function.name} ({seam.module.path})"
        draft = ranking_draft(
            context, seam.module, [edit], "fuse_rankings", place, title, 0.6, effect=1.3,
            why=f"{seam.function.name} ranks {seam.records} in one way only",
        )  # fmt: skip
        files = edits.Revisions.of(draft.files).importing(seam.module.path, wanted)
        yield replace(draft, files=files)


RECIPE = Recipe(
    "lexical-fusion",
    "architecture",
    0.5,
    match,
    ("reciprocal-rank-fusion", "bm25-framework", "hybrid-union"),
)

"""Recipes where a ranking leaves: fusion, lexical beside dense, neighbours, reranking."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, location, shorten, where
from researchers.program_analysis.draft import Draft
from researchers.program_analysis.imports import import_of
from researchers.program_analysis.kinds import is_sequence
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import LIMIT, called, says, tail
from researchers.program_analysis.recipes.bring import bring
from researchers.program_analysis.recipes.recipe import Recipe, knowledge_ids
from researchers.program_analysis.recipes.seams import Seam, ranking_seams
from researchers.program_analysis.recipes.shapes import fields

PART = "rank_fusion"
SEAMS = 2


def _fuse(context: Context) -> Sequence[Draft] | str:
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
        yield _draft(
            context,
            module,
            [edit],
            "fuse_rankings",
            node,
            f"Fuse the rankings {left} and {right} by reciprocal rank in {where(module, node)}",
            0.7,
            FUSION.name,
        )


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
                    yield _draft(
                        context,
                        module,
                        [edit],
                        "fuse_rankings",
                        node,
                        f"Fuse {rival} into `{shorten(module.code(node), 40)}` in "
                        f"{where(module, node)}",
                        0.7,
                        FUSION.name,
                    )


def _methods(context: Context, owner: str) -> list[Function]:
    return [f for f in context.program.functions.values() if f.owner == owner]


def _lexical_beside(context: Context) -> Iterator[Draft]:
    """A lexical ranking of the same collection beside whatever ranking there is."""
    for seam in [s for s in ranking_seams(context) if s.records][:SEAMS]:
        if "lexical_rank" in seam.module.text:
            continue
        value = seam.module.code(seam.places[0])
        limit = next((p for p in seam.function.parameters if says(p, LIMIT)), "")
        depth = limit or f"len({value})" if isinstance(seam.places[0], ast.Name) else limit or "10"
        cut = f"[:{limit}]" if limit else ""
        code = f"fuse_rankings({{}}, lexical_rank({seam.records}, {seam.question}, {depth})){cut}"
        files = bring(
            context,
            seam.module,
            [edits.wrap(seam.module, seam.places[0], code)],
            PART,
            "fuse_rankings",
            fields(context).constants,
        )
        home = (PurePosixPath(seam.module.path).parent / f"{PART}.py").as_posix()
        wanted = import_of(context.program, seam.module, home, "lexical_rank")
        yield Draft(
            f"Rank by words as well and fuse in {seam.function.name} ({seam.module.path})",
            f"{seam.function.name} ranks {seam.records} in one way only",
            location(seam.module, seam.places[0]),
            files.importing(seam.module.path, wanted),
            0.6,
            1.3,
            knowledge=knowledge_ids(context, FUSION.name),
        )


def _neighbours(context: Context) -> Sequence[Draft] | str:
    seams = [s for s in ranking_seams(context) if s.records]
    return (
        list(
            _wrapping(
                context,
                seams,
                "with_neighbours({value}, {records})",
                "with_neighbours",
                "Add the records beside each hit",
                0.45,
                NEIGHBOURS.name,
            )
        )
        or "no function ranks an ordered collection that is at hand"
    )


def _rerank(context: Context) -> Sequence[Draft] | str:
    return (
        list(
            _wrapping(
                context,
                ranking_seams(context),
                "rerank({value}, {question})",
                "rerank",
                "Rerank the hits by shared terms",
                0.45,
                RERANKING.name,
            )
        )
        or "no function gives a list of records for a query"
    )


def _deduplicate(context: Context) -> Sequence[Draft] | str:
    return (
        list(
            _wrapping(
                context,
                ranking_seams(context),
                "distinct({value})",
                "distinct",
                "Drop hits of equal text",
                0.35,
                DEDUPLICATION.name,
            )
        )
        or "no function gives a list of records for a query"
    )


def _wrapping(
    context: Context,
    seams: Sequence[Seam],
    form: str,
    name: str,
    title: str,
    strength: float,
    recipe: str,
) -> Iterator[Draft]:
    for seam in seams[:SEAMS]:
        if name not in seam.module.text:
            full = f"{title} in {seam.function.name} ({seam.module.path})"
            yield _draft(
                context,
                seam.module,
                seam.wrapped(form),
                name,
                seam.places[0],
                full,
                strength,
                recipe,
            )


def _draft(
    context: Context,
    module: Module,
    made: list[edits.Edit],
    name: str,
    node: ast.AST,
    title: str,
    strength: float,
    recipe: str,
) -> Draft:
    files = bring(context, module, made, PART, name, fields(context).constants)
    return Draft(
        title,
        f"{where(module, node)} hands on a ranking",
        location(module, node),
        files,
        strength,
        1.2,
        knowledge=knowledge_ids(context, recipe),
    )


FUSION = Recipe("lexical-fusion", "architecture", 0.5, _fuse)
NEIGHBOURS = Recipe("neighbour-expansion", "architecture", 0.35, _neighbours)
RERANKING = Recipe("reranking", "architecture", 0.4, _rerank)
DEDUPLICATION = Recipe("deduplication", "architecture", 0.3, _deduplicate)

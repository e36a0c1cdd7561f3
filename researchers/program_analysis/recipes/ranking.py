"""Recipes that wrap a ranking where it leaves: neighbours, replies, reranking, distinct texts."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, location, where
from researchers.program_analysis.draft import Draft
from researchers.program_analysis.module import Module
from researchers.program_analysis.recipes.bring import bring
from researchers.program_analysis.recipes.recipe import Recipe
from researchers.program_analysis.recipes.seams import ranking_seams, record_seams
from researchers.program_analysis.recipes.shapes import fields

PART = "rank_fusion"
SEAMS = 2


def ranking_draft(
    context: Context,
    module: Module,
    made: Sequence[edits.Edit],
    name: str,
    node: ast.AST,
    title: str,
    strength: float,
    effect: float = 1.2,
    why: str = "",
    part: str = PART,
) -> Draft:
    """A change of a ranking that calls `name` of a part, by default of the one for rankings."""
    return Draft(
        title,
        why or f"{where(module, node)} hands on a ranking",
        location(module, node),
        bring(context, module, made, part, name, fields(context).constants),
        strength,
        effect,
    )


def _wrapping(
    form: str, title: str, strength: float, lacks: str
) -> Callable[[Context], Sequence[Draft] | str]:
    """A matcher that puts rankings into `form`; `lacks` is the reason where there are none."""
    name = form.partition("(")[0]

    def match(context: Context) -> Sequence[Draft] | str:
        seams = [s for s in ranking_seams(context) if s.records or "{records}" not in form]
        drafts = [
            ranking_draft(
                context, s.module, s.wrapped(form), name, s.places[0],
                f"{title} in {s.function.name} ({s.module.path})", strength,
            )
            for s in seams[:SEAMS] if name not in s.module.text
        ]  # fmt: skip
        return drafts or lacks

    return match


def _replies(context: Context) -> Sequence[Draft] | str:
    if not fields(context).author:
        return "the target's records have no author, so that none answers another's question"
    drafts = [
        ranking_draft(
            context, s.module, s.wrapped("replies_first({value}, {records})"), "replies_first",
            s.places[0],
            f"Put replies in the place of found questions in {s.function.name} ({s.module.path})",
            0.7, 1.5,
            f"{where(s.module, s.places[0])} hands on records that ask, not those that answer",
            "replies",
        )
        for s in record_seams(context)[:SEAMS]
        if "replies_first" not in s.module.text
    ]  # fmt: skip
    return drafts or "no function gives a list of records with all records in order at hand"


_NO_RANKING = "no function gives a list of records for a query"

NEIGHBOURS = Recipe(
    "neighbour-expansion",
    "architecture",
    0.35,
    _wrapping(
        "with_neighbours({value}, {records})",
        "Add the records beside each hit",
        0.45,
        "no function ranks an ordered collection that is at hand",
    ),
    ("a-mem", "passage-evidence"),
)
REPLIES = Recipe("replies", "architecture", 0.5, _replies, ("adjacency-pairs", "forum-answers"))
RERANKING = Recipe(
    "reranking",
    "architecture",
    0.4,
    _wrapping("rerank({value}, {question})", "Rerank the hits by shared terms", 0.45, _NO_RANKING),
    ("cross-encoder-reranking", "late-interaction"),
)
DEDUPLICATION = Recipe(
    "deduplication",
    "architecture",
    0.3,
    _wrapping("distinct({value})", "Drop hits of equal text", 0.35, _NO_RANKING),
    ("near-duplicates", "maximal-marginal-relevance"),
)

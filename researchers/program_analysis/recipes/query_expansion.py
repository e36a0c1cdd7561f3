"""Searches by a plainer question, or again with words of what the first search found."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, location, where
from researchers.program_analysis.draft import Draft
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import called, words
from researchers.program_analysis.recipes.bring import bring, is_here
from researchers.program_analysis.recipes.recipe import Recipe
from researchers.program_analysis.recipes.seams import Seam, ranking_seams
from researchers.program_analysis.recipes.shapes import fields

PART = "query_terms"
SEAMS = 2


def match(context: Context) -> Sequence[Draft] | str:
    """Two changes for each search of records by a question."""
    if is_here(context, PART):
        return "the target rewrites its questions already"
    seams = [s for s in ranking_seams(context) if s.records and _asks(s)][:SEAMS]
    drafts = [draft for seam in seams for draft in (*_plain(context, seam), *_again(context, seam))]
    return drafts or "no function ranks a collection of records at hand by a question"


def _asks(seam: Seam) -> bool:
    return bool(words(seam.question) & {"question", "query"})


def _plain(context: Context, seam: Seam) -> Iterator[Draft]:
    first = edits.first_body_line(seam.function.node)
    name = seam.question
    edit = edits.before(seam.module, first, f"{name} = plain_query({name})")
    yield Draft(
        f"Search {seam.records} without the question's function words in {seam.function.name} "
        f"({seam.module.path})",
        f"{seam.function.name} searches by `{name}` with all its words",
        location(seam.module, first),
        bring(context, seam.module, [edit], PART, "plain_query", fields(context).constants),
        0.35,
    )


def _again(context: Context, seam: Seam) -> Iterator[Draft]:
    """Calls of the ranking become two searches, ranked together."""
    function = seam.function
    for site in context.program.calls.get(function.key, []):
        if not site.module.editable or site.caller is None or site.caller.key == function.key:
            continue
        asked = _argument(site.node, function.positional, seam.question)
        if asked is None or isinstance(asked, ast.Constant):
            continue
        code = _search(site.module, site.node, asked)
        edit = edits.swap(site.module, site.node, code)
        constants = fields(context).constants
        yield Draft(
            f"Search again with words of the first results in {where(site.module, site.node)}",
            f"{where(site.module, site.node)} searches once, by the words of the question alone",
            location(site.module, site.node),
            bring(context, site.module, [edit], PART, "search_expanded", constants),
            0.4,
        )


def _argument(node: ast.Call, positional: tuple[str, ...], name: str) -> ast.expr | None:
    """The argument that a call gives to a parameter; None where it unpacks."""
    if any(isinstance(a, ast.Starred) for a in node.args) or not called(node):
        return None
    named = {k.arg: k.value for k in node.keywords}
    if name in named:
        return named[name]
    place = positional.index(name) if name in positional else len(node.args)
    return node.args[place] if place < len(node.args) else None


def _search(module: Module, node: ast.Call, asked: ast.expr) -> str:
    """The call as a function of its question, handed to the part together with the question."""
    start, _ = module.span(node)
    from_, to = module.span(asked)
    code = module.code(node)
    return (
        f"search_expanded(lambda asked: {code[: from_ - start]}asked{code[to - start :]}, "
        f"{module.code(asked)})"
    )


RECIPE = Recipe(
    "query-expansion",
    "architecture",
    0.35,
    match,
    ("relevance-feedback", "query-anchored-feedback"),
)

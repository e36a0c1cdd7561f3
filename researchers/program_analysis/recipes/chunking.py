"""Splits long texts into overlapping pieces before they are indexed, and gives whole records."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, location
from researchers.program_analysis.draft import Draft
from researchers.program_analysis.imports import import_of
from researchers.program_analysis.kinds import element
from researchers.program_analysis.module import Function
from researchers.program_analysis.names import BODY, called, says, tail
from researchers.program_analysis.recipes.bring import bring, is_here
from researchers.program_analysis.recipes.recipe import Recipe
from researchers.program_analysis.recipes.seams import Seam, ranking_seams
from researchers.program_analysis.recipes.shapes import fields

PART = "pieces"
SEAMS = 2


def match(context: Context) -> Sequence[Draft] | str:
    """Where a collection comes in, pieces of it go on; where a ranking leaves, whole records do."""
    if is_here(context, PART):
        return "the target splits its records already"
    return list(_drafts(context))[:SEAMS] or (
        "no function ranks records with text that it, or its constructor, is handed as a collection"
    )


def _drafts(context: Context) -> Iterator[Draft]:
    for seam in ranking_seams(context):
        entry = _entry(context, seam)
        if entry is None or not _hands_on(context, seam):
            continue
        home, name = entry
        first = edits.first_body_line(home.node)
        module = seam.module
        made = [
            edits.before(module, first, f"{name} = in_pieces({name})"),
            *seam.wrapped("whole_records({value})"),
        ]
        if first in (module.statement(place) for place in seam.places):
            continue
        constants = fields(context).constants
        files = bring(context, module, made, PART, "in_pieces", constants)
        part = (PurePosixPath(module.path).parent / f"{PART}.py").as_posix()
        wanted = import_of(context.program, module, part, "whole_records")
        yield Draft(
            f"Index long texts in overlapping pieces for {seam.function.name} ({module.path})",
            f"{seam.function.name} ranks {seam.records} by whole texts, however long they are",
            location(module, first),
            files.importing(module.path, wanted),
            0.4,
            1.1,
        )


def _entry(context: Context, seam: Seam) -> tuple[Function, str] | None:
    """The function and its parameter by which the ranked collection comes in."""
    if seam.records in seam.function.parameters:
        return seam.function, seam.records
    if not seam.records.startswith("self."):
        return None
    attribute = seam.records.removeprefix("self.")
    info = context.program.classes.get(seam.function.owner)
    for home, value in info.attributes.get(attribute, []) if info else []:
        bare = value.args[0] if isinstance(value, ast.Call) and value.args else value
        copied = bare is value or called(value) in {"list", "tuple"}
        name = tail(bare) if isinstance(bare, ast.Name) else ""
        if home.node.name == "__init__" and copied and name in home.parameters:
            return home, name
    return None


def _hands_on(context: Context, seam: Seam) -> bool:
    """Whether what leaves are elements of the collection, with text, and not numbers of them."""
    kind = element(context.kinds.returns(seam.function))
    info = context.program.classes.get(kind)
    if info is not None:
        return any(says(name, BODY) for name in info.fields)
    value = _made(seam.function, seam.places[0])
    if isinstance(value, ast.ListComp):
        source = seam.module.code(value.generators[0].iter)
        taken = isinstance(value.elt, ast.Subscript) and (
            seam.module.code(value.elt.value) == seam.records
        )
        own = seam.records in source and ast.dump(value.elt) == ast.dump(_loaded(value))
        return (own or taken) and bool(fields(context).text)
    return (
        called(value) in {"sorted", "nlargest"}
        and isinstance(value, ast.Call)
        and any(seam.module.code(a) == seam.records for a in value.args)
        and bool(fields(context).text)
    )


def _loaded(node: ast.ListComp) -> ast.expr:
    target = node.generators[0].target
    return ast.Name(id=tail(target), ctx=ast.Load())


def _made(function: Function, node: ast.expr) -> ast.expr:
    """The expression that a returned value was made by, cuts left out."""
    while isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
        node = node.value
    if not isinstance(node, ast.Name):
        return node
    made = [
        n.value
        for n in ast.walk(function.node)
        if isinstance(n, ast.Assign) and any(tail(t) == node.id for t in n.targets)
    ]
    return _made(function, made[-1]) if made and not _same(made[-1], node) else node


def _same(value: ast.expr, name: ast.Name) -> bool:
    """Whether a value is made from the name itself, so that following it would not end."""
    return any(isinstance(n, ast.Name) and n.id == name.id for n in ast.walk(value))


RECIPE = Recipe(
    "chunking", "architecture", 0.3, match, ("passage-evidence", "texttiling", "proposition-units")
)

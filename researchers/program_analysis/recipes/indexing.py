"""Indexes fields of a record that searching never sees: captions, titles, authors, dates."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, where
from researchers.program_analysis.draft import Draft
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import (
    AUTHOR,
    BODY,
    IDENTITY,
    called,
    is_date,
    says,
    tail,
    words,
)
from researchers.program_analysis.recipes.recipe import Recipe
from researchers.program_analysis.recipes.shapes import text_fields

_INDEXES = frozenset(
    {
        "index",
        "build",
        "fit",
        "add",
        "encode",
        "embed",
        "tokenize",
        "tokenise",
        "token",
        "term",
        "vectorize",
        "vectorise",
        "ingest",
        "document",
        "corpus",
    }
)
LIMIT = 6


def match(context: Context) -> Sequence[Draft] | str:
    """The text that is indexed gets a further field of the same record."""
    drafts = list(_drafts(context))
    return (
        drafts[:LIMIT] or "no record with further text fields goes into an index by one field alone"
    )


def _drafts(context: Context) -> Iterator[Draft]:
    for module, node in context.each(ast.Attribute, ast.Subscript):
        if not says(tail(node), BODY) or not isinstance(getattr(node, "ctx", None), ast.Load):
            continue
        holder = node.value  # type: ignore[attr-defined]
        if not isinstance(holder, ast.Name) or not is_indexed(module, node):
            continue
        base = module.code(holder)
        statement = module.code(module.statement(node))
        for field, reference, strength in _others(context, module, node, holder):
            if f"{base}.{field}" in statement or f'"{field}"' in statement:
                continue
            code = (
                f"f\"{{{module.code(node)}}} {{{reference} or ''}}\""
                if '"' not in module.code(node) + reference
                else f'" ".join([str({module.code(node)}), str({reference} or "")])'
            )
            yield Draft(
                f"Index the field {field} beside {tail(node)} in {where(module, node)}",
                f"{where(module, node)} indexes `{module.code(node)}` alone, the record also has "
                f"{field}",
                location(module, node),
                changed(module, edits.swap(module, node, code)),
                strength,
                1.2,
            )


def is_indexed(module: Module, node: ast.AST) -> bool:
    """Whether what a node gives goes into an index, by the names of what it is handed to."""
    function = module.function_of(node)
    if function is not None and says(function.node.name, _INDEXES):
        return True
    return any(says(called(a), _INDEXES) for a in module.ancestors(node) if isinstance(a, ast.Call))


def _others(
    context: Context, module: Module, node: ast.AST, holder: ast.Name
) -> list[tuple[str, str, float]]:
    """Further fields of the same record with how each is read, likeliest first."""
    kind = context.kinds.of(module.function_of(node), holder)
    named = text_fields(context, kind)
    if named:
        found = [(n, f"{holder.id}.{n}") for n in named if n != tail(node)]
    else:
        keys = {tail(n) for m in context.program.editable for n in m.nodes if is_keyed(n)}
        if isinstance(node, ast.Attribute):
            return []
        found = [
            (k, f'{holder.id}.get("{k}")')
            for k in sorted(keys)
            if k.isidentifier() and k != tail(node)
        ]
    scored = [(n, code, _worth(n)) for n, code in found]
    return sorted((s for s in scored if s[2] > 0), key=lambda s: -s[2])[:4]


def is_keyed(node: ast.AST) -> bool:
    """Whether a node reads a text key of a mapping."""
    if isinstance(node, ast.Call):
        keyed = called(node) == "get" and bool(node.args)
        return keyed and isinstance(node.args[0], ast.Constant) and bool(tail(node))
    return isinstance(node, ast.Subscript) and bool(tail(node))


def _worth(name: str) -> float:
    if words(name) & {
        "caption",
        "alt",
        "description",
        "transcript",
        "title",
        "subject",
        "tags",
        "keywords",
    }:
        return 0.75
    if says(name, AUTHOR):
        return 0.5
    if is_date(name):
        return 0.5
    return 0.0 if says(name, IDENTITY) or words(name) & {"path", "url"} else 0.2


RECIPE = Recipe(
    "caption-indexing", "architecture", 0.45, match, ("blip-captions", "captions-without-files")
)

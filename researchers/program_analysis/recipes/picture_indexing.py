"""Indexes what pictures show, by descriptions that the program has and does not index."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, where
from researchers.program_analysis.draft import Draft
from researchers.program_analysis.imports import import_of
from researchers.program_analysis.kinds import UNKNOWN, annotation_kind
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import BODY, IDENTITY, root, says, tail, words
from researchers.program_analysis.recipes.indexing import is_indexed, is_keyed
from researchers.program_analysis.recipes.recipe import Recipe

LIMIT = 4
REACH = 3
_PICTURE = frozenset({
    "image", "img", "picture", "photo", "photograph", "figure", "screenshot", "thumbnail",
    "scan", "drawing", "artwork",
})  # fmt: skip
_DESCRIBES = frozenset({"describe", "caption", "ocr", "transcribe", "recognise", "recognize"})
_DESCRIPTIONS = frozenset({"caption", "description", "alt", "transcript", "label", "ocr"})
Source = tuple[str, Function | None, str]
"""An expression for the description, the function that it needs, and what it is in words."""


def match(context: Context) -> Sequence[Draft] | str:
    """The text that is indexed gets the description of its record's picture."""
    if not any(says(name, _PICTURE) for name in _fields(context)):
        return "no record of the target has a field for a picture"
    return list(_drafts(context))[:LIMIT] or (
        "no text that goes into an index belongs to a record whose picture a function or a table "
        "at hand describes"
    )


def _fields(context: Context) -> set[str]:
    declared = {f for info in context.program.classes.values() for f in info.fields}
    keyed = {tail(n) for _, n in context.each(ast.Subscript, ast.Call) if is_keyed(n)}
    return declared | keyed


def _drafts(context: Context) -> Iterator[Draft]:
    for module, node in context.each(ast.Attribute, ast.Subscript):
        assert isinstance(node, ast.Attribute | ast.Subscript)
        holder = node.value
        if not isinstance(node.ctx, ast.Load) or not isinstance(holder, ast.Name):
            continue
        if not says(tail(node), BODY) or not is_indexed(module, node):
            continue
        statement = module.code(module.statement(node))
        used = _reached(context, module.function_of(node))
        for code, function, what in _sources(context, module, node, holder):
            if code in statement or (function is not None and function.key in used):
                continue
            joined = f'" ".join([str({module.code(node)}), str({code} or "")])'
            files = changed(module, edits.swap(module, node, joined))
            if function is not None:
                name = function.node.name
                wanted = import_of(context.program, module, function.path, name)
                files = files.importing(module.path, wanted)
            yield Draft(
                f"Index what {what} says beside {tail(node)} in {where(module, node)}",
                f"{where(module, node)} indexes `{module.code(node)}` alone, and {what} "
                "describes the record's picture",
                location(module, node), files, 0.6, 1.2,
            )  # fmt: skip


def _sources(
    context: Context, module: Module, node: ast.expr, holder: ast.Name
) -> Iterator[Source]:
    kind = context.kinds.of(module.function_of(node), holder)
    info = context.program.classes.get(kind)
    keyed = isinstance(node, ast.Subscript)
    names = list(info.fields) if info else _keys(context, holder.id) if keyed else []
    for name in (n for n in names if says(n, _PICTURE) and n.isidentifier()):
        value = f'{holder.id}.get("{name}")' if keyed else f"{holder.id}.{name}"
        held = annotation_kind(info.fields[name]) if info else UNKNOWN
        for function in _describers(context, held):
            call = f"{function.node.name}({value})"
            yield f"({call} if {value} else None)", function, f"{function.name} ({function.path})"
    keys = [n for n in names if says(n, IDENTITY) or says(n, _PICTURE)]
    for table in context.values(module, node):
        named = words(table.name) & {f"{word}s" for word in _DESCRIPTIONS}
        if named and table.kind in {"dict", UNKNOWN} and table.rank in {0, 1, 3}:
            for key in keys[:2]:
                value = f'{holder.id}.get("{key}")' if keyed else f"{holder.id}.{key}"
                if key.isidentifier():
                    yield f"{table.code}.get({value})", None, f"`{table.code}`"


def _keys(context: Context, holder: str) -> list[str]:
    """Text keys that the program reads from mappings of this name."""
    found = {
        tail(n)
        for _, n in context.each(ast.Subscript, ast.Call)
        if is_keyed(n) and root(n) == holder
    }
    return sorted(key for key in found if key.isidentifier())


def _describers(context: Context, held: str) -> Iterator[Function]:
    """Functions of the target from one picture to text, which take what the field holds."""
    for function in context.program.functions.values():
        if function.owner or "." in function.name or not says(function.node.name, _DESCRIBES):
            continue
        required = [p for p in function.parameters if p not in function.defaults]
        if len(required) != 1 or context.kinds.returns(function) not in {"str", UNKNOWN}:
            continue
        takes = annotation_kind(function.arguments[0].annotation)
        picture = says(required[0], _PICTURE | {"path", "file", "pixel"})
        if picture and (takes == held or {takes, held} <= {UNKNOWN, "str"}):
            yield function


def _reached(context: Context, function: Function | None) -> set[str]:
    """Keys of the functions that a function calls, and that those call, three steps deep."""
    found: set[str] = set()
    front = [function] if function else []
    for _ in range(REACH):
        calls = [n for f in front for n in ast.walk(f.node) if isinstance(n, ast.Call)]
        met = [f for f in (context.program.callee(n) for n in calls) if f is not None]
        front = [f for f in met if f.key not in found]
        found |= {f.key for f in front}
    return found


RECIPE = Recipe(
    "picture-indexing", "architecture", 0.4, match, ("blip-captions", "captions-in-bm25", "clip")
)

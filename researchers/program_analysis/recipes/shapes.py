"""Shapes of data: which fields of the target's records hold text, date and author."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass

from researchers.program_analysis.context import Context
from researchers.program_analysis.kinds import annotation_kind
from researchers.program_analysis.names import AUTHOR, BODY, is_date, says, words

_SHORT = {"summary", "title", "caption", "query", "question"}


@dataclass(frozen=True)
class Fields:
    """Names of fields by role, likeliest first; empty where the target has none."""

    text: tuple[str, ...]
    date: tuple[str, ...]
    author: tuple[str, ...]

    @property
    def constants(self) -> dict[str, object]:
        """What the part that reads records is adapted with."""
        named = {"TEXT_FIELDS": self.text, "DATE_FIELDS": self.date, "AUTHOR_FIELDS": self.author}
        return {key: value for key, value in named.items() if value}


def fields(context: Context) -> Fields:
    """Fields of record classes, and string keys of mappings, by what their names say."""
    counts: Counter[str] = Counter()
    for info in context.program.classes.values():
        if len(info.fields) > 1:
            counts.update(dict.fromkeys(info.fields, 5))
    for module in context.program.editable:
        for node in module.nodes:
            if isinstance(node, ast.Subscript | ast.Call | ast.Dict):
                counts.update(_keys(node))
    names = [name for name, _ in counts.most_common() if name.isidentifier()]
    return Fields(
        text=tuple(n for n in names if says(n, BODY) and not words(n) & _SHORT)[:5],
        date=tuple(n for n in names if is_date(n))[:5],
        author=tuple(n for n in names if says(n, AUTHOR))[:5],
    )


def text_fields(context: Context, owner: str) -> list[str]:
    """The fields of a class that hold text or dates and could be searched, in order."""
    info = context.program.classes.get(owner)
    if info is None:
        return []
    searchable = {"str", "date", "datetime", "list[str]"}
    return [n for n, a in info.fields.items() if annotation_kind(a) in searchable]


def _keys(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Subscript):
        keys = [node.slice]
    elif isinstance(node, ast.Call):
        get = isinstance(node.func, ast.Attribute) and node.func.attr == "get"
        keys = node.args[:1] if get else []
    else:
        assert isinstance(node, ast.Dict)
        keys = [k for k in node.keys if k is not None]
    return [k.value for k in keys if isinstance(k, ast.Constant) and isinstance(k.value, str)]

"""A user's recipe: files that spreadsheets write begin with a mark, which is read as text.

Used with `WHETSTONE_RECIPES=configs/examples/recipes whetstone improve ...`.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, where
from researchers.program_analysis.draft import Draft
from researchers.program_analysis.names import called
from researchers.program_analysis.recipes import Recipe


def match(context: Context) -> Sequence[Draft] | str:
    """Reads UTF-8 with or without the mark, wherever a file is read as plain UTF-8."""
    drafts = []
    for module, node in context.each(ast.Call):
        if called(node) not in {"open", "read_text"} or _writes(node):
            continue
        for keyword in node.keywords:
            if keyword.arg == "encoding" and ast.unparse(keyword.value).lower() in _PLAIN:
                drafts.append(
                    Draft(
                        f"Read a byte-order mark as such in {where(module, node)}",
                        f"{where(module, node)} keeps a byte-order mark as the text's first letter",
                        location(module, node),
                        changed(module, edits.swap(module, keyword.value, '"utf-8-sig"')),
                        0.4,
                    )
                )
    return drafts or "no file is read as plain UTF-8"


def _writes(call: ast.Call) -> bool:
    modes = [*call.args[1:2], *(k.value for k in call.keywords if k.arg == "mode")]
    return any(set(str(getattr(mode, "value", "w"))) & set("wax+") for mode in modes)


_PLAIN = {"'utf-8'", "'utf8'"}

RECIPE = Recipe("byte-order-mark", "data_repair", 0.3, match)

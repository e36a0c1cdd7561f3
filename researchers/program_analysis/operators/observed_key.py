"""Looks up a key that the data has in place of one that it never has."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, where
from researchers.program_analysis.draft import Draft, Operator


def drafts(context: Context) -> Iterator[Draft]:
    """The likest observed keys, one draft each; inserted values keep their order."""
    for finding, module, node in context.found("absent_key"):
        if not isinstance(node, ast.expr):
            continue
        for rank, known in enumerate(finding.detail["known"].split("\n")):
            code = _key_code(module.code, node, known)
            if code is not None:
                yield Draft(
                    f"Look up `{known}` for `{finding.detail['wanted']}` in {where(module, node)}",
                    finding.evidence, location(module, node),
                    changed(module, edits.swap(module, node, code)),
                    finding.strength * 0.8**rank, 1.3, (finding.id,),
                )  # fmt: skip


def _key_code(code: object, node: ast.expr, known: str) -> str | None:
    """Source of the key: a literal, or an f-string with the old inserted values."""
    if isinstance(node, ast.Constant):
        return None if "#" in known else repr(known)
    if not isinstance(node, ast.JoinedStr):
        return None
    inserted = [ast.unparse(p.value) for p in node.values if isinstance(p, ast.FormattedValue)]
    parts = known.split("#")
    if len(parts) != len(inserted) + 1:
        return None
    body = parts[0]
    for value, text in zip(inserted, parts[1:], strict=True):
        body += "{" + value + "}" + text
    quote = "'" if '"' in body else '"'
    return None if quote in body else f"f{quote}{body}{quote}"


OPERATOR = Operator("observed_key", "wrong literal or key", "data_repair", 0.8, drafts)

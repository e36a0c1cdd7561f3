"""Matches whole words where substrings were matched."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, importing, location, where
from researchers.program_analysis.draft import Draft, Operator


def drafts(context: Context) -> Iterator[Draft]:
    """`w in text` becomes a search with word boundaries."""
    for finding, module, node in context.found("substring_word"):
        assert isinstance(node, ast.Compare)
        word, text = module.code(node.left), module.code(node.comparators[0])
        sought = (
            f'rf"\\b{{re.escape({word})}}\\b"'
            if '"' not in word
            else f'r"\\b" + re.escape({word}) + r"\\b"'
        )
        found = "is None" if isinstance(node.ops[0], ast.NotIn) else "is not None"
        code = f"re.search({sought}, {text}) {found}"
        files = changed(module, edits.swap(module, node, code))
        yield Draft(
            f"Match `{word}` as a whole word in {where(module, node)}",
            finding.evidence, location(module, node), importing(files, module.path, "re"),
            finding.strength, findings=(finding.id,),
        )  # fmt: skip


OPERATOR = Operator("whole_word", "replace containment", "bug_fix", 0.35, drafts)

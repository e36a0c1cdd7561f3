"""Words looked for as substrings: `"see" in "seen"`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from tasks.records.change import Finding


def find(context: Context) -> Iterator[Finding]:
    """`in` between two texts."""
    for module, node in context.each(ast.Compare):
        assert isinstance(node, ast.Compare)
        if len(node.ops) != 1 or not isinstance(node.ops[0], ast.In | ast.NotIn):
            continue
        function, word, text = module.function_of(node), node.left, node.comparators[0]
        if isinstance(word, ast.Constant) and not _is_word(word.value):
            continue
        if context.kinds.of(function, text) != "str" and not (
            context.kinds.of(function, text) == "" and context.kinds.is_text(function, text)
        ):
            continue
        if not isinstance(word, ast.Constant) and not context.kinds.is_text(function, word):
            continue
        sentence = f"`{module.code(node)}` in {where(module, node)} also holds inside longer words"
        yield context.finding("substring_word", module, node, 0.5, sentence)


def _is_word(value: object) -> bool:
    return isinstance(value, str) and len(value) > 1 and value.replace(" ", "").isalnum()

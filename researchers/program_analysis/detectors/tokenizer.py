"""Tokenizers that keep case, punctuation or word endings."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.names import called, says, words
from tasks.records.change import Finding


def find(context: Context) -> Iterator[Finding]:
    """Functions from one text to a list of texts, with what they do not do."""
    for module, function in context.functions():
        if len(function.parameters) - len(function.defaults) != 1:
            continue
        kind = context.kinds.returns(function)
        named = says(
            function.node.name, frozenset({"tokenize", "tokenise", "token", "term", "word"})
        )
        if kind not in {"list[str]", "list", "list[]"} or (kind != "list[str]" and not named):
            continue
        first = function.arguments[0]
        if context.kinds.of(function, ast.Name(id=first.arg)) not in {"str", ""}:
            continue
        if words(function.node.name) & {"sentence", "sentences", "lines", "paragraphs", "chunks"}:
            continue
        body = ast.unparse(function.node)
        splits = any(called(n) in {"split", "findall", "tokenize"} for n in ast.walk(function.node))
        if not (splits or named):
            continue
        lacks = [
            what
            for what, sign in (
                ("lower case", ("lower", "casefold")),
                ("stemming", ("stem",)),
                ("stop words", ("stop",)),
                ("punctuation", ("re.", "punctuation", "strip(", "isalnum", "regex")),
            )
            if not any(s in body for s in sign)
        ]
        if lacks:
            text = f"{function.name} ({module.path}) makes tokens without {', '.join(lacks)}"
            strength = 0.4 + 0.12 * len(lacks)
            yield context.finding(
                "plain_tokenizer", module, function.node, strength, text, {"lacks": ",".join(lacks)}
            )

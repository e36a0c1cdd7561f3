"""Regular expressions that look for words without saying where a word begins and ends."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from researchers.program_analysis.context import Context, shorten, where
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import called
from tasks.records.change import Finding

_SEARCHING = {"compile", "search", "findall", "finditer", "sub", "split"}
_BARE = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]+)*s?\??")


def find(context: Context) -> Iterator[Finding]:
    """Patterns with an alternative that is a bare word: it also matches inside longer words."""
    for module, node in context.each(ast.Call):
        assert isinstance(node, ast.Call)
        if called(node) not in _SEARCHING or not _is_of_re(node) or not node.args:
            continue
        pattern = node.args[0]
        if not isinstance(pattern, ast.Constant) or not isinstance(pattern.value, str):
            continue
        loose = [part for part in alternatives(pattern.value) if _BARE.fullmatch(part)]
        if not loose:
            continue
        strict = _others_are_strict(module, pattern)
        text = f"`{shorten(pattern.value, 50)}` in {where(module, node)} finds " + ", ".join(
            f'"{part}" inside longer words too' for part in loose[:2]
        )
        if strict:
            text += "; other patterns of this module mark where words begin and end"
        yield context.finding("loose_pattern", module, pattern, 0.6 if strict else 0.4, text)


def alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern at its top level, or those of a group that spans it all."""
    parts, depth, start, escaped, in_class = [], 0, 0, False, False
    for position, character in enumerate(pattern):
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif in_class:
            in_class = character != "]"
        elif character == "[":
            in_class = True
        elif character in "()":
            depth += 1 if character == "(" else -1
        elif character == "|" and depth == 0:
            parts.append(pattern[start:position])
            start = position + 1
    return [*parts, pattern[start:]]


def _is_of_re(node: ast.Call) -> bool:
    function = node.func
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id in {"re", "regex"}
    )


def _others_are_strict(module: Module, pattern: ast.Constant) -> bool:
    """Whether the module uses word boundaries, in this pattern or in another."""
    return any(
        isinstance(node, ast.Constant) and isinstance(node.value, str) and "\\b" in node.value
        for node in module.nodes
    )

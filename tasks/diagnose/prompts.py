"""Prompt files: text that the target fills in and gives to a model, or prints."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from pathlib import PurePosixPath

from tasks.diagnose.sources import Module

FOLDERS = frozenset({"prompts", "prompt", "templates", "template"})
TEMPLATES = frozenset({".j2", ".jinja", ".jinja2", ".prompt", ".tmpl", ".tpl", ".mustache"})
TEXTS = frozenset({".txt", ".md"})
NO_PROMPT = frozenset({"readme.md", "readme.txt", "requirements.txt", "license.txt", "license.md"})


def prompt_files(files: Sequence[str], modules: Sequence[Module]) -> tuple[str, ...]:
    """Templates anywhere; text files in a prompt folder, or named by a string in the code."""
    named = {text for module in modules for text in _path_like(module)}
    return tuple(path for path in files if _is_prompt(PurePosixPath(path), named))


def _is_prompt(path: PurePosixPath, named: set[str]) -> bool:
    if path.suffix in TEMPLATES:
        return True
    if path.suffix not in TEXTS or path.name.lower() in NO_PROMPT:
        return False
    if FOLDERS & {part.lower() for part in path.parent.parts}:
        return True
    return any("/".join(path.parts[-length:]) in named for length in range(1, len(path.parts) + 1))


def _path_like(module: Module) -> set[str]:
    return {
        node.value
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and PurePosixPath(node.value).suffix in TEXTS
        and len(node.value) < 200
    }

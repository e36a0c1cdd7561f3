"""Placeholders of a prompt template, in the notations of Python, Jinja and the shell."""

from __future__ import annotations

import re

_PLACEHOLDER = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{[A-Za-z_][\w.\[\]!:]*\}|\{\}|%\(\w+\)[a-z]|%[sd]|\$\{\w+\}|\$[A-Za-z_]\w*",
    re.DOTALL,
)


def placeholders(text: str) -> frozenset[str]:
    """What is filled in when the template is used, as it is written."""
    return frozenset(_PLACEHOLDER.findall(text))

"""The word lists, kinds of event and outlines that ship with the package."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def read(name: str) -> Any:
    """The document `data/<name>.yaml`; callers must not change it."""
    text = (files("memory_systems.lifelog") / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))

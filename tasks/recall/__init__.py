"""The researcher's memory: published knowledge, what earlier runs tried, and what is new.

Names are resolved on first use, so that importing this package costs neither LanceDB nor torch.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tasks.recall.cognition import Cognition
    from tasks.recall.embedding import embed
    from tasks.recall.entries import SHIPPED, load_entries
    from tasks.recall.experience import ExperienceStore
    from tasks.recall.novelty import NoveltyDecision, screen
    from tasks.recall.trees import GitTrees, Trees

__all__ = [
    "SHIPPED",
    "Cognition",
    "ExperienceStore",
    "GitTrees",
    "NoveltyDecision",
    "Trees",
    "embed",
    "load_entries",
    "screen",
]

_HOMES = {
    "Cognition": "cognition",
    "ExperienceStore": "experience",
    "GitTrees": "trees",
    "NoveltyDecision": "novelty",
    "SHIPPED": "entries",
    "Trees": "trees",
    "embed": "embedding",
    "load_entries": "entries",
    "screen": "novelty",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

"""LoCoMo: the real benchmark's loader and its official scoring."""

from memory_systems.locomo.fetching import fetch
from memory_systems.locomo.loader import SHA256, load, parse
from memory_systems.locomo.scoring import CATEGORIES, score, summarise, token_f1

__all__ = ["CATEGORIES", "SHA256", "fetch", "load", "parse", "score", "summarise", "token_f1"]

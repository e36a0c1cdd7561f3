"""The settings file as typed values."""

from dataclasses import dataclass, fields
from pathlib import Path

import yaml


@dataclass(frozen=True)
class RetrievalSettings:
    """`dense_pool` is how many neighbours the vector search returns; weights are relative."""

    top_k: int
    min_words: int
    dense_pool: int
    lexical_weight: float
    dense_weight: float
    context_before: float
    context_after: float
    k1: float
    b: float


@dataclass(frozen=True)
class ReaderSettings:
    """`hits` is how many memories are read; weights are added to a hit's score (0 to 1)."""

    hits: int
    max_words: int
    overlap_weight: float
    speaker_weight: float
    caption_weight: float
    date_weight: float
    list_words: int
    name_sentences: int
    refusal_ratio: float


@dataclass(frozen=True)
class ModelSettings:
    """`name` as LiteLLM spells it; empty: no model, the local reader answers."""

    name: str
    temperature: float
    max_tokens: int


@dataclass(frozen=True)
class Settings:
    retrieval: RetrievalSettings
    reader: ReaderSettings
    model: ModelSettings


def load(path: Path) -> Settings:
    """Reads a settings file. Raises TypeError for a key that is missing or unknown."""
    document = yaml.safe_load(path.read_text())
    return Settings(
        **{field.name: field.type(**document[field.name]) for field in fields(Settings)}
    )

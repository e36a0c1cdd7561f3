"""The shipped knowledge is whole and sourced; a user's file that is not ends in a clear error."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.errors import DataError
from tasks.recall import SHIPPED, load_entries

RECIPES = {
    "lexical-fusion",
    "lexical-normalisation",
    "stemming",
    "stop-words",
    "date-grounding",
    "neighbour-expansion",
    "reranking",
    "abstention",
    "span-extraction",
    "answer-format",
    "caption-indexing",
    "picture-indexing",
    "deduplication",
    "chunking",
    "adaptive-k",
    "caching",
    "prompt-grounding",
}

_GOOD = "{id: a, title: T, text: Words., source: 'Someone, 2020'}"


def test_the_base_is_large_unique_and_sourced() -> None:
    entries = load_entries()
    assert len(entries) >= 48
    assert len({entry.id for entry in entries}) == len(entries)
    assert len({entry.title for entry in entries}) == len(entries)
    for entry in entries:
        assert any(mark in entry.source for mark in ("arXiv", "http", "19", "20")), entry.id
        assert entry.symptoms, entry.id
        assert 2 <= entry.text.count(". ") + 1 <= 4, entry.id
        assert set(entry.recipes) <= RECIPES, entry.id


def test_every_recipe_is_supported_by_something_published() -> None:
    assert {recipe for entry in load_entries() for recipe in entry.recipes} == RECIPES


def test_a_users_folder_is_read_after_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(f"entries: [{_GOOD}]")
    assert load_entries((SHIPPED, tmp_path))[-1].id == "a"


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("entries: [", "mine.yaml is not YAML"),
        ("[]", "expected a mapping with the list `entries`"),
        ("entries: [{id: a, title: T, text: W}]", "entry 1: source: Field required"),
        ("entries: [{id: a, title: T, text: W, source: S, year: 1}]", "entry 1: year: Extra"),
        ("entries: [{id: a, title: T, text: W, source: ' '}]", "entry 1: source is empty"),
        (f"entries: [{_GOOD}, {_GOOD}]", "entry 'a' is also in"),
        ("entries: [7]", "entry 1: entry: "),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, text: str, match: str) -> None:
    (tmp_path / "mine.yaml").write_text(text)
    with pytest.raises(DataError, match=match):
        load_entries((tmp_path,))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="nowhere is missing"):
        load_entries((tmp_path / "nowhere",))

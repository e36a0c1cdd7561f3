"""The shipped knowledge is whole and sourced; a user's file that is not ends in a clear error."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from researchers.program_analysis.recipes import RECIPES as SHIPPED_RECIPES
from researchers.program_analysis.recipes import Recipe
from tasks.errors import DataError
from tasks.recall import SHIPPED, load_entries
from tasks.records.knowledge import KnowledgeEntry

RECIPES = {recipe.name: recipe for recipe in SHIPPED_RECIPES}
NAME = r"[A-Z][^\W\d_]+(?:-[A-Z][^\W\d_]+)?"
PAPER = re.compile(
    rf"(?:{NAME}(?:, {NAME})* and {NAME}|{NAME} et al\.|{NAME}), "
    r"(?P<title>.{10,}), (?:arXiv (?P<arxiv>\d{4})\.\d{4,5}|[A-Z][^,]+), (?P<year>(?:19|20)\d\d)"
)
"""Authors, title, venue or arXiv id, year."""
PROJECT = re.compile(r"[A-Za-z][\w .]+, .{6,}, https://\S+")
"""Whose page it is, its title, and its address."""

_GOOD = "{id: a, title: T, text: Words., source: 'Someone, 2020'}"


def test_the_base_is_large_unique_and_sourced() -> None:
    entries = load_entries()
    assert len(entries) >= 60
    assert len({entry.id for entry in entries}) == len(entries)
    assert len({entry.title for entry in entries}) == len(entries)
    for entry in entries:
        assert entry.symptoms, entry.id
        assert 2 <= entry.text.count(". ") + 1 <= 4, entry.id
        assert set(entry.recipes) <= set(RECIPES), entry.id


@pytest.mark.parametrize("entry", load_entries(), ids=lambda entry: entry.id)
def test_a_source_names_authors_title_and_year_or_a_page(entry: KnowledgeEntry) -> None:
    paper = PAPER.fullmatch(entry.source)
    assert paper or PROJECT.fullmatch(entry.source), entry.source
    if paper and paper["arxiv"]:
        assert paper["year"] == f"20{paper['arxiv'][:2]}", entry.source


def test_one_paper_is_cited_in_one_form() -> None:
    forms: dict[str, set[str]] = {}
    for entry in load_entries():
        paper = PAPER.fullmatch(entry.source)
        if paper and paper["arxiv"]:
            number = entry.source.split("arXiv ")[1]
            forms.setdefault(number, set()).add(entry.source)
    assert [sorted(found) for found in forms.values() if len(found) > 1] == []


@pytest.mark.parametrize("recipe", SHIPPED_RECIPES, ids=lambda recipe: recipe.name)
def test_what_a_recipe_cites_is_in_the_base_and_speaks_for_it(recipe: Recipe) -> None:
    entries = {entry.id: entry for entry in load_entries()}
    assert recipe.cites
    for cited in recipe.cites:
        assert cited in entries
        assert recipe.name in entries[cited].recipes, cited


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

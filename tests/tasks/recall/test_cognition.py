"""The cognition base finds what a failure calls for, and follows its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.recall import Cognition


@pytest.mark.parametrize(
    ("query", "recipe"),
    [
        ("temporal questions: the answer says last week instead of the date", "date-grounding"),
        ("unanswerable questions are answered instead of refused", "abstention"),
        ("predictions are ten times longer than the gold answers", "answer-format"),
        ("evidence is missed because tokens keep case and punctuation", "lexical-normalisation"),
        ("photo captions are not searched", "caption-indexing"),
        ("only dense vectors are searched and rare names are missed", "lexical-fusion"),
    ],
)
def test_a_failure_finds_what_supports_its_remedy(
    query: str, recipe: str, shared_home: Path
) -> None:
    hits = Cognition(shared_home).consult(query, 5)
    assert len(hits) == 5
    assert any(recipe in hit.entry.recipes for hit in hits), [hit.entry.id for hit in hits]
    similarities = [hit.similarity for hit in hits]
    assert similarities == sorted(similarities, reverse=True)
    assert all(hit.query == query and -1 <= hit.similarity <= 1 for hit in hits)


def test_more_than_there_are_gives_all_and_none_gives_none(shared_home: Path) -> None:
    cognition = Cognition(shared_home)
    assert len(cognition.consult("memory", 10_000)) == len(cognition.entries)
    assert cognition.consult("memory", 0) == ()


def test_the_table_follows_the_files(shared_home: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    title = "Zebra stripes confuse horseflies"
    entry = "entries: [{id: zebra, title: %s, text: They do., source: 'Me, 2024'}]"
    mine.write_text(entry % title)
    query = "zebra stripes and horseflies"
    assert Cognition(shared_home, (tmp_path,)).consult(query, 1)[0].entry.title == title
    mine.write_text(entry % "Zebra stripes confuse all flies")
    again = Cognition(shared_home, (tmp_path,))
    assert again.consult(query, 1)[0].entry.title == "Zebra stripes confuse all flies"
    assert Cognition(shared_home).consult(query, 1)[0].entry.id != "zebra"


def test_an_unchanged_base_is_not_built_again(
    shared_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Cognition(shared_home).consult("memory", 1)
    monkeypatch.setattr(Cognition, "_build", lambda self: pytest.fail("built again"))
    assert Cognition(shared_home).consult("memory", 1)


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")

"""Experience survives reopening, kills and quotes in names; writers take turns."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tasks.errors import DataError, HomeBusyError
from tasks.recall import ExperienceStore, vectors
from tasks.records import ExperienceEntry

ROOT = Path(__file__).parents[3]


def _entry(
    name: str, idea: str, target: str = "naive", verdict: str = "rejected"
) -> ExperienceEntry:
    return ExperienceEntry(
        id=name,
        run="r1",
        target=target,
        tree="t0",
        title=idea,
        idea=idea,
        change_type="bug_fix",
        source="operator",
        researcher="program_analysis",
        verdict=verdict,
        reason="No gain on dev.",
        delta=-0.01,
        edit_digest=name,
    )


_STEM = _entry("e1", "Stem index and query with the Porter stemmer")
_DATES = _entry("e2", "Resolve relative dates against the session's date")
_OTHER = _entry("e3", "Apply a stemmer to tokens", target="o'brien's \"memory\"")


def test_what_was_remembered_is_recalled_by_meaning_after_reopening(tmp_path: Path) -> None:
    ExperienceStore(tmp_path).remember([_STEM, _DATES])
    ExperienceStore(tmp_path).remember([_OTHER])
    reopened = ExperienceStore(tmp_path)
    hits = reopened.recall("use the Porter stemmer", 2)
    assert {hit.entry.id for hit in hits} == {"e1", "e3"}
    assert hits[0].similarity >= hits[1].similarity > 0.4
    assert [hit.entry for hit in reopened.recall("stemmer", 5, _OTHER.target)] == [_OTHER]
    assert reopened.all() == (_STEM, _DATES, _OTHER)
    assert reopened.all("naive") == (_STEM, _DATES)


def test_an_empty_store_answers_with_nothing(tmp_path: Path) -> None:
    store = ExperienceStore(tmp_path)
    store.remember([])
    assert store.all() == ()
    assert store.recall("anything", 3) == ()


def test_the_same_id_is_replaced_and_becomes_the_newest(tmp_path: Path) -> None:
    store = ExperienceStore(tmp_path)
    store.remember([_STEM, _DATES])
    later = _STEM.model_copy(update={"verdict": "accepted"})
    store.remember([_STEM, later])
    assert store.all() == (_DATES, later)


def test_many_small_writes_are_compacted_and_kept(tmp_path: Path) -> None:
    store = ExperienceStore(tmp_path)
    for number in range(40):
        store.remember([_entry(f"n{number}", "one idea")])
    assert [entry.id for entry in store.all()] == [f"n{number}" for number in range(40)]
    assert len(list((tmp_path / "lancedb").rglob("data/*.lance"))) < 100


_WRITER = """
import sys
from pathlib import Path
from tasks.recall import ExperienceStore
from tasks.records import ExperienceEntry

store = ExperienceStore(Path(sys.argv[1]))
for number in range(10_000):
    store.remember([ExperienceEntry(
        id=f"k{number}", run="r", target="t", tree="t0", title="T", idea="the same idea",
        change_type="prompt", source="s", researcher="r", verdict="rejected", reason="R",
        delta=0.0, edit_digest="d")])
    print(number, flush=True)
"""


def test_a_killed_writer_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    acknowledged = -1
    for _ in range(2):
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(tmp_path)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        for _ in range(6):
            acknowledged = max(acknowledged, int(writer.stdout.readline()))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    store = ExperienceStore(tmp_path)
    ids = {entry.id for entry in store.all()}
    assert {f"k{number}" for number in range(acknowledged + 1)} <= ids
    store.remember([_STEM])
    assert store.all()[-1] == _STEM


def test_a_table_that_never_saw_its_first_commit_is_as_none(tmp_path: Path) -> None:
    (tmp_path / "lancedb" / "experience.lance" / "data").mkdir(parents=True)
    store = ExperienceStore(tmp_path)
    assert store.all() == ()
    store.remember([_STEM])
    assert store.all() == (_STEM,)


def test_a_damaged_table_is_named(tmp_path: Path) -> None:
    store = ExperienceStore(tmp_path)
    store.remember([_STEM])
    for manifest in (tmp_path / "lancedb").rglob("*.manifest"):
        manifest.write_bytes(b"")
    with pytest.raises(DataError, match=r"experience\.lance cannot be read"):
        store.all()


def test_a_second_writer_waits_and_then_gives_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "_LOCK_SECONDS", 0.1)
    store, table = ExperienceStore(tmp_path), vectors.VectorTable(tmp_path, "experience")
    with table._writing(), pytest.raises(HomeBusyError, match="writing"):
        store.remember([_STEM])
    store.remember([_STEM])
    assert store.all() == (_STEM,)

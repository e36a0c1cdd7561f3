"""A file that is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from tasks.files import write_atomically


def test_atomic_write_leaves_nothing_else(tmp_path: Path):
    write_atomically(tmp_path / "a" / "b.json", "one")
    write_atomically(tmp_path / "a" / "b.json", "two")
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["b.json"]
    assert (tmp_path / "a" / "b.json").read_text() == "two"

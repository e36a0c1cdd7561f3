"""Edits that would change nothing are known beforehand; those that may not be made are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.patch import stands_already
from tasks.records.change import FileEdit


@pytest.mark.parametrize(
    ("edits", "already"),
    [
        ([FileEdit(path="a.txt", content="one")], True),
        ([FileEdit(path="a.txt", content="two")], False),
        ([FileEdit(path="a.txt", content="one"), FileEdit(path="b.txt", content="")], False),
        ([FileEdit(path="gone.txt", content=None)], True),
        ([FileEdit(path="a.txt", content=None)], False),
        ([FileEdit(path="../a.txt", content="one")], False),
    ],
)
def test_already_so(edits: list[FileEdit], already: bool, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "a.txt").write_text("one", encoding="utf-8")
    (tmp_path / "a.txt").write_text("one", encoding="utf-8")
    assert stands_already(tree, edits) is already

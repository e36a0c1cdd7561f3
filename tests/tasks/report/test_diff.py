from __future__ import annotations

from types import ModuleType

from tasks.report.diff import shown


def test_pieces_hold_every_line_once_with_its_kind(sample: ModuleType) -> None:
    text = sample.DIFF.format(name="index")
    result = shown(text, 10_000)
    assert "".join(piece.text for piece in result.pieces) == text
    assert (result.added, result.removed, result.omitted) == (6, 3, 0)
    assert [piece.kind for piece in result.pieces][:4] == ["file", "hunk", "same", "removed"]


def test_a_removed_line_of_dashes_is_no_file_name() -> None:
    result = shown("--- a/x.sql\n+++ b/x.sql\n@@ -1,2 +1 @@\n--- a comment\n same\n", 1_000)
    assert [piece.kind for piece in result.pieces] == ["file", "hunk", "removed", "same"]
    assert (result.added, result.removed) == (0, 1)


def test_long_diffs_are_cut_at_a_line_and_say_so() -> None:
    text = "@@ -0,0 +1,100 @@\n" + "".join(f"+line {i}\n" for i in range(100))
    result = shown(text, 200)
    kept = "".join(piece.text for piece in result.pieces).splitlines()
    assert sum(len(line) + 1 for line in kept) <= 200
    assert len(kept) + result.omitted == 101
    assert result.added == 100


def test_one_endless_line_does_not_escape_the_cut() -> None:
    result = shown("@@ @@\n+" + "x" * 100_000, 500)
    assert sum(len(piece.text) for piece in result.pieces) < 600


def test_nothing_is_nothing() -> None:
    assert shown("", 100).pieces == ()

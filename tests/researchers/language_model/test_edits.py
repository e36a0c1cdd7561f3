"""Search/replace edits: exactly one place, no overlap, inside the scope; else they are refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from researchers.language_model.answers import Edit
from researchers.language_model.edits import file_edits, spliced
from researchers.language_model.source import Source
from researchers.language_model.thinking import Unusable
from tests.researchers.language_model.dossiers import CODE, tree

WORDS = st.text(alphabet="ab \n", min_size=0, max_size=12)


@st.composite
def disjoint(draw: st.DrawFn) -> tuple[str, list[tuple[str, str]], str]:
    """A text of unlike pieces, some of which are swapped, and what should come of it."""
    gaps = draw(st.lists(WORDS, min_size=2, max_size=6))
    news = draw(st.lists(WORDS, min_size=len(gaps) - 1, max_size=len(gaps) - 1))
    keys = [f"<{number}>" for number in range(len(news))]
    text = "".join(g + k for g, k in zip(gaps, [*keys, ""], strict=True))
    wanted = "".join(g + n for g, n in zip(gaps, [*news, ""], strict=True))
    swaps = draw(st.permutations(list(zip(keys, news, strict=True))))
    return text, swaps, wanted


@given(disjoint())
def test_disjoint_swaps_are_all_made_in_whatever_order_they_come(
    case: tuple[str, list[tuple[str, str]], str],
) -> None:
    text, swaps, wanted = case
    assert spliced(text, swaps) == wanted


@given(st.text(alphabet="ab\n", max_size=24), st.text(alphabet="ab\n", max_size=4), WORDS)
def test_a_text_is_replaced_if_and_only_if_it_occurs_once(
    text: str, search: str, replace: str
) -> None:
    places = [at for at in range(len(text)) if search and text.startswith(search, at)]
    if len(places) == 1 and search != replace:
        at = places[0]
        assert spliced(text, [(search, replace)]) == text[:at] + replace + text[at + len(search) :]
    else:
        with pytest.raises(Unusable):
            spliced(text, [(search, replace)])


@given(st.integers(0, 8), st.integers(1, 4), st.integers(0, 8), st.integers(1, 4))
def test_two_swaps_are_made_together_unless_they_overlap(
    one: int, length: int, other: int, size: int
) -> None:
    text = "0123456789ab"
    swaps = [(text[one : one + length], "X"), (text[other : other + size], "Y")]
    if one < other + size and other < one + length:
        with pytest.raises(Unusable, match="overlap"):
            spliced(text, swaps)
    else:
        made = spliced(text, swaps)
        assert len(made) == len(text) - length - size + 2
        assert (made.index("X") < made.index("Y")) == (one < other)


def edit(path: str, search: str = "", replace: str = "", action: str = "replace") -> Edit:
    return Edit.model_validate(
        {"path": path, "search": search, "replace": replace, "action": action}
    )


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ([edit("grades.py", "points > 60", "points > 70")], "does not occur.*line 2 reads"),
        ([edit("grades.py", "return", "yield")], "occurs 2 times, at lines 3, 4"),
        ([edit("grades.py", "50", "50")], "are the same"),
        ([edit("grades.py", "points > 50:", "points > 50")], "would not parse"),
        ([edit("tests/test_it.py", "1", "2")], "may not be edited"),
        ([edit("tests/new.py", replace="y = 2\n", action="create")], "may not be edited"),
        ([edit("../outside.py", replace="y = 2\n", action="create")], "may not be edited"),
        ([edit("/etc/passwd", "root", "toor")], "may not be edited"),
        ([edit("./tests/test_it.py", "1", "2")], "may not be edited"),
        ([edit(".git/config", replace="x", action="create")], "may not be edited"),
        ([edit("grades.py", replace="x = 1\n", action="create")], "exists already"),
        ([edit("gone.py", "a", "b")], "no text file"),
        ([edit("grades.py", action="delete"), edit("grades.py", "50", "5")], "stand alone"),
        ([edit(f"new{n}.py", replace="", action="create") for n in range(13)], "13 files"),
        ([edit("big.txt", replace="x" * 120_001, action="create")], "more than 120000"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    tmp_path: Path, edits: list[Edit], told: str
) -> None:
    with pytest.raises(Unusable, match=told):
        file_edits(edits, Source(tree(tmp_path)))


def test_several_files_change_together(tmp_path: Path) -> None:
    files = {"grades.py": CODE, "old.py": "x = 1\n", "prompts/ask.txt": "Answer.\n"}
    source = Source(tree(tmp_path, files))
    made = file_edits(
        [
            edit("grades.py", "> 50", ">= 50"),
            edit("grades.py", "'fail'", "'failed'"),
            edit("old.py", action="delete"),
            edit("new/part.py", replace="y = 2\n", action="create"),
            edit("prompts/ask.txt", "Answer.", "Answer in a word."),
        ],
        source,
    )
    assert {e.path: e.content for e in made} == {
        "grades.py": CODE.replace("> 50", ">= 50").replace("'fail'", "'failed'"),
        "old.py": None,
        "new/part.py": "y = 2\n",
        "prompts/ask.txt": "Answer in a word.\n",
    }


def test_line_ends_of_a_file_stay_as_they_are(tmp_path: Path) -> None:
    dossier = tree(tmp_path)
    (dossier.root / "grades.py").write_bytes(CODE.replace("\n", "\r\n").encode())
    made = file_edits([edit("grades.py", "'pass'\n    return", "'passed'\n    return")],
                      Source(dossier))  # fmt: skip
    assert made[0].content == CODE.replace("'pass'", "'passed'").replace("\n", "\r\n")


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    dossier = tree(tmp_path)
    (tmp_path / "secret.txt").write_text("key\n")
    os.symlink(tmp_path / "secret.txt", dossier.root / "link.txt")
    source = Source(dossier)
    assert source.text("link.txt") is None
    assert "link.txt" not in source.files
    for one in (edit("link.txt", "key", "no"), edit("link.txt", replace="no", action="create")):
        with pytest.raises(Unusable):
            file_edits([one], source)


def test_a_file_with_held_out_tests_may_not_be_edited(tmp_path: Path) -> None:
    dossier = tree(tmp_path, protected=())
    shown = tree(tmp_path / "shown", {"grades.py": CODE, "tests/test_it.py": "pass\n"}).root
    source = Source(tree(tmp_path, protected=(), shown=shown))
    assert source.text("tests/test_it.py") == "pass\n"
    with pytest.raises(Unusable, match="held-out"):
        file_edits([edit("tests/test_it.py", "pass", "x")], source)
    assert file_edits([edit("grades.py", "> 50", ">= 50")], source)
    assert dossier.root.joinpath("tests/test_it.py").read_text() == "x = 1\n"

"""The researcher that docs/researchers.md shows is one: its code is run as it stands there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from researchers.protocol import Researcher
from tests.researchers.language_model.dossiers import tree

PAGE = Path(__file__).parents[2] / "docs" / "researchers.md"
FILES = {"prompts/ask.txt": "Answer {question}.\n", "prompts/fixed.txt": "Hi.\n", "a.py": "x = 1\n"}


@pytest.fixture(scope="module")
def mind() -> Researcher:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {"__name__": "documented"}
    exec(compile(code, str(PAGE), "exec"), names)
    found: Researcher = names["MIND"]
    return found


def test_it_proposes_what_it_says(mind: Researcher, tmp_path: Path) -> None:
    dossier = tree(
        tmp_path, FILES, prompts=("prompts/ask.txt", "prompts/fixed.txt"),
        protected=("prompts/fixed.txt",),
    )  # fmt: skip
    findings = mind.diagnose(dossier)
    assert [finding.location.path for finding in findings] == ["prompts/ask.txt"]
    causes = mind.hypothesize(dossier, findings)
    (proposal,) = mind.propose(dossier, findings, causes, 5).proposals
    (edit,) = proposal.edits
    assert edit.content == "Answer {question}.\nAnswer in as few words as possible.\n"
    assert (proposal.researcher, proposal.hypothesis) == (mind.name, causes[0].id)
    assert mind.reflect(dossier, (), 1).lessons == ()


def test_it_does_not_repeat_itself(mind: Researcher, tmp_path: Path) -> None:
    dossier = tree(tmp_path, FILES, prompts=("prompts/ask.txt",))
    findings = mind.diagnose(dossier)
    causes = mind.hypothesize(dossier, findings)
    (proposal,) = mind.propose(dossier, findings, causes, 5).proposals
    again = tree(
        tmp_path / "again", FILES, prompts=("prompts/ask.txt",),
        tried=frozenset({proposal.edit_digest}),
    )  # fmt: skip
    assert mind.propose(again, findings, causes, 5).proposals == ()


def test_the_examples_types_hold(mind: Researcher) -> None:
    """Every method of the protocol is there, under its name."""
    methods = {name for name in vars(Researcher) if not name.startswith("_")} - {"name"}
    assert all(callable(getattr(mind, name)) for name in methods)
    assert len(methods) == 5

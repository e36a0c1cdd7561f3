"""GEPA searches a target's prompts: by what the whole target answers, within its experiments."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from researchers.language_model.placeholders import placeholders
from researchers.language_model.prompt_search import REWRITES
from researchers.language_model.step import Step
from researchers.language_model.thinking import CORRECTIONS
from tasks.errors import ThoughtlessError
from tasks.records.change import FileEdit
from tasks.records.dossier import Dossier, Sample
from tasks.records.lab import Answered
from tests.researchers.language_model.dossiers import FakeLab, tree
from tests.researchers.language_model.script import Answer, Script, part, researcher

FILES = {
    "answer.py": "PROMPT = open('prompts/ask.txt').read()\n",
    "prompts/ask.txt": "\nAnswer {question}.\n",
    "prompts/tone.txt": "Be kind.\n",
}
ITEMS = tuple(f"i{number}" for number in range(8))


def told(edits: tuple[FileEdit, ...], items: tuple[str, ...]) -> Mapping[str, Answered]:
    """A target that answers in a word if its prompt says so, and else at length."""
    texts = {edit.path: edit.content or "" for edit in edits}
    brief = "in a word" in texts.get("prompts/ask.txt", "")
    return {item: Answered("Ann" if brief else "It was Ann.", 1.0 if brief else 0.4)
            for item in items}  # fmt: skip


def dossier_of(folder: Path, lab: FakeLab) -> Dossier:
    samples = tuple(
        Sample(item=item, group="g", question=f"Who was {item}?", gold="Ann",
               prediction="It was Ann.", score=0.4)
        for item in ITEMS
    )  # fmt: skip
    prompts = ("prompts/ask.txt", "prompts/tone.txt")
    return tree(folder, FILES, samples=samples, prompts=prompts, lab=lab)


def better(step: Step, prompt: str) -> Answer:
    assert step == Step("draft_changes", "improve a prompt")
    if "Be kind." in part(prompt, "prompt"):
        return {"improved": {"text": "Be kind and true.", "reason": "It says more."}}
    text = "Answer {question} in a word."
    if text in part(prompt, "prompt"):
        return {"improved": {"text": f"{text} Be sure.", "reason": "It may."}}
    assert "It was Ann." in part(prompt, "examples")
    assert "gold: Ann" in part(prompt, "examples")
    return {"improved": {"text": text, "reason": "Words too many cost precision."}}


def test_better_prompts_become_a_proposal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lab = FakeLab(scorer=told)
    script = Script(better)
    (made,) = researcher(script).propose(dossier_of(tmp_path, lab), (), (), 5).proposals
    by_path = {edit.path: edit.content for edit in made.edits}
    assert by_path["prompts/ask.txt"] == "\nAnswer {question} in a word.\n"
    assert (made.source, made.change_type, made.researcher) == (
        "model:gepa", "prompt", "language_model",
    )  # fmt: skip
    assert "Words too many cost precision." in made.rationale
    assert "on 8 items seen: +0.600" in made.rationale
    assert 1 <= len(lab.scored) <= 4
    assert set(script.purposes()) == {"improve a prompt"}
    assert len(script.asked) <= REWRITES + CORRECTIONS
    assert lab.degraded == []
    assert capfd.readouterr() == ("", "")


def test_prompts_that_gain_nothing_are_left_alone(tmp_path: Path) -> None:
    lab = FakeLab(scorer=lambda edits, items: {item: Answered("No", 0.4) for item in items})
    assert researcher(Script(better)).propose(dossier_of(tmp_path, lab), (), (), 5).proposals == ()


def test_the_search_ends_where_no_experiment_is_left(tmp_path: Path) -> None:
    lab = FakeLab(scorer=told, most=0)
    script = Script(better)
    assert researcher(script).propose(dossier_of(tmp_path, lab), (), (), 5).proposals == ()
    assert len(lab.scored) == 1
    assert len(script.asked) == 1


def test_a_lost_placeholder_is_told_and_a_failed_search_stated(tmp_path: Path) -> None:
    lab = FakeLab(scorer=told)
    bad: Answer = {"improved": {"text": "Answer in a word.", "reason": "short"}}
    script = Script(lambda step, prompt: bad if "{question}" in prompt else better(step, prompt))
    proposals = researcher(script).propose(dossier_of(tmp_path, lab), (), (), 5).proposals
    assert proposals == ()
    corrections = [part(prompt, "correction") for _, prompt in script.asked]
    assert any("placeholders must stay: {question}" in text for text in corrections)
    assert "'improve prompts' failed" in lab.degraded[0][0]


@given(st.text(alphabet="ab {}%$\n", max_size=40))
def test_placeholders_of_any_text_are_found_again(text: str) -> None:
    assert placeholders(f"{text}\n{text}") >= placeholders(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ask {name} at {place.city}.", {"{name}", "{place.city}"}),
        ("{{ user.name }} {% if x %}", {"{{ user.name }}", "{% if x %}"}),
        ("%(who)s and %s, $NAME or ${name}", {"%(who)s", "%s", "$NAME", "${name}"}),
        ('Reply {"a": 1} for 5%.', set()),
    ],
)
def test_notations(text: str, found: set[str]) -> None:
    assert placeholders(text) >= found
    if not found:
        assert placeholders(text) == set()


def test_nothing_is_searched_without_a_run(tmp_path: Path) -> None:
    dossier = dossier_of(tmp_path, FakeLab())
    script = Script(lambda step, prompt: ThoughtlessError("never", "asked"))
    quiet = tree(tmp_path, FILES, samples=dossier.samples, prompts=dossier.prompts, lab=None)
    assert researcher(script).propose(quiet, (), (), 5).proposals == ()
    assert script.asked == []

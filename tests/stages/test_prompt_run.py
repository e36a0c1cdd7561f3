"""A whole run in which dspy.GEPA searches the target's prompts: what it finds is tried like any."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from researchers.language_model.prompt_search import GEPA
from researchers.language_model.step import Step
from tasks.records.outputs import Trials
from tests.researchers.language_model.script import (
    Answer,
    Script,
    cause,
    change,
    explored,
    part,
    reflected,
    researcher,
)
from tests.stages.greeter import greeter
from tests.stages.runs import needs_sandbox, new_run_of, walked

pytestmark = [needs_sandbox, pytest.mark.slow]

BRIEF = "Answer briefly now"


def mind(step: Step, prompt: str) -> Answer:
    """It has no edit of its own, but knows how a prompt could ask for less."""
    if step.purpose == "explore":
        return explored()
    if step.purpose == "form hypotheses":
        return {"causes": [cause("prompts/ask.txt", findings=[], change_type="prompt")]}
    if step.purpose == "draft a change":
        return change(rationale="The prompt search may know.")
    if step.purpose == "improve a prompt":
        text = f"{BRIEF}, and be sure." if BRIEF in part(prompt, "prompt") else BRIEF
        return {"improved": {"text": text, "reason": "Words too many never match."}}
    return reflected() if step.purpose == "reflect on the round" else {"repeats": []}


def test_a_prompt_that_gepa_found_is_tried_and_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.setenv("WHETSTONE_HOME", str(tmp_path / "home"))
    contract = greeter(tmp_path, groups=12)
    make_some_unanswerable(tmp_path / "data" / "items.jsonl")
    contract.write_text(contract.read_text().replace("experiments: 12", "experiments: 3"))
    run = new_run_of(contract)
    document = walked(run, researcher(Script(mind)))
    (accepted,) = document.accepted
    assert (accepted.source, accepted.fine_type) == (GEPA, "prompt")
    assert BRIEF in accepted.diff
    trials = run.stored(18, 1, Trials)
    assert trials is not None
    assert [trial.candidate for trial in trials.trials] == [accepted.id]
    assert run.used() == 2, "two sets of prompts were scored, and the better one is tried as it is"
    assert not any("the model" in entry for entry in document.degradations)
    assert document.sealed_gain is not None
    assert document.sealed_gain.delta == pytest.approx(2 / 3)


def make_some_unanswerable(path: Path) -> None:
    """One item of each group has a gold that nobody can know: perfect scores would be audited."""
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    for row in rows[2::3]:
        row["gold"] = "somebody else"
    path.write_text("\n".join(map(json.dumps, rows)))

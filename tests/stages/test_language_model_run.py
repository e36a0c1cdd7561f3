"""Whole runs with a language model, whose answers come from a script, on small suites."""

from __future__ import annotations

from pathlib import Path

import pytest

from researchers.language_model.step import Step
from researchers.mixed import Mixed
from researchers.program_analysis import ProgramAnalysis
from stages.run import Run
from tasks.errors import ThoughtlessError
from tasks.records.document import RunDocument
from tasks.records.outputs import Decision
from tests.researchers.language_model.script import (
    Answer,
    Script,
    cause,
    change,
    explored,
    found,
    part,
    reflected,
    researcher,
    swap,
)
from tests.stages.runs import needs_sandbox, new_run_of, walked
from tests.stages.test_suites import write

pytestmark = [needs_sandbox, pytest.mark.slow]

CODE = "def thrice(x):\n    return x * 2\n\ndef last(x):\n    return x[len(x)]\n"
CHECKS = [
    *(f"thrice({i}) == {3 * i}" for i in range(1, 4)),
    *(f"last('{text}') == 'z'" for text in ("z", "yz", "xyz")),
]


LESSON = "Taking nothing off changes nothing."
LOOK = """
import os, sys
from code_ import thrice
print("five:", thrice(5), os.getcwd(), sys.path, open("tests/test_code.py").read())
"""


def run_with(
    script: Script, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Run, RunDocument]:
    monkeypatch.setenv("WHETSTONE_HOME", str(folder / "home"))
    run = new_run_of(write(folder, CODE, CHECKS))
    return run, walked(run, researcher(script))


def able(step: Step, prompt: str) -> Answer:
    """A model that sees both faults, and whose first mend of one of them is of no use."""
    if step.purpose == "explore":
        if "return x * 2" not in part(prompt, "seen"):
            reads = ({"tool": "read", "path": path} for path in ("code_.py", "tests/test_code.py"))
            return explored(calls=(*reads, {"tool": "probe", "text": LOOK}))
        assert "five: 10" in part(prompt, "seen")
        return explored(found("code_.py", 2), found("code_.py", 5, function="last"))
    if step.purpose == "form hypotheses":
        triple, last = cause("code_.py", "Triple."), cause("code_.py", "Last.", findings=[2])
        return {"causes": [c for c in (triple, last) if "x * 2" in part(prompt, "findings")
                           or c is last]}  # fmt: skip
    if step.purpose == "draft a change":
        if "Triple" in part(prompt, "cause"):
            return change(swap("code_.py", "x * 2", "x * 3"), title="Triple")
        return change(swap("code_.py", "x[len(x)]", "x[len(x) - 0]"), title="No use")
    if step.purpose == "refine a change":
        assert "Subtract one." in part(prompt, "cause")
        return change(swap("code_.py", "x[len(x)]", "x[len(x) - 1]"), title="Last")
    if step.purpose == "reflect on the round":
        trials = part(prompt, "outcomes").split(" trial ")
        again = [n for n, trial in enumerate(trials) if "No use" in trial]
        refine = [{"trial": number, "how": "Subtract one."} for number in again]
        return reflected(*((n, LESSON) for n in again), refine=refine)
    return {"repeats": []}


def test_a_model_mends_a_suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script(able)
    run, document = run_with(script, tmp_path, monkeypatch)
    assert [(c.title, c.round, c.source) for c in document.accepted] == [
        ("Triple", 1, "model:draft"), ("Last", 3, "model:refine"),
    ]  # fmt: skip
    assert document.degradations == ()
    assert document.ending == "all 4 visible tests pass now, and all 2 held-out ones"
    decided = run.stored(21, 1, Decision)
    assert decided is not None
    assert [lesson.text for lesson in decided.lessons] == [LESSON]
    assert decided.direction == "Look elsewhere."
    later = [prompt for step, prompt in script.asked if step.purpose == "form hypotheses"][1]
    assert LESSON in part(later, "tried")
    assert "Look elsewhere." in part(later, "tried")
    check_private(run, script)


def check_private(run: Run, script: Script) -> None:
    """No prompt shows a held-out test, or what only this machine has."""
    sealed = [group.partition("::")[2] for group in run.workload.sealed]
    checks = {f"test_{number}": check for number, check in enumerate(CHECKS)}
    everything = "\n".join(prompt for _, prompt in script.asked)
    assert sealed
    for name, check in checks.items():
        assert (f"assert {check}" in everything) == (name not in sealed)
    for private in (str(run.folder), run.id, run.workspace.base):
        assert private not in everything


def test_two_minds_share_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHETSTONE_HOME", str(tmp_path / "home"))
    run = new_run_of(write(tmp_path, CODE, CHECKS))
    document = walked(run, Mixed(ProgramAnalysis(), researcher(Script(able))))
    tried = {c.researcher for c in (*document.accepted, *document.rejected) if c.round == 1}
    assert {"language_model", "program_analysis"} <= tried
    assert document.accepted
    assert document.degradations == ()


def test_a_model_that_is_of_no_use_fails_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Script(lambda step, prompt: "I would rather not.")
    with pytest.raises(ThoughtlessError, match="formed no hypotheses"):
        run_with(script, tmp_path, monkeypatch)
    assert script.purposes() == ["explore"] * 3 + ["form hypotheses"] * 3

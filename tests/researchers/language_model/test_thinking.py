"""Answers of no use are corrected within a bound, and then the step has failed, with a reason."""

from __future__ import annotations

from pathlib import Path

import dspy
import pytest
from dspy.utils.exceptions import LMRateLimitError, LMTimeoutError

from researchers.language_model.models.errors import LimitReached, UnusableAnswer
from researchers.language_model.signatures import JUDGE_NOVELTY
from researchers.language_model.step import Step
from researchers.language_model.thinking import StepFailed, Thinker, Unusable
from tasks.errors import ModelLimitError, ResearcherError
from tests.researchers.language_model.dossiers import FakeLab, tree
from tests.researchers.language_model.script import Answer, Script, part, researcher

GOOD: Answer = {"repeats": []}


def ask(script: Script, problems: list[list[str]] | None = None) -> str:
    lm = dspy.LM("script", engine=script, cache=False, num_retries=0)
    left = problems or []

    def use(answer: dspy.Prediction) -> str:
        if left:
            raise Unusable(left.pop(0))
        return f"{answer.repeats}"

    thinker = Thinker(lm, dspy.JSONAdapter())
    return thinker.ask(Step("draft_changes", "test"), JUDGE_NOVELTY, use, ideas="1", tried="1")


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "I cannot help with that.",
        '{"other": 1}',
        '{"repeats": 3}',
        '{"repeats": [{"idea": 1}]}',
    ],
)
def test_a_malformed_answer_is_told_and_corrected(bad: str) -> None:
    given: list[Answer] = [bad, GOOD]
    script = Script(lambda step, prompt: given.pop(0))
    assert ask(script) == "[]"
    first, second = (part(prompt, "correction") for _, prompt in script.asked)
    assert first.startswith("Respond")
    assert "The answer could not be read." in second


def test_an_answer_of_the_right_form_that_is_of_no_use_is_corrected() -> None:
    script = Script(lambda step, prompt: GOOD)
    assert ask(script, [["the file is gone", "and so is the other"]]) == "[]"
    assert "the file is gone\nand so is the other" in part(script.asked[1][1], "correction")


def test_corrections_end() -> None:
    script = Script(lambda step, prompt: "no")
    with pytest.raises(StepFailed, match="no usable answer in 3 tries"):
        ask(script)
    assert len(script.asked) == 3


def test_a_megabyte_does_not_come_back() -> None:
    script = Script(lambda step, prompt: "x" * 1_000_000)
    with pytest.raises(StepFailed):
        ask(script)
    assert max(len(prompt) for _, prompt in script.asked) < 12_000


@pytest.mark.parametrize("error", [LMTimeoutError("slow"), LMRateLimitError("later"),
                                   UnusableAnswer("no JSON", "ask another")])  # fmt: skip
def test_an_error_of_one_call_fails_its_step(error: Exception) -> None:
    with pytest.raises(StepFailed):
        ask(Script(lambda step, prompt: error))


def test_a_reached_limit_ends_the_research() -> None:
    script = Script(lambda step, prompt: LimitReached("the next call would cost too much", "wait"))
    with pytest.raises(ModelLimitError):
        ask(script)
    assert len(script.asked) == 1


def test_a_defect_of_the_engine_is_not_taken_for_an_answer() -> None:
    with pytest.raises(ResearcherError, match="cannot be asked"):
        ask(Script(lambda step, prompt: KeyError("oops")))


def test_a_failed_step_is_stated(tmp_path: Path) -> None:
    lab = FakeLab()
    mind = researcher(Script(lambda step, prompt: ""))
    assert mind.diagnose(tree(tmp_path, lab=lab)) == ()
    assert len(lab.degraded) == 1
    assert "'explore' failed: no usable answer" in lab.degraded[0][0]

"""Two minds in one round: both propose, each mends and reflects on its own, and either may fail."""

from __future__ import annotations

from pathlib import Path

from researchers.mixed import Mixed
from researchers.program_analysis import ProgramAnalysis
from tasks.records.candidate import Failure
from tasks.records.reflection import Outcome
from tasks.records.trial import Verdict
from tests.researchers.language_model.dossiers import FakeLab, tree
from tests.researchers.language_model.script import (
    Script,
    cause,
    change,
    explored,
    found,
    reflected,
    researcher,
    swap,
)

ANSWERS = {
    "explore": explored(found("grades.py", 2)),
    "form hypotheses": {"causes": [cause("grades.py")]},
    "draft a change": change(swap("grades.py", "'fail'", "'failed'")),
    "repair, try 1": {"give_up": True, "reason": "no", "edits": []},
    "reflect on the round": reflected((1, "So it is.")),
}


def test_both_minds_propose_and_each_keeps_its_own(tmp_path: Path) -> None:
    script = Script(lambda step, prompt: ANSWERS[step.purpose])
    mind = Mixed(ProgramAnalysis(), researcher(script))
    dossier = tree(tmp_path)
    findings = mind.diagnose(dossier)
    hypotheses = mind.hypothesize(dossier, findings)
    proposals = mind.propose(dossier, findings, hypotheses, 20).proposals
    assert {p.researcher for p in proposals[:2]} == {"language_model", "program_analysis"}
    own = next(p for p in proposals if p.researcher == "language_model")
    other = next(p for p in proposals if p.researcher == "program_analysis")
    for proposal in (own, other):
        failure = Failure(proposal=proposal, step="tests", output="boom", attempt=1)
        assert mind.repair(dossier, failure) is None
    outcomes = tuple(
        Outcome(
            proposal=p, diff="", verdict=Verdict(candidate=p.id, verdict="rejected", reason="-")
        )
        for p in (other, own)
    )  # fmt: skip
    reflection = mind.reflect(dossier, outcomes, 0)
    assert [(lesson.proposal, lesson.text) for lesson in reflection.lessons] == [
        (own.id, "So it is.")
    ]
    assert script.purposes().count("repair, try 1") == 1
    assert other.title not in script.asked[-1][1]


def test_a_model_of_no_use_is_stated_and_the_other_mind_goes_on(tmp_path: Path) -> None:
    lab = FakeLab()
    mind = Mixed(ProgramAnalysis(), researcher(Script(lambda step, prompt: "no")))
    dossier = tree(tmp_path, lab=lab)
    findings = mind.diagnose(dossier)
    proposals = mind.propose(dossier, findings, mind.hypothesize(dossier, findings), 8).proposals
    assert {p.researcher for p in proposals} == {"program_analysis"}
    assert "the model formed no hypotheses" in lab.degraded[-1][0]
    assert "other mind alone" in lab.degraded[-1][1]

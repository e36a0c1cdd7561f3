"""Prompts stay within their bound whatever the target is like, and are alike on every machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from researchers.language_model.step import Step
from tasks.records.candidate import Failure
from tasks.records.dossier import Dossier, Sample
from tasks.records.evidence import (
    CodeMap,
    ConfigKey,
    DropCount,
    FailureReport,
    FailureSlice,
    FlowTrace,
    FunctionInfo,
    Location,
)
from tasks.records.reflection import Outcome
from tasks.records.trial import Verdict
from tests.researchers.language_model.dossiers import FakeLab, memory, past, tree
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

MOST = 24_000 * 4
"""Characters of 24,000 tokens, at four characters a token."""
LINE = "value = compute(value, other_value, yet_another_value)  # and so on, at some length\n"


def large(folder: Path) -> Dossier:
    """A dossier in which everything is much and long."""
    files = {f"part{n}.py": f"start{n} = 1\n" + LINE * 900 for n in range(30)}
    words = "a long story " * 500
    return tree(
        folder, files,
        samples=tuple(
            Sample(item=f"i{n}", group="g", question=words, gold=words, prediction=words, score=0.0,
                   slices={"kind": f"k{n}"}) for n in range(60)),
        failures=FailureReport(slices=tuple(
            FailureSlice(dimension="kind", value=f"k{n}" * 40, n=9, mean=0.1, loss_share=0.1)
            for n in range(400))),
        code_map=CodeMap(
            modules=tuple(files),
            functions=tuple(FunctionInfo(path=p, name=f"function_{n}" * 4, line=n, end_line=n + 1,
                                         parameters=()) for p in files for n in range(90)),
            config_keys=tuple(ConfigKey(path="s.yaml", key=f"k{n}", value=words)
                              for n in range(300))),
        trace=FlowTrace(flows=(), drops=tuple(
            DropCount(location=Location(path="part0.py", line=n), statement=words, dropped=n,
                      seen=n)
            for n in range(500))),
        archive=tuple(past(f"t{n}", rationale=words, lesson=words, diff=LINE * 400)
                      for n in range(50)),
        direction=words,
        lab=FakeLab(output=words * 20, memories=tuple(memory(f"m{n} {words}", words)
                                                      for n in range(40))),
    )  # fmt: skip


def greedy(step: Step, prompt: str) -> Answer:
    """Uses every turn for the longest answers."""
    if step.purpose == "explore":
        turn = part(prompt, "turns_left").split()[0]
        paths = [f"part{n}.py" for n in range(30)]
        reads = [{"tool": "read", "path": p, "start": int(turn) * 9 + 1} for p in paths[:3]]
        probe = {"tool": "probe", "text": f"print({turn})"}
        places = (found(p, 3, "It is wrong. " * 40) for p in paths[:2])
        return explored(*places, calls=(*reads, probe))
    if step.purpose == "form hypotheses":
        places = [{"path": f"part{n}.py", "start": 400, "end": 500} for n in range(8)]
        return {"causes": [cause("part0.py", f"Cause {n}", places=places) for n in range(9)]}
    if step.purpose in {"draft a change", "refine a change"}:
        return change(swap("part0.py", "start0 = 1", f"start0 = {step.proposal[:3]!r}"))
    if step.purpose == "reflect on the round":
        return reflected((1, "So it is."), refine=[{"trial": 1, "how": "more " * 2_000}])
    if step.purpose.startswith("repair"):
        return {"give_up": True, "reason": "no", "edits": []}
    return {"repeats": [{"idea": 1, "tried": 2, "reason": "the same"}]}


def everything(dossier: Dossier, script: Script) -> None:
    """A round of thinking, with a repair and a reflection."""
    mind = researcher(script)
    findings = mind.diagnose(dossier)
    hypotheses = mind.hypothesize(dossier, findings)
    drafts = mind.propose(dossier, findings, hypotheses, 40)
    failure = Failure(
        proposal=drafts.proposals[0], step="tests", output="E  boom\n" * 9_000, attempt=1
    )
    assert mind.repair(dossier, failure) is None
    outcomes = tuple(
        Outcome(
            proposal=p, diff=LINE * 900,
            verdict=Verdict(candidate=p.id, verdict="rejected", reason="worse " * 900),
        )
        for p in drafts.proposals * 4
    )  # fmt: skip
    mind.reflect(dossier, outcomes, 2)


def test_no_prompt_is_longer_than_its_bound(tmp_path: Path) -> None:
    script = Script(greedy)
    everything(large(tmp_path), script)
    purposes = script.purposes()
    assert 8 <= purposes.count("explore") <= 13
    last = [prompt for step, prompt in script.asked if step.purpose == "explore"][-1]
    assert part(last, "turns_left").split()[0] == "0"
    assert purposes.count("draft a change") == 5
    assert max(len(prompt) for _, prompt in script.asked) < MOST


def test_the_same_target_elsewhere_is_told_alike(tmp_path: Path) -> None:
    scripts = Script(greedy), Script(greedy)
    for script, folder in zip(scripts, ("one", "another/place"), strict=True):
        everything(large(tmp_path / folder), script)
    assert scripts[0].asked == scripts[1].asked


@pytest.mark.parametrize("count", [0, 5, 30])
def test_parents_come_from_the_top_and_references_from_further_down(
    tmp_path: Path, count: int
) -> None:
    from researchers.language_model.archive import drawn

    archive = tuple(past(f"t{n:02}") for n in range(count))
    parents, references = drawn(tree(tmp_path, archive=archive))
    assert {p.id for p in parents} <= {f"t{n:02}" for n in range(10)}
    assert {r.id for r in references} <= {f"t{n:02}" for n in range(10, 50)}
    assert (len(parents), len(references)) == (min(2, count), min(4, max(0, count - 10)))
    again = drawn(tree(tmp_path, archive=archive))
    assert again == (parents, references)

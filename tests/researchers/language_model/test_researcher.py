"""Each thinking step gives the records of the house, or says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from researchers.language_model.step import Step
from tasks.errors import ThoughtlessError
from tasks.records.candidate import Failure
from tasks.records.change import FileEdit, Hypothesis, Proposal
from tasks.records.dossier import Dossier
from tasks.records.evidence import FailureReport, FailureSlice, Location
from tasks.records.reflection import Outcome
from tasks.records.trial import Verdict
from tests.researchers.language_model.dossiers import CODE, FakeLab, memory, past, tree
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

AT = (Location(path="grades.py", line=2),)
CAUSE = Hypothesis(id="h1", statement="Fifty passes.", change_type="data_repair", places=AT)
SLICES = FailureReport(
    slices=(FailureSlice(dimension="kind", value="edge", n=4, mean=0, loss_share=1),)
)


def of(*answers: Answer) -> Script:
    left = list(answers)
    return Script(lambda step, prompt: left.pop(0))


def proposal(text: str, **fields: str) -> Proposal:
    edit = FileEdit(path="grades.py", content=text)
    return Proposal(
        id="p1", title="Let fifty pass", rationale="It should.", change_type="bug_fix",
        base="base", edits=(edit,), source="model:draft", researcher="language_model", **fields,
    )  # fmt: skip


def test_findings_of_all_turns_count_and_only_known_places_and_slices(tmp_path: Path) -> None:
    look = {"tool": "read", "path": "grades.py"}
    script = of(
        explored(found("grades.py", 2, slices=["kind=edge", "kind=other"]), calls=(look,)),
        explored(found("nowhere.py", 1)),
        explored(found("grades.py", 999, strength=0.4)),
    )
    dossier = tree(tmp_path, failures=SLICES)
    findings = researcher(script).diagnose(dossier)
    assert [(f.location.line, f.slices) for f in findings] == [(2, ("kind=edge",)), (4, ())]
    assert "nowhere.py:1: there is no such file" in part(script.asked[2][1], "correction")
    assert "2     if points > 50:" in part(script.asked[1][1], "seen")


def test_asking_the_same_again_ends_the_exploration(tmp_path: Path) -> None:
    look = {"tool": "read", "path": "grades.py"}
    script = Script(lambda step, prompt: explored(calls=(look, look)))
    assert researcher(script).diagnose(tree(tmp_path)) == ()
    assert len(script.asked) == 2


def test_a_hypothesis_carries_its_findings_places_and_type(tmp_path: Path) -> None:
    script = of(
        explored(found("grades.py", 2)),
        {"causes": [cause("gone.py", findings=[7])]},
        {"causes": [cause("gone.py", change_type="format_alignment", slices=["kind=edge"]),
                    cause("gone.py", findings=[])]},
    )  # fmt: skip
    mind, dossier = researcher(script), tree(tmp_path, failures=SLICES)
    findings = mind.diagnose(dossier)
    (made,) = mind.hypothesize(dossier, findings)
    assert "names no place" in part(script.asked[2][1], "correction")
    assert made.findings == (findings[0].id,)
    assert [place.path for place in made.places] == ["grades.py"]
    assert (made.change_type, made.slices) == ("format_alignment", ("kind=edge",))


def test_a_draft_carries_its_cause_and_the_type_that_was_declared(tmp_path: Path) -> None:
    lab = FakeLab(memories=(memory("Let all pass", "Bounds belong to the upper class."),))
    dossier = tree(tmp_path, lab=lab)
    script = of(change(swap("grades.py", "> 50", ">= 50"), change_type="data_repair"))
    (made,) = researcher(script).propose(dossier, (), (CAUSE,), 5).proposals
    assert made.edits == (FileEdit(path="grades.py", content=CODE.replace("> 50", ">= 50")),)
    assert (made.hypothesis, made.change_type, made.rolled_up) == ("h1", "data_repair", "bug_fix")
    assert "Bounds belong to the upper class." in part(script.asked[0][1], "lessons")
    assert script.asked[0][0] == Step("draft_changes", "draft a change", "h1")


def test_a_draft_may_ask_for_further_files_once(tmp_path: Path) -> None:
    files = {"grades.py": CODE, "limits.py": "PASS = 50\n", "tests/test_it.py": "x = 1\n"}
    look = change(look=["limits.py", "../key.txt", "grades.py"])
    script = of(look, change(swap("limits.py", "50", "49")))
    (made,) = researcher(script).propose(tree(tmp_path, files), (), (CAUSE,), 5).proposals
    assert [edit.path for edit in made.edits] == ["limits.py"]
    assert "PASS = 50" not in script.asked[0][1]
    assert "PASS = 50" in part(script.asked[1][1], "sources")
    assert "def grade" in part(script.asked[1][1], "sources")
    drafts = researcher(of(look, look)).propose(tree(tmp_path, files), (), (CAUSE,), 5)
    assert [u.reason for u in drafts.unmatched] == ["Fifty passes.: It was wrong."]


def test_what_does_not_hold_or_repeats_is_said(tmp_path: Path) -> None:
    dossier = tree(tmp_path, archive=(past("t1"), past("t2")))
    other = CAUSE.model_copy(update={"id": "h2", "statement": "Names are long."})
    script = of(
        {"repeats": [{"idea": 2, "tried": 1, "reason": "the same cause"},
                     {"idea": 9, "tried": 1, "reason": "no such idea"}]},
        change(rationale="Fifty does not pass by intent."),
    )  # fmt: skip
    drafts = researcher(script).propose(dossier, (), (CAUSE, other), 5)
    assert drafts.proposals == ()
    assert [u.reason for u in drafts.unmatched] == [
        "Names are long. repeats t1: the same cause",
        "Fifty passes.: Fifty does not pass by intent.",
    ]


def test_an_edit_that_was_tried_is_not_drafted_again(tmp_path: Path) -> None:
    again = proposal(CODE.replace("> 50", ">= 50"))
    script = of(
        change(swap("grades.py", "> 50", ">= 50")), change(swap("grades.py", "> 50", "> 49"))
    )
    dossier = tree(tmp_path, tried=frozenset({again.edit_digest}))
    (made,) = researcher(script).propose(dossier, (), (CAUSE,), 5).proposals
    assert "was tried" in part(script.asked[1][1], "correction")
    assert "> 49" in str(made.edits[0].content)


@pytest.mark.parametrize("archive", [(), (past("t1"),)])
def test_a_model_that_never_drafts_ends_the_run_unless_it_had_its_successes(
    tmp_path: Path, archive: tuple[object, ...]
) -> None:
    lab = FakeLab()
    dossier = tree(tmp_path, lab=lab, archive=archive)
    mind = researcher(Script(lambda step, prompt: ""))
    if archive:
        assert mind.propose(dossier, (), (CAUSE,), 5).proposals == ()
    else:
        with pytest.raises(ThoughtlessError, match="drafted no change"):
            mind.propose(dossier, (), (CAUSE,), 5)
    assert "'draft' failed" in lab.degraded[-1][0]


def mended(dossier: Dossier, script: Script, output: str = "E   NameError") -> Proposal | None:
    broken = proposal(CODE.replace("> 50", ">= fifty"))
    failure = Failure(proposal=broken, step="tests", output=output, attempt=1)
    return researcher(script).repair(dossier, failure)


def test_a_repair_edits_the_change_as_it_is(tmp_path: Path) -> None:
    edits = [swap("grades.py", ">= fifty", ">= 50")]
    script = of({"give_up": False, "reason": "a name", "edits": edits})
    output = f'File "{tmp_path}/trees/9f/grades.py", line 2\nNameError: fifty'
    made = mended(tree(tmp_path), script, output)
    assert made is not None
    assert made.edits == (FileEdit(path="grades.py", content=CODE.replace("> 50", ">= 50")),)
    assert (made.refines, made.source) == ("p1", "model:draft")
    prompt = script.asked[0][1]
    assert 'File "grades.py", line 2' in part(prompt, "failure")
    assert ">= fifty" in part(prompt, "sources")
    assert "-    if points > 50:" in part(prompt, "attempt")


def test_a_repair_may_be_given_up_or_fail(tmp_path: Path) -> None:
    lab = FakeLab()
    dossier = tree(tmp_path, lab=lab)
    assert mended(dossier, of({"give_up": True, "reason": "no", "edits": []})) is None
    assert lab.degraded == []
    idle: Answer = {"give_up": False, "reason": "so", "edits": []}
    assert mended(dossier, Script(lambda step, prompt: idle)) is None
    assert "'repair' failed" in lab.degraded[0][0]


def test_a_round_is_reflected_on_and_refined(tmp_path: Path) -> None:
    outcomes = tuple(
        Outcome(
            proposal=proposal(CODE.replace("> 50", "> 40")), diff="-> 50\n+> 40",
            verdict=Verdict(candidate="p1", verdict=verdict, reason="not told apart"),
        )
        for verdict in ("indecisive", "rejected")
    )  # fmt: skip
    refine = [{"trial": 1, "how": "Let only fifty pass."}, {"trial": 8, "how": "-"}]
    script = of(
        reflected((1, "Forty is too low."), (5, "no such trial"), refine=refine),
        change(swap("grades.py", "> 50", ">= 50"), title="Let only fifty pass"),
    )
    made = researcher(script).reflect(tree(tmp_path), outcomes, 2)
    assert [lesson.text for lesson in made.lessons] == ["Forty is too low."]
    assert made.direction == "Look elsewhere."
    assert [(p.title, p.refines, p.source) for p in made.refinements] == [
        ("Let only fifty pass", "p1", "model:refine")
    ]
    assert "Let only fifty pass." in part(script.asked[1][1], "cause")
    none = researcher(of(reflected((1, "x"), refine=refine))).reflect(tree(tmp_path), outcomes, 0)
    assert none.refinements == ()

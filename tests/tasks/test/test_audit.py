"""The audit: what disqualifies a candidate, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from memory_systems.benchmark import Benchmark, Item
from tasks.patch import Workspace, apply_proposal
from tasks.records import Candidate, Evaluation, FileEdit, ItemScore, Proposal
from tasks.target import Target, parse_target
from tasks.test import Auditor

ANSWER = "the old lighthouse keeper"
BENCHMARK = Benchmark(
    name="b",
    items=(Item(id="i0", group="g", question={"question": "Who waved?"}, gold={"answer": ANSWER}),),
    contexts={"g": {}},
)


@pytest.fixture
def target(tmp_path: Path) -> Target:
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "a.py").write_text("a = 1\n")
    (tmp_path / "tree" / "score.py").write_text("score = 1\n")
    text = (
        "name: t\nrepository: {path: tree, snapshot: true}\neditable: ['*.py']\n"
        "protected: [score.py]\nmetric: {kind: command, command: [run]}\n"
    )
    return parse_target(text, tmp_path / "t.yaml")


def candidate(target: Target, workspace: Workspace, content: str, path: str = "a.py") -> Candidate:
    proposal = Proposal(
        id="p", title="t", rationale="r", change_type="bug_fix", base=workspace.base,
        edits=(FileEdit(path=path, content=content),), source="operator:x", researcher="r",
    )  # fmt: skip
    permissive = target.model_copy(update={"protected": ()})
    made = apply_proposal(proposal, permissive, workspace, "run")
    assert isinstance(made, Candidate)
    return made


def evaluation(predictions: list[str], scores: list[float]) -> Evaluation:
    items = tuple(
        ItemScore(item=f"i{n}", group="g", score=s, prediction=p)
        for n, (p, s) in enumerate(zip(predictions, scores, strict=True))
    )
    return Evaluation(tree="t", split="dev", seed=0, items=items)


VARIED = evaluation([f"answer {n}" for n in range(40)], [0.1 * (n % 5) for n in range(40)])


def failed(
    target: Target, tmp_path: Path, content: str, now: Evaluation = VARIED, path: str = "a.py"
) -> set[str]:
    workspace = Workspace.create(target, tmp_path / "work")
    protected = workspace.digests(workspace.base, target.protected)
    auditor = Auditor(target, workspace, protected, BENCHMARK)
    notes = auditor.audit(candidate(target, workspace, content, path), now, VARIED)
    return {note.check for note in notes if not note.passed}


def test_an_ordinary_edit_passes(target: Target, tmp_path: Path) -> None:
    assert failed(target, tmp_path, "a = 2\n") == set()


def test_an_edit_of_a_protected_file(target: Target, tmp_path: Path) -> None:
    found = failed(target, tmp_path, "score = 2\n", path="score.py")
    assert found == {"protected_files", "edit_scope"}


def test_a_gold_answer_in_the_edit_however_it_is_spaced(target: Target, tmp_path: Path) -> None:
    assert failed(target, tmp_path, f"a = '''{ANSWER.replace(' ', '_')}'''\n") == {"gold_in_edit"}


def test_one_answer_for_everything(target: Target, tmp_path: Path) -> None:
    same = evaluation(["same"] * 40, [0.2] * 40)
    assert failed(target, tmp_path, "a = 2\n", same) == {"constant_predictions"}


def test_a_jump_to_perfection(target: Target, tmp_path: Path) -> None:
    perfect = evaluation([f"answer {n}" for n in range(40)], [1.0] * 40)
    assert failed(target, tmp_path, "a = 2\n", perfect) == {"too_good"}

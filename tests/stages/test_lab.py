"""The lab of a run: what a probe sees, and what scoring other prompts costs."""

from __future__ import annotations

from pathlib import Path

from stages.lab import SCORED_A_ROUND, RunLab, shown_tree
from stages.run import Run
from tasks.records.change import FileEdit
from tests.stages.greeter import ANSWER, CONTRACT, greeter
from tests.stages.runs import needs_sandbox, run_of

pytestmark = needs_sandbox

LOOK = """
import json, os, pathlib
folder = pathlib.Path(os.environ["WHETSTONE_INPUT"])
print(sorted(p.name for p in folder.iterdir()), sorted(p.name for p in pathlib.Path().iterdir()))
print((folder / "questions.jsonl").read_text())
pathlib.Path("answer.py").write_text("pass")
"""


def lab(folder: Path, data: str = "data") -> tuple[Run, RunLab]:
    greeter(folder, data)
    run = run_of(CONTRACT.replace("path: data", f"path: {data}"), folder)
    base = run.workspace.base
    return run, RunLab(run, base, run.workspace.checkout(base))


def prompt(text: str) -> tuple[FileEdit, ...]:
    return (FileEdit(path="prompts/ask.txt", content=text),)


def test_a_probe_sees_questions_and_the_tree_and_changes_nothing(tmp_path: Path) -> None:
    run, bench = lab(tmp_path)
    told = bench.probe(LOOK)
    assert "['contexts', 'questions.jsonl'] " in told
    assert "answer.py" in told
    assert "Name 0 of Ann" in told
    assert "gold" not in told
    assert "ended with status 1" in told
    assert (run.workspace.checkout(run.workspace.base) / "answer.py").read_text() == ANSWER
    assert run.used() == 0
    assert "not run" in bench.probe("x" * 8_001)
    assert bench.probe("pass") == "it printed nothing"


def test_each_set_of_edits_that_is_scored_is_an_experiment(tmp_path: Path) -> None:
    run, bench = lab(tmp_path)
    search = [item.id for group in run.workload.search().values() for item in group]
    sealed = [item.id for item in run.workload.of_split("sealed")]
    scores = bench.score(prompt("Answer briefly.\n"), (*search[:3], *sealed))
    assert scores is not None
    assert scores.keys() == set(search[:3])
    assert {answered.score for answered in scores.values()} == {0.0}
    scores = bench.score(prompt("Answer briefly now\n"), tuple(search))
    assert scores is not None
    assert {answered.score for answered in scores.values()} == {1.0}
    assert run.used() == 2
    assert bench.score(prompt("crash\n"), tuple(search)) == {}
    assert bench.score(prompt("Answer briefly now\n"), tuple(search)) == scores
    assert run.used() == SCORED_A_ROUND - 1
    assert bench.score(prompt("Answer.\n"), tuple(search)) == {}
    assert bench.score(prompt("One more.\n"), tuple(search)) is None


def test_gold_that_lies_in_the_repository_is_not_shown(tmp_path: Path) -> None:
    run, bench = lab(tmp_path, "tree/data")
    shown = shown_tree(run, bench.commit)
    assert shown is not None
    assert (bench.shown / "data" / "items.jsonl").is_file()
    assert not (shown / "data").exists()
    assert (shown / "answer.py").read_text() == ANSWER
    (tmp_path / "other").mkdir()
    apart, other = lab(tmp_path / "other")
    assert shown_tree(apart, other.commit) is None

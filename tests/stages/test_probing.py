"""Probes on real targets in the sandbox: what depends on hash seed, order and case is told."""

from __future__ import annotations

import json
from pathlib import Path

from stages.probing import probes_of
from tasks.ledger import Spending
from tests.stages.runs import run_of

PREDICT = """\
import json, sys
from pathlib import Path

folder, output = Path(sys.argv[1]), Path(sys.argv[2])
with output.open("w") as file:
    for number, line in enumerate((folder / "questions.jsonl").read_text().splitlines()):
        row = json.loads(line)
        context = json.loads((folder / "contexts" / f"{row['group']}.json").read_text())
        words = set(row["question"]["question"].split())
        notes = sorted(context["notes"], key=lambda n: -len(words & set(n["text"].split())))
        answer = notes[0]["text"] if number else f"first: {notes[0]['text']}"
        file.write(json.dumps({"id": row["id"], "prediction": answer}) + "\\n")
"""
TESTS = """\
import os

STATE = []

def test_first():
    STATE.append(1)

def test_second():
    assert STATE

def test_hash():
    assert os.environ["PYTHONHASHSEED"] == "0"

def test_sealed():
    assert True

def test_sealed_too():
    assert not STATE
"""
PREDICTIONS = """\
name: notes
repository: {path: repo, snapshot: true}
editable: [predict.py]
metric: {kind: predictions, name: F1, scorer: token_f1}
predict: {command: ["{python}", predict.py, "{input}", "{output}"]}
data: {benchmark: jsonl, path: data}
splits: {dev: [g1, g2], sealed: [g3, g4]}
"""
SUITE = """\
name: suite
repository: {path: repo, snapshot: true}
editable: [code.py]
metric: {kind: pytest}
environment: {variables: {PYTEST_DISABLE_PLUGIN_AUTOLOAD: "1"}}
splits:
  dev: ["test_code::test_first", "test_code::test_second", "test_code::test_hash"]
  sealed: ["test_code::test_sealed", "test_code::test_sealed_too"]
"""


def test_predictions_are_probed(tmp_path: Path) -> None:
    (tmp_path / "repo").mkdir()
    (tmp_path / "repo" / "predict.py").write_text(PREDICT)
    contexts = tmp_path / "data" / "contexts"
    contexts.mkdir(parents=True)
    notes = [{"text": f"Note {n} about Apples", "on": "2 May 2021"} for n in range(4)]
    rows = []
    for group in ("g1", "g2", "g3", "g4"):
        (contexts / f"{group}.json").write_text(json.dumps({"notes": notes}))
        for n in (1, 2):
            question = f"Which Note speaks of Apples and {n} ?"
            rows.append({"group": group, "question": question, "gold": "x"})
    (tmp_path / "data" / "items.jsonl").write_text("\n".join(map(json.dumps, rows)))
    run = run_of(PREDICTIONS, tmp_path)
    results = {r.relation: r for r in probes_of(run, run.workspace.base)}
    assert len(results) == 9
    assert results["determinism"].violations == ()
    assert len(results["item order"].violations) == 2
    assert results["duplicate records"].items == 2
    assert results["time shift"].violations == ()
    assert "knob" in results["growing k"].reason
    spent = list(run.ledger.read("spending", Spending))
    assert {s.purpose for s in spent} == {"probe"}
    assert sum(s.items for s in spent) == 2 * (1 + sum(r.seconds > 0 for r in results.values()))


def test_a_suite_is_probed(tmp_path: Path) -> None:
    (tmp_path / "repo").mkdir()
    (tmp_path / "repo" / "code.py").write_text("x = 1\n")
    (tmp_path / "repo" / "test_code.py").write_text(TESTS)
    run = run_of(SUITE, tmp_path)
    results = {r.relation: r for r in probes_of(run, run.workspace.base)}
    assert results["item order"].violations == ("test_code::test_second",)
    assert results["determinism"].violations == ("test_code::test_hash",)
    assert {r.items for r in results.values()} == {3}

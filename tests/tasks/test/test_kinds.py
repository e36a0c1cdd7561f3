"""The three kinds of metric, on small targets in the real sandbox."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.errors import PredictError, StageError
from tasks.ledger import Ledger, Spending
from tasks.patch import Workspace
from tasks.target import Target, load_target, parse_target
from tasks.test import (
    EvaluationCache,
    Evaluator,
    LineageCache,
    Measurement,
    Permit,
    Predictions,
    PytestSuite,
    SelfScored,
    WorkItem,
    Workload,
    collect,
    load_benchmark,
    seeds,
)
from tasks.test.command import parse_number
from tasks.test.junit import parse_report
from tasks.test.sandbox import choose
from tasks.test.scorers import resolve_scorer

ECHO = """
import argparse, json, os, pathlib, sys
p = argparse.ArgumentParser(); p.add_argument("--input"); p.add_argument("--output")
a = p.parse_args()
folder = pathlib.Path(a.input)
cache = pathlib.Path(os.environ["WHETSTONE_CACHE"]) / "calls"
cache.write_text(str(int(cache.read_text()) + 1 if cache.exists() else 1))
with open(a.output, "w") as out:
    for line in (folder / "questions.jsonl").read_text().splitlines():
        q = json.loads(line)
        context = json.loads((folder / "contexts" / (q["group"] + ".json")).read_text())
        text = context["answers"].get(q["question"]["question"], "")
        out.write(json.dumps({"id": q["id"], "prediction": text}) + "\\n")
"""


def echo_target(folder: Path, code: str = ECHO, limits: str = "{seconds: 20}") -> Target:
    (folder / "tree").mkdir(parents=True)
    (folder / "tree" / "answer.py").write_text(code)
    data = folder / "data"
    (data / "contexts").mkdir(parents=True)
    lines = []
    for group in "abcd":
        (data / "contexts" / f"{group}.json").write_text('{"answers": {"q0": "yes", "q1": "no"}}')
        lines += [
            f'{{"group": "{group}", "question": "q0", "gold": "yes", "slices": {{"k": "even"}}}}',
            f'{{"group": "{group}", "question": "q1", "gold": "maybe", "slices": {{"k": "odd"}}}}',
        ]
    (data / "items.jsonl").write_text("\n".join(lines))
    text = f"""
name: echo
repository: {{path: tree, snapshot: true}}
editable: ["*.py"]
metric: {{kind: predictions, name: accuracy, scorer: exact_match}}
predict: {{command: ["{{python}}", answer.py, --input, "{{input}}", --output, "{{output}}"]}}
data: {{benchmark: jsonl, path: data}}
limits: {limits}
"""
    return parse_target(text, folder / "echo.yaml")


def evaluator_for(target: Target, folder: Path) -> Evaluator:
    workspace = Workspace.create(target, folder / "work")
    sandbox = choose()
    measurement: Measurement
    if target.data is not None:
        benchmark = load_benchmark(target.data, target.folder, folder)
        items = tuple(WorkItem(i.id, i.group, i.slices) for i in benchmark.items)
        measurement = Predictions(target, benchmark, sandbox)
        workload = Workload(items, ("a", "b"), ("c", "d"), benchmark.digest, benchmark)
    elif target.metric.kind == "pytest":
        tree = workspace.checkout(workspace.base)
        collected = collect(target, sandbox, tree, folder / "collect")
        items = collected.items
        measurement = PytestSuite(target, sandbox, collected.habits)
        groups = sorted({item.group for item in items})
        workload = Workload(items, tuple(groups[:12]), tuple(groups[12:]), "tests")
    else:
        measurement = SelfScored(target, sandbox)
        items = seeds(2)
        workload = Workload(items, ("dev-0", "dev-1"), ("sealed-500", "sealed-501"), "seeds")
    return Evaluator(
        workspace=workspace, workload=workload, measurement=measurement,
        cache=EvaluationCache(folder / "evaluations"), lineage=LineageCache(folder / "lineage"),
        ledger=Ledger(folder), scratch=folder / "scratch",
    )  # fmt: skip


def test_predictions_are_scored_outside_and_cached_by_item(tmp_path: Path):
    evaluator = evaluator_for(echo_target(tmp_path), tmp_path)
    base = evaluator.workspace.base
    part = evaluator.evaluate(
        base, purpose="baseline", seed=0, items=evaluator.workload.of_groups(["a"])
    )
    assert (part.mean, len(part.items), part.cached) == (0.5, 2, False)
    whole = evaluator.evaluate(base, purpose="baseline", seed=0)
    assert (whole.mean, len(whole.items)) == (0.5, 4)
    again = evaluator.evaluate(base, purpose="baseline", seed=0)
    assert again.cached
    assert again.by_item == whole.by_item
    spent = list(evaluator.ledger.read("spending", Spending))
    assert [s.items for s in spent] == [2, 2, 0]
    few = evaluator.evaluate(base, purpose="baseline", seed=1, items=evaluator.workload.items[1:2])
    rest = evaluator.evaluate(base, purpose="baseline", seed=1)
    assert (len(few.items), len(rest.items)) == (1, 4)
    assert rest.by_item == whole.by_item
    spent = list(evaluator.ledger.read("spending", Spending))
    assert [s.items for s in spent[3:]] == [1, 3]
    tree = evaluator.workspace.tree_of(base)
    assert (tmp_path / "lineage" / tree / "calls").read_text() == "4"


def test_the_sealed_split_needs_a_permit_for_that_tree(tmp_path: Path):
    evaluator = evaluator_for(echo_target(tmp_path), tmp_path)
    base = evaluator.workspace.base
    for permit in (None, Permit("another-tree", 1)):
        with pytest.raises(StageError, match="permit"):
            evaluator.evaluate(base, purpose="sealed", seed=0, split="sealed", permit=permit)
    permit = Permit(evaluator.workspace.tree_of(base), 1)
    looked = evaluator.evaluate(base, purpose="sealed", seed=0, split="sealed", permit=permit)
    assert len(looked.items) == 4


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("raise SystemExit('no such luck')", "no such luck"),
        ("import time; time.sleep(60)", "stopped after"),
        ("print('hello')", "wrote no"),
        (ECHO.replace('"prediction": text', '"answer": text'), "not a prediction"),
    ],
)
def test_a_predict_command_that_fails_is_told_in_words(tmp_path: Path, code: str, says: str):
    evaluator = evaluator_for(echo_target(tmp_path, code, "{seconds: 2}"), tmp_path)
    with pytest.raises(PredictError, match=says) as caught:
        evaluator.evaluate(evaluator.workspace.base, purpose="baseline", seed=0)
    assert caught.value.cure
    assert [s.items for s in evaluator.ledger.read("spending", Spending)] == [4]


def test_a_repository_s_tests_are_items(tmp_path: Path):
    evaluator = evaluator_for(load_target("calendar_notes"), tmp_path)
    everything = [*evaluator.workload.dev, *evaluator.workload.sealed]
    evaluation = evaluator.evaluate(
        evaluator.workspace.base,
        purpose="baseline",
        seed=0,
        items=evaluator.workload.of_groups(everything),
    )
    failed = {i.item for i in evaluation.items if i.score == 0}
    assert 0 < len(failed) < len(evaluation.items)
    assert any("between_includes_last_day" in item for item in failed)


def test_a_command_scores_itself_once_a_seed(tmp_path: Path):
    evaluator = evaluator_for(load_target("peak_finder"), tmp_path)
    evaluation = evaluator.evaluate(evaluator.workspace.base, purpose="baseline", seed=0)
    assert len({item.score for item in evaluation.items}) == 2
    assert all(0 < item.score < 1 for item in evaluation.items)


@pytest.mark.parametrize("text", ["", "words only", "1.0 done", "nan", "inf"])
def test_what_is_no_number_is_refused(text: str):
    with pytest.raises(PredictError):
        parse_number(text)


def test_reports_with_entities_are_refused():
    with pytest.raises(PredictError, match="entities"):
        parse_report(b'<!DOCTYPE a [<!ENTITY b "c">]><testsuite/>')
    with pytest.raises(PredictError, match="not XML"):
        parse_report(b"<testsuite")


def test_a_scorer_beside_the_contract(tmp_path: Path):
    (tmp_path / "mine.py").write_text("def half(prediction, gold):\n    return 0.5\n")
    assert resolve_scorer("mine.py:half", tmp_path)("x", {}) == 0.5

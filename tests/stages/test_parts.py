"""A whole run on a predictions target: what fits only the items that the search saw is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stages.run import Run
from tasks.records.change import FileEdit, Finding, Hypothesis, Proposal
from tasks.records.document import RunDocument
from tasks.records.dossier import Dossier, Drafts
from tasks.records.reflection import Reflection
from tasks.validate.shrinkage import NOT_SHOWN
from tests.stages.runs import needs_sandbox, new_run_of, walked

pytestmark = [pytest.mark.slow, needs_sandbox]
CONTRACT = """
name: sums
repository: {path: tree, snapshot: true}
editable: ["*.py"]
metric: {kind: predictions, name: accuracy, scorer: exact_match}
predict: {command: ["{python}", answer.py, "{input}", "{output}"]}
data: {benchmark: jsonl, path: data}
splits: {sealed_share: 0.25}
budget: {experiments: 4, minutes: 30, sealed_openings: 4, repeats: 2}
"""
ANSWER = """\
import json, pathlib, sys

KNOWN = {}

def told(text):
    left, right = map(int, text.split("+"))
    return left + right if left < 50 else left

def answer(text):
    return KNOWN.get(text, told(text))

folder = pathlib.Path(sys.argv[1])
with open(sys.argv[2], "w") as out:
    for line in (folder / "questions.jsonl").read_text().splitlines():
        row = json.loads(line)
        text = str(answer(row["question"]["question"]))
        out.write(json.dumps({"id": row["id"], "prediction": text}) + "\\n")
"""


def write(folder: Path, groups: int, size: int) -> Path:
    """Sums, half of which the base gets wrong."""
    contexts = folder / "data" / "contexts"
    contexts.mkdir(parents=True)
    (folder / "tree").mkdir()
    (folder / "tree" / "answer.py").write_text(ANSWER)
    rows = []
    for group in range(groups):
        (contexts / f"g{group}.json").write_text("{}")
        for n in range(size):
            left, right = 10 + (n * 80) // size, 1 + group
            rows.append({"group": f"g{group}", "question": f"{left}+{right}",
                         "gold": str(left + right)})  # fmt: skip
    (folder / "data" / "items.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (folder / "sums.yaml").write_text(CONTRACT)
    return folder / "sums.yaml"


class Mind:
    """Proposes what it was made with, and then to know by heart all that it may know."""

    name = "mind"

    def __init__(self, run: Run, *edits: str) -> None:
        self.run, self.edits = run, edits
        self.dossiers: list[Dossier] = []

    def diagnose(self, dossier: Dossier) -> tuple[Finding, ...]:
        self.dossiers.append(dossier)
        return ()

    def hypothesize(self, dossier: Dossier, findings: object) -> tuple[Hypothesis, ...]:
        return ()

    def propose(self, dossier: Dossier, findings: object, hypotheses: object, limit: int) -> Drafts:
        if len(self.dossiers) > 1:
            return Drafts(proposals=())
        texts = [self.by_heart(), *self.edits]
        return Drafts(proposals=tuple(self.proposal(dossier, text) for text in texts))

    def by_heart(self) -> str:
        benchmark = self.run.benchmark
        assert benchmark is not None
        shown = {item.id for items in self.run.workload.search().values() for item in items}
        known = {i.question["question"]: i.gold["answer"] for i in benchmark.items if i.id in shown}
        return ANSWER.replace("KNOWN = {}", f"KNOWN = {known}")

    def proposal(self, dossier: Dossier, text: str) -> Proposal:
        name = f"p{len(text)}"
        return Proposal(
            id=name, title=name, rationale="It says so.", change_type="bug_fix", base=dossier.base,
            edits=(FileEdit(path="answer.py", content=text),), source="test", researcher="mind",
        )  # fmt: skip

    def repair(self, dossier: Dossier, failure: object) -> None:
        return None

    def reflect(self, dossier: Dossier, outcomes: object, refinements: int) -> Reflection:
        return Reflection()


def run_on(contract: Path, *edits: str) -> tuple[Run, RunDocument, Mind]:
    run = new_run_of(contract)
    mind = Mind(run, *edits)
    return run, walked(run, mind), mind


def test_knowing_the_seen_items_by_heart_is_no_gain_and_a_mend_is(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("WHETSTONE_HOME", str(tmp_path / "home"))
    mended = ANSWER.replace(" if left < 50 else left", "")
    run, document, mind = run_on(write(tmp_path, 8, 20), mended)
    select = run.workload.select
    assert len(select) == 40
    for dossier in mind.dossiers:
        assert not select & {sample.item for sample in dossier.samples}
        assert not select & set(dossier.trace.scores)
        shown = dossier.failures.model_dump_json() + str(dossier.probes)
        assert not any(item in shown for item in select)
    (refused,) = document.rejected
    assert refused.verdict == "overfit"
    assert refused.reason.startswith(NOT_SHOWN)
    (accepted,) = document.accepted
    for change in (refused, accepted):
        assert change.search is not None
        assert change.select is not None
        assert (change.search.score.n, change.select.score.n) == (80, 40)
        assert change.search.gain.delta > 0.4
    assert refused.select is not None
    assert refused.select.gain.delta == 0
    assert accepted.select is not None
    assert accepted.select.gain.delta > 0.4


def test_too_few_items_are_not_divided_and_that_is_stated(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("WHETSTONE_HOME", str(tmp_path / "home"))
    run, document, _ = run_on(write(tmp_path, 4, 8))
    assert run.workload.select == frozenset()
    assert any("too few to keep some of them" in d for d in document.degradations)
    assert all(c.search is None and c.select is None for c in document.rejected)

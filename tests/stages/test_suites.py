"""Runs on a repository's own tests: what ends them, what is preferred, what is held out."""

from __future__ import annotations

from pathlib import Path

import pytest

from researchers.protocol import Researcher
from stages.partial import WAITS
from stages.run import Run
from stages.suites import ONLY_SEEN, RIVALS, Enough
from tasks.patch import tokens_changed
from tasks.records.change import FileEdit, Finding, Hypothesis, Proposal
from tasks.records.document import RunDocument
from tasks.records.dossier import Dossier, Drafts
from tasks.records.outputs import Validation
from tasks.records.reflection import Reflection
from tasks.records.score import Evaluation, ItemScore
from tasks.records.trial import Trial
from tasks.report.headline import ending
from tests.stages.runs import needs_sandbox, new_run_of, walked

CONTRACT = """
name: small
repository: {path: tree, snapshot: true}
editable: ["*.py"]
protected: [tests/**, conftest.py]
metric: {kind: pytest, command: ["{python}", -m, pytest, -q, -p, "no:cacheprovider", tests]}
limits: {seconds: 300}
budget: {experiments: 6, minutes: 30, sealed_openings: 4, repeats: 2}
"""
HEALTHY = {
    "bits": ("def odd(n):\n    return n % 2 == 1\n\ndef twice(n):\n    return n + n\n",
             ["odd(3)", "not odd(4)", "twice(2) == 4", "twice(0) == 0", "odd(1)"]),
    "text": ("def shout(t):\n    return t.upper() + '!'\n\ndef first(t):\n    return t[:1]\n",
             ["shout('a') == 'A!'", "shout('') == '!'", "first('xy') == 'x'", "first('') == ''"]),
    "heap": ("def push(h, x):\n    return sorted([*h, x])\n\ndef pop(h):\n    return h[1:]\n",
             ["push([2], 1) == [1, 2]", "push([], 1) == [1]", "pop([1, 2]) == [2]",
              "pop([]) == []"]),
    "dates": ("def leap(y):\n    return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)\n\n"
              "def days(y):\n    return 366 if leap(y) else 365\n",
              ["leap(2024)", "not leap(1900)", "leap(2000)", "days(2023) == 365"]),
    "sets": ("def both(a, b):\n    return set(a) & set(b)\n\n"
             "def lone(a, b):\n    return set(a) - set(b)\n",
             ["both([1, 2], [2]) == {2}", "both([], [1]) == set()", "lone([1], []) == {1}",
              "lone([1], [1]) == set()"]),
}  # fmt: skip


def write(folder: Path, code: str, checks: list[str]) -> Path:
    tests = "".join(f"def test_{i}():\n    assert {check}\n" for i, check in enumerate(checks))
    (folder / "tree" / "tests").mkdir(parents=True)
    (folder / "tree" / "conftest.py").write_text("")
    (folder / "tree" / "code_.py").write_text(code)
    (folder / "tree" / "tests" / "test_code.py").write_text(f"from code_ import *\n{tests}")
    (folder / "small.yaml").write_text(CONTRACT)
    return folder / "small.yaml"


def run_on(contract: Path, researcher: Researcher | None = None) -> tuple[Run, RunDocument]:
    run = new_run_of(contract)
    return run, walked(run, researcher)


@needs_sandbox
@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(HEALTHY))
def test_a_healthy_package_is_left_alone(name: str, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("WHETSTONE_HOME", str(tmp_path / "home"))
    code, checks = HEALTHY[name]
    _, document = run_on(write(tmp_path, code, checks))
    assert document.accepted == ()
    assert document.evaluations_by_purpose.get("trial", 0) == 0
    assert ending(document) == f"nothing to mend: all {len(checks)} tests pass."


class Parrot:
    """Answers the visible failing tests by heart, and nothing else."""

    name = "parrot"

    def __init__(self, text: str) -> None:
        self.text = text
        self.dossiers: list[Dossier] = []

    def diagnose(self, dossier: Dossier) -> tuple[Finding, ...]:
        self.dossiers.append(dossier)
        return ()

    def hypothesize(self, dossier: Dossier, findings: object) -> tuple[Hypothesis, ...]:
        return ()

    def propose(self, dossier: Dossier, findings: object, hypotheses: object, limit: int) -> Drafts:
        visible = [s.item for s in dossier.samples if not s.score]
        known = {f"tests.test_code::test_{i}": str(i) for i in range(6)}
        answers = ", ".join(f"{known[item]}: {known[item]} * 3" for item in visible)
        text = self.text.replace("x * 2", f"{{{answers}}}.get(x, x * 2)")
        proposal = Proposal(
            id="parrot", title="By heart", rationale="It says so.", change_type="bug_fix",
            base=dossier.base, edits=(FileEdit(path="code_.py", content=text),),
            source="test", researcher="parrot",
        )  # fmt: skip
        return Drafts(proposals=(proposal,))

    def repair(self, dossier: Dossier, failure: object) -> None:
        return None

    def reflect(self, dossier: Dossier, outcomes: object, refinements: int) -> Reflection:
        return Reflection()


@needs_sandbox
@pytest.mark.slow
def test_what_passes_only_the_visible_tests_is_told(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("WHETSTONE_HOME", str(tmp_path / "home"))
    code = "def thrice(x):\n    return x * 2\n\ndef same(x):\n    return x\n"
    checks = [*(f"thrice({i}) == {3 * i}" for i in range(6)), "same(1) == 1", "same(2) == 2"]
    parrot = Parrot(code)
    run, document = run_on(write(tmp_path, code, checks), parrot)
    assert document.accepted == ()
    assert [(c.verdict, c.reason) for c in document.rejected] == [("contradicted", ONLY_SEEN)]
    assert ONLY_SEEN in document.ending
    sealed = set(run.workload.sealed)
    assert sealed
    assert run.suite is not None
    assert sealed & set(run.suite.failing_groups)
    for dossier in parrot.dossiers:
        assert not sealed & {sample.group for sample in dossier.samples}
        assert not any(group in dossier.failures.model_dump_json() for group in sealed)


class Mender:
    """Proposes one right mend a round, of the faults that visible tests show."""

    name = "mender"

    def __init__(self, mends: dict[str, tuple[str, str]]) -> None:
        self.mends = mends

    def diagnose(self, dossier: Dossier) -> tuple[Finding, ...]:
        return ()

    def hypothesize(self, dossier: Dossier, findings: object) -> tuple[Hypothesis, ...]:
        return ()

    def propose(self, dossier: Dossier, findings: object, hypotheses: object, limit: int) -> Drafts:
        text = (Path(dossier.root) / "code_.py").read_text()
        left = [name for name, (wrong, _) in self.mends.items() if wrong in text][:1]
        return Drafts(
            proposals=tuple(
                Proposal(
                    id=name, title=name, rationale="It says so.", change_type="bug_fix",
                    base=dossier.base, source="test", researcher="mender",
                    edits=(FileEdit(path="code_.py", content=text.replace(*self.mends[name])),),
                )
                for name in left
            )
        )  # fmt: skip

    def repair(self, dossier: Dossier, failure: object) -> None:
        return None

    def reflect(self, dossier: Dossier, outcomes: object, refinements: int) -> Reflection:
        return Reflection()


@needs_sandbox
@pytest.mark.slow
def test_two_faults_are_mended_one_after_the_other(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("WHETSTONE_HOME", str(tmp_path / "home"))
    code = "def thrice(x):\n    return x * 2\n\ndef last(x):\n    return x[len(x)]\n"
    checks = [f"thrice({i}) == {3 * i}" for i in range(1, 4)]
    checks += [f"last('{text}') == 'z'" for text in ("z", "yz", "xyz")]
    mends = {"Triple": ("x * 2", "x * 3"), "Last": ("x[len(x)]", "x[len(x) - 1]")}
    run, document = run_on(write(tmp_path, code, checks), Mender(mends))
    assert run.suite is not None
    kinds = run.suite.failing_groups
    assert {kinds[g] for g in run.workload.sealed} == {kinds[g] for g in run.workload.dev}
    assert [(c.title, c.verdict, c.round) for c in document.accepted] == [
        ("Triple", "accepted", 1), ("Last", "accepted", 2),
    ]  # fmt: skip
    assert all("it mends 1 of" in c.reason for c in document.accepted)
    assert document.ending == "all 4 visible tests pass now, and all 2 held-out ones"
    credit = [c.contribution for c in document.accepted]
    assert [c and (c.delta, c.interval.exact) for c in credit] == [(0.5, True), (0.5, True)]


class Slow(Mender):
    """Knows a mend of a part in its first round, one of nothing next, and the whole one last."""

    def propose(self, dossier: Dossier, findings: object, hypotheses: object, limit: int) -> Drafts:
        made = super().propose(dossier, findings, hypotheses, limit)
        self.mends = dict(list(self.mends.items())[1:])
        return made


@needs_sandbox
@pytest.mark.slow
@pytest.mark.parametrize(
    ("experiments", "accepted"),
    [(40, [("Whole", 3)]), (6, [("Signed", 1), ("Whole", 3)])],
)  # fmt: skip
def test_a_partial_mend_waits_for_a_whole_one_while_there_is_much_left(
    tmp_path: Path, monkeypatch, experiments: int, accepted: list[tuple[str, int]]
):
    monkeypatch.setenv("WHETSTONE_HOME", str(tmp_path / "home"))
    budget = f"experiments: {experiments}"
    monkeypatch.setitem(globals(), "CONTRACT", CONTRACT.replace("experiments: 6", budget))
    code = "def size(x):\n    return abs(x) + 1 if x else 0\n\ndef same(x):\n    return x\n"
    checks = [f"size({n}) == {abs(n)}" for n in (-3, -2, -1, 0, 1, 2, 3)]
    wrong = "abs(x) + 1 if x else 0"
    mends = {"Signed": (wrong, "x if x > 0 else abs(x) + 1 if x else 0"),
             "Idle": ("return x", "return +x"), "Whole": (wrong, "abs(x)")}  # fmt: skip
    run, document = run_on(write(tmp_path, code, checks), Slow(mends))
    assert [(c.title, c.round) for c in document.accepted] == accepted
    first = run.stored(20, 1, Validation)
    assert first is not None
    waited = [v.reason for v in first.verdicts if v.candidate in first.waiting]
    assert waited == ([WAITS] if experiments == 40 else [])
    assert first.openings == (1 if waited else 2)


def trial(name: str, *scores: float) -> Trial:
    items = tuple(ItemScore(item=str(i), group="g", score=s) for i, s in enumerate(scores))
    evaluation = Evaluation(tree=name, split="dev", seed=0, items=items)
    return Trial(
        candidate=name, state="complete", evaluation=evaluation, difference=None, share=1.0
    )


def test_a_round_ends_a_few_candidates_after_a_whole_mend():
    enough = Enough()
    trials = [trial(f"c{i}", 1.0, float(i == 2)) for i in range(12)]
    for position in (0, 1, 3, 2):
        assert enough.wants(position)
        enough.saw(position, trials[position])
    assert enough.wants(2 + RIVALS)
    assert not enough.wants(3 + RIVALS)
    states = [t.state for t in enough.kept(trials)]
    assert states == ["complete"] * (3 + RIVALS) + ["not_run"] * (9 - RIVALS)


def test_the_size_of_an_edit_is_in_tokens():
    head = "--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,2 @@\n"
    one_name = head + "-    return left + right\n+    return left - right\n context\n"
    moved = head + "-a = 1\n context\n+a = 1\n"
    assert tokens_changed(one_name) == 2
    assert tokens_changed(moved) == 6
    assert tokens_changed(head + "-a=1\n+a = 1\n") == 0

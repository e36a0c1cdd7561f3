"""What a traced suite saw: conditions that tell failing tests from passing ones, and idle edits."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from researchers.program_analysis import ProgramAnalysis, states
from researchers.program_analysis.context import Context
from researchers.program_analysis.foresight import Foresight
from researchers.program_analysis.operators import add_clause, mutate_comparison, off_by_one
from researchers.program_analysis.program import Program
from tasks.diagnose import read_trace, tracer_environment
from tasks.diagnose.tracing import FAILS
from tasks.diagnose.tracing.guest.whetstone_tracer import states as traced_states
from tasks.records.change import Proposal
from tasks.records.dossier import Dossier, MetricCard, Sample

SUITE = MetricCard(name="tests", kind="pytest", direction="maximize", unit="", notes="")

LOST_BRANCH = """\
def fare(zone, age, night):
    base = 4 + 3 * zone
    if night:
        base += 2
    return base
"""
BRANCH_TESTS = """\
from job import fare

def test_near(): assert fare(1, 30, False) == 7
def test_far(): assert fare(3, 40, False) == 13
def test_night(): assert fare(2, 50, True) == 12
def test_infant(): assert fare(2, 0, False) == 0
def test_infant_at_night(): assert fare(1, 0, True) == 0
def test_toddler(): assert fare(1, 3, True) == 9
"""
LOST_CLAUSE = """\
def admitted(guests, least, banned):
    found = []
    for name, age in guests:
        if age >= least:
            found.append(name)
    return found
"""
CLAUSE_TESTS = """\
from job import admitted

def test_all(): assert admitted([("a", 20), ("b", 30)], 18, []) == ["a", "b"]
def test_young(): assert admitted([("a", 10), ("b", 30)], 18, ["z"]) == ["b"]
def test_banned(): assert admitted([("a", 40), ("b", 30)], 18, ["a"]) == ["b"]
def test_none(): assert admitted([("a", 40)], 18, ["a"]) == []
"""
LOST_CASE = """\
def tokens(text):
    found, word = [], ""
    for letter in text:
        if letter.isalnum():
            word += letter
        elif letter == ",":
            found.append(word)
            word = ""
    return [*found, word]
"""
CASE_TESTS = """\
from job import tokens

def test_one(): assert tokens("ab") == ["ab"]
def test_two(): assert tokens("ab,c") == ["ab", "c"]
def test_comment(): assert tokens("ab#c") == ["ab"]
def test_comment_at_once(): assert tokens("#,c") == [""]
def test_blank(): assert tokens("a b") == ["ab"]
"""


def measured(root: Path, source: str, tests: str) -> dict[str, bool]:
    """Whether each test passes, by its name."""
    root.mkdir(exist_ok=True)
    (root / "job.py").write_text(source)
    (root / "test_job.py").write_text(tests)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider"],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    words = [line.split(" ")[:2] for line in done.stdout.splitlines()]
    return {
        row[1].replace("test_job.py::", "test_job::"): row[0] == "PASSED"
        for row in words
        if row[0] in {"PASSED", "FAILED"}
    }


def observed(tmp_path: Path, source: str, tests: str, make: Any) -> Dossier:
    """The dossier of a suite, traced as a run does it."""
    root = tmp_path / "root"
    passed = measured(root, source, tests)
    (tmp_path / "out").mkdir()
    items = {name: "" if passed[name] else FAILS for name in passed}
    environment = tracer_environment(tmp_path / "out" / "trace.json", items, root, by="tests")
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=root, capture_output=True, check=False,
        env={"PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1", **environment},
    )  # fmt: skip
    scores = {name: float(passed[name]) for name in passed}
    trace = read_trace(tmp_path / "out" / "trace.json").model_copy(update={"scores": scores})
    samples = tuple(
        Sample(
            item=name, group=name, question="", gold="", score=score,
            prediction="passed" if score else "failed: AssertionError",
        )
        for name, score in scores.items()
    )  # fmt: skip
    made: Dossier = make(root, metric=SUITE, trace=trace, samples=samples)
    return made


def proposed(tmp_path: Path, source: str, tests: str, make: Any) -> Sequence[Proposal]:
    """What the researcher would do, likeliest first."""
    return ProgramAnalysis().propose(observed(tmp_path, source, tests, make), (), (), 300).proposals


def foreseen(tmp_path: Path, source: str, tests: str, make: Any) -> tuple[Context, Foresight]:
    context = Context(Program(observed(tmp_path, source, tests, make)))
    return context, Foresight(context.program)


def mends(tmp_path: Path, tests: str, proposals: Sequence[Proposal]) -> list[str]:
    """Titles of proposals that pass all tests."""
    found = []
    for place, proposal in enumerate(proposals):
        (edit,) = proposal.edits
        assert edit.content is not None
        passed = measured(tmp_path / f"tried-{place}", edit.content, tests)
        if passed and all(passed.values()):
            found.append(proposal.title)
    return found


@pytest.mark.parametrize(
    ("source", "tests", "operator", "asked"),
    [
        (LOST_BRANCH, BRANCH_TESTS, "observed_branch", "age == 0"),
        (LOST_CLAUSE, CLAUSE_TESTS, "observed_clause", "name not in banned"),
        (LOST_CASE, CASE_TESTS, "observed_branch", 'letter == "#"'),
    ],
    ids=["branch", "clause", "case"],
)
def test_a_lost_condition_is_found_in_the_states(
    tmp_path: Path, dossier: Any, source: str, tests: str, operator: str, asked: str
) -> None:
    proposals = proposed(tmp_path, source, tests, dossier)
    drafted = [p for p in proposals if p.source == f"operator:{operator}" and asked in p.title]
    assert mends(tmp_path, tests, drafted[:8])


def test_objects_are_told_from_none(tmp_path: Path, dossier: Any) -> None:
    source = (
        "class Node:\n    def __init__(self, key, after=None):\n"
        "        self.key, self.after = key, after\n"
        "def first(node):\n    return node.key\n"
    )
    tests = (
        "from job import Node, first\n\ndef test_a(): assert first(Node(1)) == 1\n"
        "def test_b(): assert first(Node(2, Node(3))) == 2\ndef test_c(): assert first(None) == 0\n"
    )
    proposals = proposed(tmp_path, source, tests, dossier)
    titles = [p.title for p in proposals if "observed_branch" in p.source]
    assert any("`return 0` if `node is None`" in title for title in titles)


def test_what_one_test_waits_for_is_not_given_back_early_and_no_last_answer_is_asked_for(
    tmp_path: Path, dossier: Any
) -> None:
    source = "def rate(hits, calls):\n    return calls / hits if calls else 0.0\n"
    tests = (
        "from job import rate\n\ndef test_none(): assert rate(0, 0) == 0.0\n"
        "def test_half(): assert rate(2, 4) == 0.5\n"
    )
    proposals = proposed(tmp_path, source, tests, dossier)
    titles = [p.title for p in proposals]
    given = [place for place, title in enumerate(titles) if "`return 0.5`" in title]
    (right,) = [place for place, title in enumerate(titles) if "sides of `calls / hits`" in title]
    assert all(place > right for place in given)
    asked = [p.title for p in proposals if p.source == "operator:observed_clause"]
    assert not any("`return calls" in title for title in asked)


def test_a_condition_may_hold_in_a_few_passing_tests_too(tmp_path: Path, dossier: Any) -> None:
    source = (
        "def days(month, leap):\n    return 28 if month == 2 else 31\n"
        "def is_valid(month, day, leap):\n    return 1 <= day <= days(month, leap)\n"
        "def until(month, leap):\n    return sum(days(m, leap) for m in range(1, month + 1))\n"
    )
    tests = (
        "from job import days, is_valid, until\n\n"
        "def test_a(): assert days(2, True) == 29\ndef test_b(): assert days(2, False) == 28\n"
        "def test_c(): assert is_valid(2, 10, True)\ndef test_d(): assert days(1, True) == 31\n"
        "def test_e(): assert until(2, False) == 59\ndef test_f(): assert days(3, True) == 31\n"
        "def test_g(): assert until(2, True) == 60\n"
    )
    proposals = proposed(tmp_path, source, tests, dossier)
    drafted = [p for p in proposals if p.source == "operator:observed_branch"]
    right = [p for p in drafted if "`return 29`" in p.title and "leap" in p.title]
    assert mends(tmp_path, tests, right[:8])


def test_without_states_none_is_drafted(tmp_path: Path, dossier: Any) -> None:
    seen = observed(tmp_path, LOST_BRANCH, BRANCH_TESTS, dossier)
    blank = seen.trace.model_copy(update={"states": type(seen.trace.states)()})
    proposals = ProgramAnalysis().propose(
        dossier(seen.root, metric=SUITE, trace=blank, samples=seen.samples), (), (), 500
    )
    assert not [p for p in proposals.proposals if "observed" in p.source]


def test_an_edit_that_changes_nothing_where_tests_fail_comes_late(
    tmp_path: Path, dossier: Any
) -> None:
    source = "def grade(points):\n    if points >= 50:\n        return 'pass'\n    return 'fail'\n"
    tests = (
        "from job import grade\n\ndef test_edge(): assert grade(50) == 'fail'\n"
        "def test_low(): assert grade(10) == 'fail'\ndef test_high(): assert grade(90) == 'pass'\n"
    )
    context, foresight = foreseen(tmp_path, source, tests, dossier)
    factors = {
        draft.title: foresight.factor(draft)
        for operator in (mutate_comparison, add_clause)
        for draft in operator.OPERATOR.drafts(context)
    }
    (right,) = [t for t in factors if "`>` for `>=`" in t]
    (idle,) = [t for t in factors if "`<=`" in t or "`==` for" in t][:1]
    assert factors[right] == 1.0
    assert factors[right] > factors[idle]


def test_edits_that_turn_or_raise_where_tests_pass_count_for_less(
    tmp_path: Path, dossier: Any
) -> None:
    source = "def first(rows, n):\n    if n > 0:\n        return rows[n - 1]\n    return None\n"
    tests = (
        "from job import first\n\ndef test_a(): assert first([1, 2], 1) == 1\n"
        "def test_b(): assert first([1, 2], 2) == 2\ndef test_c(): assert first([3], 0) == 3\n"
        "def test_d(): assert first([5], 1) == 6\n"
    )
    context, foresight = foreseen(tmp_path, source, tests, dossier)
    shown = {
        draft.title: foresight.answer(draft)
        for operator in (mutate_comparison, off_by_one)
        for draft in operator.OPERATOR.drafts(context)
    }
    turned = [a for t, a in shown.items() if a and a.asked and a.turned == 1.0]
    raised = [a for a in shown.values() if a and not a.asked and 0 < a.raised < 1]
    spared = [a for a in shown.values() if a and a.asked and not a.turned and a.changed]
    assert turned
    assert raised
    assert spared


def test_both_sides_agree_on_how_many_states_may_be_all() -> None:
    assert states.PER_FAILING == traced_states.PER_FAILING

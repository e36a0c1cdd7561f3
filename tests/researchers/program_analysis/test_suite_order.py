"""On test suites: likely edits at suspicious lines come early, and families share their hope."""

from __future__ import annotations

import ast
import dataclasses
from pathlib import Path
from typing import Any

import pytest

from researchers.program_analysis import ProgramAnalysis, sites
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft
from researchers.program_analysis.program import Program
from researchers.program_analysis.shares import FAMILIES, Blind, hopes
from researchers.program_analysis.templates import TEMPLATES
from researchers.program_analysis.usage import ungrown
from tasks.records.dossier import MetricCard, Sample
from tasks.records.evidence import FlowTrace, Location

SEARCH = (
    "def search(items, wanted):\n    low, high = 0, len(items) - 1\n    while low <= high:\n"
    "        middle = (low + high) // 2\n        if items[middle] == wanted:\n"
    "            return middle\n        if items[middle] < wanted:\n            low = middle + 1\n"
    "        else:\n            high = middle - 1\n    return -1\n\n\n"
    "def total(items):\n    found = 0\n    for item in items:\n        found = found + item\n"
    "    return found\n"
)
SUITE = MetricCard(name="tests", kind="pytest", direction="maximize", unit="", notes="")
EARLY = 40


def traced(ran: dict[str, list[int]], failing: set[int]) -> dict[str, Any]:
    """The evidence of a suite of six tests, by the tests that ran a function's every line."""
    spans = {"search": range(2, 12), "total": range(15, 19)}
    items = tuple(str(n) for n in range(6))
    sets = tuple(sorted({tuple(tests) for tests in ran.values()}))
    scores = {item: float(int(item) not in failing) for item in items}
    trace = FlowTrace(
        flows=(),
        coverage={f"job.py:{name}": tuple(map(str, tests)) for name, tests in ran.items()},
        item_ids=items, sets=sets, scores=scores,
        statements={
            f"job.py:{line}": sets.index(tuple(tests))
            for name, tests in ran.items() for line in spans[name]
        },
    )  # fmt: skip
    samples = tuple(
        Sample(item=i, group="g", question="", gold="", prediction="", score=s)
        for i, s in scores.items()
    )
    return {"metric": SUITE, "trace": trace, "samples": samples}


def order(bench: Any, broken: str, evidence: dict[str, Any]) -> list[Any]:
    return list(bench({"job.py": broken}).draft(300, **evidence).proposals)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("low <= high", "low < high"), ("items[middle] < wanted", "items[middle] > wanted"),
     ("middle + 1", "middle + 2")],
)  # fmt: skip
def test_edits_of_one_token_come_early(bench: Any, right: str, wrong: str) -> None:
    broken = SEARCH.replace(right, wrong)
    assert broken != SEARCH
    evidence = traced({"search": [0, 1, 2, 3], "total": [4, 5]}, {0, 1})
    wanted = ast.dump(ast.parse(SEARCH))
    made = [ast.dump(ast.parse(p.edits[0].content)) for p in order(bench, broken, evidence)]
    assert made.index(wanted) < EARLY


def test_what_the_failing_tests_ran_comes_first(bench: Any) -> None:
    for name, other, failing in (("search", "total", {0, 1}), ("total", "search", {4, 5})):
        evidence = traced({"search": [0, 1, 2, 3], "total": [4, 5]}, failing)
        first = [p.title for p in order(bench, SEARCH, evidence)[:20]]
        assert sum(f"in {name} (" in t for t in first) > sum(f"in {other} (" in t for t in first)


@pytest.mark.parametrize(("enough", "seen"), [(0, ["search"]), (10_000, ["search", "total"])])
def test_what_no_failing_test_ran_is_looked_at_only_where_little_else_is(
    bench: Any, monkeypatch: pytest.MonkeyPatch, enough: int, seen: list[str]
) -> None:
    monkeypatch.setattr(sites, "ENOUGH", enough)
    evidence = traced({"search": [0, 1, 2, 3], "total": [4, 5]}, {0, 1})
    context = Context(Program(bench({"job.py": SEARCH}).dossier(**evidence)))
    assert [function.name for _, function in sites.focused(context)] == seen


def test_later_rounds_go_on_where_the_last_one_ended(tmp_path: Path, dossier: Any) -> None:
    (tmp_path / "job.py").write_text(SEARCH, encoding="utf-8")
    evidence = traced({"search": [0, 1, 2, 3], "total": [4, 5]}, {0, 1})
    mind, first = ProgramAnalysis(), dossier(tmp_path, **evidence)
    findings = mind.diagnose(first)
    whole = mind.propose(first, findings, (), 60).proposals
    tried = frozenset(p.edit_digest for p in whole[:20])
    later = dataclasses.replace(first, tried=tried)
    rest = mind.propose(later, findings, (), 40).proposals
    assert [p.id for p in rest] == [p.id for p in whole[20:]]


def blind(template: str, line: int = 1, strength: float = 0.5, place: float = 1.0) -> Blind:
    at = Location(path="a.py", line=line, end_line=line, function="f")
    return Blind(Draft("", "", at, {}, strength), template, 0.1, place)


def test_a_family_shares_its_hope_among_its_edits_of_a_function() -> None:
    few, many = blind("mutate_comparison"), blind("wrap_call")
    alone, crowd = hopes([few, many]), hopes([few, *[many] * 50])
    assert alone[0] == crowd[0]
    assert crowd[1] < alone[1] / 20
    assert hopes([few, blind("mutate_comparison", place=0.1)])[1] == pytest.approx(
        hopes([few, few])[1] / 10
    )
    assert hopes([blind("mutate_comparison", strength=0.0)]) == [0.0]


def test_every_template_belongs_to_one_family() -> None:
    named = [name for _, names in FAMILIES for name in names]
    assert sorted(named) == sorted(t.name for t in TEMPLATES)


def test_names_that_keep_their_first_value_are_known(tmp_path: Path, dossier: Any) -> None:
    source = (
        "def split(rows, extra):\n    out, n = [], 0\n    seen = set()\n    total = 0\n"
        "    for row in rows:\n        seen.add(row)\n        size = len(row)\n"
        "    return out, total, seen\n"
    )
    (tmp_path / "a.py").write_text(source, encoding="utf-8")
    (function,) = [f for _, f in Context(Program(dossier(tmp_path))).functions()]
    assert [(name, kind) for _, name, kind in ungrown(function)] == [("total", "number")]

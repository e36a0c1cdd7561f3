"""Branches, loops, results and kinds that serve one slice and starve another."""

from __future__ import annotations

from typing import Any

import pytest

from tasks.records.change import Finding
from tasks.records.dossier import Sample
from tasks.records.evidence import DropCount, FlowTrace, Location, LoopCount
from tests.researchers.program_analysis.conftest import traced

SOURCE = """\
SHOP = {"fig": [1, 2], "nut": [3]}


def rows(name):
    return SHOP.get(name, [])


def total(name, year):
    found = 0
    for row in rows(name):
        found += row
    if year > 2000:
        return None
    return found


def answer(question):
    _, name, year = question.split()
    return total(name, int(year))


for n in range(24):
    answer(f"{n} {'fig' if n % 2 else 'yam'} {2010 if n % 3 == 0 else 1990}")
"""
TEXTS = {f"i{n}": f"{n} {'fig' if n % 2 else 'yam'} {2010 if n % 3 == 0 else 1990}"
         for n in range(24)}  # fmt: skip


def kinds_of(bench: Any, losers: str) -> tuple[Any, dict[str, Finding], dict[str, Any]]:
    """The findings where all items lose whose text holds `losers`."""
    target = bench({"main.py": SOURCE})
    scores = {i: float(losers not in t) for i, t in TEXTS.items()}
    samples = tuple(
        Sample(
            item=i, group="g", question=t, gold="", prediction="", score=scores[i],
            slices={"fruit": t.split()[1], "age": "new" if "2010" in t else "old"},
        )
        for i, t in TEXTS.items()
    )  # fmt: skip
    fields = {"trace": traced(target.root, TEXTS, scores), "samples": samples}
    found = {f.kind: f for f in reversed(target.diagnose(**fields))}
    return target, {k: f for k, f in found.items() if k.startswith("starved")}, fields


def test_a_branch_that_leaves_for_one_slice_is_relaxed(bench: Any) -> None:
    target, found, fields = kinds_of(bench, " 2010")
    finding = found["starved_slice"]
    assert "`year > 2000` in total (main.py) leaves in 8 of 8 items" in finding.evidence
    assert "in 0 of 16 others" in finding.evidence
    assert finding.location.line == 12
    assert "is None in 8 of 8 items with age 'new'" in found["starved_result"].evidence
    mended = [
        p for p in target.draft(mutations=False, **fields).proposals
        if finding.id in p.findings and target.load(p, "main.py").total("fig", 2010) == 3
    ]  # fmt: skip
    assert mended


def test_a_loop_that_finds_nothing_for_one_slice(bench: Any) -> None:
    _, found, _ = kinds_of(bench, "yam")
    told = found["starved_loop"].evidence
    assert "`rows(name)` in total (main.py) finds records in 0 of 12 items" in told
    assert "in 12 of 12 others" in told
    assert "starved_slice" not in found


@pytest.mark.parametrize(("of_kind", "strong"), [(12, True), (5, False)])
def test_a_condition_that_drops_one_kind(of_kind: int, strong: bool, bench: Any) -> None:
    source = "def kept(rows):\n    out = []\n    for row in rows:\n        if row.note is None:\n"
    source += "            continue\n        out.append(row)\n    return out\n"
    drop = DropCount(
        location=Location(path="job.py", line=5, end_line=5, function="kept"), statement="",
        dropped=12, seen=40, kinds={"Row{photo}": of_kind, "Row{text}": 12 - of_kind},
    )  # fmt: skip
    loop = LoopCount(
        location=Location(path="job.py", line=3, end_line=6, function="kept"),
        entered=1, records=40, kinds={"Row{photo}": 14, "Row{text}": 26},
    )  # fmt: skip
    trace = FlowTrace(flows=(), drops=(drop,), loops=(loop,))
    found = [f for f in bench({"job.py": source}).diagnose(trace=trace)
             if f.kind == "starved_kind"]  # fmt: skip
    assert [f.location.line for f in found] == ([4] if strong else [])
    assert not strong or "12 of 12 records" in found[0].evidence

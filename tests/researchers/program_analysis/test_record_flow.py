"""Counts of a traced run strengthen or weaken what the detectors read in the code."""

from __future__ import annotations

from typing import Any

from tasks.records.change import Finding
from tasks.records.evidence import DropCount, FlowTrace, Location, LoopCount

SOURCE = """\
def shorten(text: str) -> str:
    return text[:20]


def by_key(rows):
    found = {}
    for row in rows:
        found[row.place] = row
    return found


def best(rows):
    top = sorted(rows)[:5]
    return [row for row in top if row.open]


def notes(rows):
    kept = []
    for row in rows:
        if row.caption is None:
            continue
        kept.append(row)
    return kept
"""


def drop(line: int, how: str, dropped: int, seen: int, **kinds: int) -> DropCount:
    place = Location(path="a.py", line=line, end_line=line, function="f")
    return DropCount(location=place, statement="", how=how, dropped=dropped, seen=seen, kinds=kinds)


def findings(bench: Any, *drops: DropCount, **trace: Any) -> dict[str, Finding]:
    found = bench({"a.py": SOURCE}).diagnose(trace=FlowTrace(flows=(), drops=drops, **trace))
    return {f.kind: f for f in reversed(found)}


def test_losses_strengthen_and_their_absence_weakens(bench: Any) -> None:
    plain = findings(bench)
    lossy = findings(
        bench, drop(2, "text", 300, 400), drop(13, "slice", 30, 40), drop(8, "overwrite", 3, 9)
    )
    spared = findings(bench, drop(2, "text", 0, 400), drop(13, "slice", 0, 4))
    for kind, told in (
        ("truncated_text", "300 characters of 400"),
        ("filter_after_cut", "30 records cut off of 40"),
    ):  # fmt: skip
        assert spared[kind].strength < plain[kind].strength < lossy[kind].strength <= 0.9
        assert told in lossy[kind].evidence
    assert "map_collapse" not in plain
    assert "3 of 9 in the traced run" in lossy["map_collapse"].evidence


def test_guards_name_the_kind_that_alone_is_dropped(bench: Any) -> None:
    loop = LoopCount(
        location=Location(path="a.py", line=19, end_line=22, function="notes"),
        entered=1, records=10, kinds={"Row{caption}": 6, "Row{caption=None}": 4},
    )  # fmt: skip
    lost = drop(21, "continue", 4, 10, **{"Row{caption=None}": 4})
    left = drop(21, "break", 4, 4)
    found = [
        f.evidence
        for f in bench({"a.py": SOURCE}).diagnose(
            trace=FlowTrace(flows=(), drops=(lost, left), loops=(loop,))
        )
        if f.kind == "guard" and "caption" in f.evidence
    ]
    assert len(found) == 1
    assert found[0].endswith("dropped 4 of 10 records, all of kind Row{caption=None}")

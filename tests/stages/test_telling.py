"""Telling items: those of the slices that a finding names, or that ran its place."""

from __future__ import annotations

from stages.telling import likely_to_run, of_slices, ran_at
from tasks.records.evidence import FlowTrace, Location

SLICES = {
    **{f"p{n}": {"kind": "picture"} for n in range(4)},
    **{f"t{n}": {"kind": "text"} for n in range(8)},
    "d0": {"kind": "date"},
}


def test_named_slices_are_taken_as_named() -> None:
    assert of_slices(SLICES, ["kind=picture", "kind=sound"]) == {"p0", "p1", "p2", "p3"}


def test_a_slice_is_told_where_half_of_its_traced_items_ran_the_place() -> None:
    traced = ["p0", "p1", "t0", "t1", "t2"]
    assert likely_to_run(frozenset({"p0", "t0"}), traced, SLICES) == {"p0", "p1", "p2", "p3"}
    assert "d0" not in likely_to_run(frozenset(traced), traced, SLICES)


def test_a_place_is_its_statement_where_that_was_traced() -> None:
    trace = FlowTrace(
        flows=(), item_ids=("a", "b", "c"), sets=((0, 2),), statements={"x.py:3": 0},
        coverage={"x.py:f": ("a", "b", "c")},
    )  # fmt: skip
    assert ran_at(trace, Location(path="x.py", line=3, function="f")) == {"a", "c"}
    assert ran_at(trace, Location(path="x.py", line=9, function="f")) == {"a", "b", "c"}
    assert ran_at(trace, Location(path="y.py", line=3)) == frozenset()

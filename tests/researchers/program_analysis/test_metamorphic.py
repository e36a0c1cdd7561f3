"""A violated relation becomes a finding at the place that decides it."""

from __future__ import annotations

from typing import Any

from tasks.records.evidence import FlowTrace, ProbeExample, ProbeResult

SHOP = {
    "shop.py": "from datetime import date\n"
    "OPENED = date(2020, 2, 3)\n"
    "def terms(text: str) -> list[str]:\n    return text.split()\n"
    "def due(order):\n    return order.day or OPENED\n"
    "def pick(order):\n    return order.items\n",
}


def violated(relation: str, **more: Any) -> ProbeResult:
    example = ProbeExample(item="a", expected="two pears", found="none")
    fields = {"what": "it rains", "items": 4, "violations": ("a",), "examples": (example,)}
    return ProbeResult(relation=relation, **(fields | more))


def test_a_suspect_is_raised_and_told(bench: Any) -> None:
    plain = next(f for f in bench(SHOP).diagnose() if f.kind == "plain_tokenizer")
    found = bench(SHOP).diagnose(probes=(violated("case"),))
    raised = max((f for f in found if f.kind == "plain_tokenizer"), key=lambda f: f.strength)
    assert raised.strength > plain.strength
    assert raised.location == plain.location
    assert "1 of 4 predictions change when it rains" in raised.evidence
    assert "two pears" in raised.evidence


def test_a_date_in_the_code_is_where_time_stands_still(bench: Any) -> None:
    found = bench(SHOP).diagnose(probes=(violated("time shift"),))
    (finding,) = [f for f in found if f.kind == "sentinel_date" and f.location.function == "due"]
    assert "OPENED" in finding.evidence
    seen = ProbeExample(item="a", expected="1 March 2024", found="3 February 2020")
    found = bench(SHOP).diagnose(probes=(violated("time shift", examples=(seen,)),))
    (surer,) = [f for f in found if f.kind == "sentinel_date" and f.location.function == "due"]
    assert surer.strength > finding.strength


def test_places_that_did_not_run_are_left_out(bench: Any) -> None:
    trace = FlowTrace(flows=(), coverage={"shop.py:pick": ("a",), "shop.py:due": ("b",)})
    found = bench(SHOP).diagnose(probes=(violated("case"),), trace=trace)
    told = [f for f in found if "relation" in f.detail]
    assert [(f.kind, f.location.function) for f in told] == [("metamorphic", "pick")]


def test_a_relation_that_holds_says_nothing(bench: Any) -> None:
    found = bench(SHOP).diagnose(probes=(violated("case", violations=()),))
    assert not [f for f in found if "relation" in f.detail]

"""What separates bad items from good is treated: traced, mended, and run before and after."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from tasks.records.change import Proposal
from tasks.records.evidence import FlowTrace
from tests.researchers.program_analysis.conftest import traced

Check = Callable[[ModuleType], Any]

CASES: dict[str, tuple[str, str, str, Check, Any]] = {
    "no unit means metres": (
        "treat_value",
        "UNIT = 'm'\ndef show(length, unit):\n    return f'{length} {unit}'\n",
        "show(len(q), None if bad else 'm')",
        lambda m: m.show(3, None), "3 m",
    ),
    "a count that came as text": (
        "treat_value",
        "def double(count):\n    return count * 2\n",
        "double('4' if bad else 4)",
        lambda m: m.double("4"), 8,
    ),
    "a discount of nothing is one": (
        "treat_value",
        "def price(net, discount=None):\n    if not discount:\n        discount = 5\n"
        "    return net - discount\n",
        "price(9, 0 if bad else 2)",
        lambda m: m.price(9, 0), 9,
    ),
    "nothing to average": (
        "treat_value",
        "def mean(rows):\n    if len(rows) == 1:\n        return 0\n"
        "    return sum(rows) / max(1, len(rows)) + len(rows[:1]) + (not rows)\n",
        "mean([] if bad else [1, 2])",
        lambda m: m.mean([]), 0,
    ),
    "who is not listed": (
        "treat_result",
        "SHELF = {'fig': 'A'}\ndef shelf(name):\n    return SHELF.get(name)\n",
        "shelf('yam' if bad else 'fig')",
        lambda m: m.shelf("yam"), "",
    ),
    "long names are no names": (
        "treat_result",
        "def initials(name):\n    if len(name) > 4:\n        return ''\n"
        "    return name[:1]\n",
        "initials('barbara' if bad else 'ann')",
        lambda m: m.initials("barbara"), "b",
    ),
    "debts below nothing": (
        "treat_result",
        "def gap(a, b):\n    return a - b\n",
        "gap(1, 4 if bad else 0)",
        lambda m: m.gap(1, 4), 3,
    ),
}  # fmt: skip
MAIN = """
def answer(q):
    bad = q.endswith("x")
    {call}
for n in range(24):
    answer(f"question {{n}} " + ("x" if n % 4 == 0 else "y"))
"""


@pytest.mark.parametrize("case", CASES)
def test_a_separating_value_is_treated(case: str, bench: Any) -> None:
    operator, source, call, check, wanted = CASES[case]
    target = bench({"main.py": source + MAIN.format(call=call)})
    texts = {f"i{n}": f"question {n} " + ("x" if n % 4 == 0 else "y") for n in range(24)}
    trace = traced(target.root, texts, {i: float(not t.endswith("x")) for i, t in texts.items()})
    proposals = _of(target, operator, trace)
    assert check(target.load(None, "main.py")) != wanted
    assert wanted in [_outcome(check, target, proposal) for proposal in proposals[:12]]


def _of(target: Any, operator: str, trace: FlowTrace) -> list[Proposal]:
    proposals = target.draft(mutations=False, trace=trace).proposals
    return [p for p in proposals if p.source == f"operator:{operator}"]


def _outcome(check: Check, target: Any, proposal: Any) -> Any:
    try:
        return check(target.load(proposal, "main.py"))
    except (IndexError, NameError, TypeError, ValueError) as error:
        return repr(error)


def test_a_value_of_good_items_is_left_alone(bench: Any) -> None:
    source = "def show(length, unit):\n    return f'{length} {unit}'\n"
    target = bench({"main.py": source + MAIN.format(call="show(3, 'm' if bad else None)")})
    texts = {f"i{n}": f"question {n} " + ("x" if n % 4 == 0 else "y") for n in range(24)}
    trace = traced(target.root, texts, {i: float(not t.endswith("x")) for i, t in texts.items()})
    titles = [p.title for p in _of(target, "treat_value", trace)]
    assert not [title for title in titles if "unit is None" in title]

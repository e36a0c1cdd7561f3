"""Exceptions that tests and docstrings ask for are raised: each program is run before and after."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from tasks.records.evidence import FlowTrace

Check = Callable[[ModuleType], Any]
HEAD = "import pytest\nimport shop\nfrom shop import *\n\n\n"

CASES: dict[str, tuple[str, str, Check]] = {
    "a side below zero": (
        "def area(side):\n    return side * side\n",
        "def test_negative_side():\n    with pytest.raises(ValueError):\n        area(-1)\n",
        lambda m: m.area(-1),
    ),
    "a type that nobody expects": (
        "def age(n):\n    if n < 0:\n        raise TypeError('age below zero')\n    return n\n",
        "def test_age():\n    with pytest.raises(ValueError, match='below zero'):\n"
        "        age(-3)\n",
        lambda m: m.age(-3),
    ),
    "nothing where it should refuse": (
        "def rate(zone):\n    if zone not in ('a', 'b'):\n        return None\n    return 3\n",
        "import unittest\nclass T(unittest.TestCase):\n    def test_zone(self):\n"
        "        self.assertRaises(ValueError, rate, 'x')\n",
        lambda m: m.rate("x"),
    ),
    "a handler that hides it": (
        "def count(text):\n    try:\n        return int(text)\n    except ValueError:\n"
        "        return 0\n",
        "def test_count():\n    with pytest.raises(ValueError):\n        count('many')\n",
        lambda m: m.count("many"),
    ),
    "an empty drawer": (
        "class EmptyError(ValueError):\n    pass\nclass Drawer:\n    def __init__(self):\n"
        "        self.papers = []\n    def topmost(self):\n        return self.papers[-1]\n",
        "def test_empty():\n    with pytest.raises(EmptyError):\n        Drawer().topmost()\n",
        lambda m: m.Drawer().topmost(),
    ),
    "ends in the wrong order": (
        "def span(first, last):\n    return last - first\n",
        "def test_span():\n    with pytest.raises(ValueError):\n        span(5, 2)\n",
        lambda m: m.span(5, 2),
    ),
    "as its docstring says": (
        "def share(part, whole):\n    '''A share.\n\n    Raises:\n"
        "        ValueError: if whole is negative.\n    '''\n    return part / whole\n",
        "", lambda m: m.share(1, -1),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_expected_is_raised(case: str, bench: Any) -> None:
    source, test, check = CASES[case]
    target = bench({"shop.py": source, "tests/test_shop.py": HEAD + test})
    proposals = [
        p for p in target.draft(mutations=False).proposals if p.source == "operator:raise_expected"
    ]
    assert _raised(check, target, None) not in {"ValueError", "EmptyError"}
    assert {"ValueError", "EmptyError"} & {_raised(check, target, p) for p in proposals[:8]}


def _raised(check: Check, target: Any, proposal: Any) -> str:
    try:
        check(target.load(proposal, "shop.py"))
    except (LookupError, TypeError, ValueError) as error:
        return type(error).__name__
    return ""


def test_a_message_is_worded_as_the_test_asks(bench: Any) -> None:
    source = "def age(n):\n    if n < 0:\n        raise ValueError('too low')\n    return n\n"
    test = "def test_age():\n    with pytest.raises(ValueError, match='below zero'):\n"
    target = bench({"shop.py": source, "tests/test_shop.py": HEAD + test + "        age(-1)\n"})
    (proposal,) = [
        p for p in target.draft(mutations=False).proposals if p.source == "operator:raise_expected"
    ]
    with pytest.raises(ValueError, match=r"^below zero$"):
        target.load(proposal, "shop.py").age(-1)


@pytest.mark.parametrize(
    ("source", "scores", "found"),
    [
        ("def age(n):\n    return n\n", {"tests/test_shop.py::test_age": 0.0}, True),
        ("def age(n):\n    return n\n", {"tests/test_shop.py::test_age": 1.0}, False),
        ("def age(n):\n    check(n)\ndef check(n):\n    raise ValueError(n)\n", {}, False),
    ],
)
def test_what_is_met_is_no_finding(
    source: str, scores: dict[str, float], found: bool, bench: Any
) -> None:
    test = "def test_age():\n    with pytest.raises(ValueError):\n        age(-1)\n"
    target = bench({"shop.py": source, "tests/test_shop.py": HEAD + test})
    kinds = {f.kind for f in target.diagnose(trace=FlowTrace(flows=(), scores=scores))}
    assert ("unraised_error" in kinds) == found


def test_settings_are_ingredients_of_literals(bench: Any) -> None:
    source = "def door(shop):\n    return shop['lock_colour']\n"
    target = bench({"shop.py": source, "shop.yaml": "lock_color: red\n"})
    texts = [e.content for p in target.of("operator:other_literal") for e in p.edits]
    assert any('shop["lock_color"]' in text for text in texts)

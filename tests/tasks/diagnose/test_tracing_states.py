"""States: the variables before a statement are kept as they were then, in suites that fail."""

from __future__ import annotations

import ast
import json

import pytest

from tasks.diagnose.tracing import FAILS
from tasks.diagnose.tracing.guest.whetstone_tracer import encoding, states
from tasks.diagnose.tracing.guest.whetstone_tracer.encoding import Encoder

PACKAGE = """\
def longest(words, least=0):
    best = None
    for word in words:
        if best is None or len(word) > len(best):
            best = word
    while least > 0:
        least -= 1
    return best
"""
TESTS = """\
from words import longest


def test_passes():
    assert longest(["a", "bb"]) == "bb"


def test_fails():
    assert longest(["c", "d"], least=2) == "d"


def test_unasked():
    assert longest([]) is None
"""
ITEMS = {"test_words::test_passes": "", "test_words::test_fails": FAILS}


def seen(target, items=ITEMS, **files):
    suite = target({"words.py": PACKAGE, "test_words.py": TESTS} | files)
    suite.traced("-m", "pytest", "-q", items=items, by="tests")
    trace = suite.trace
    table = trace.states
    return {
        place: [
            (
                *trace.named(row[0]),
                {
                    table.names[name]: json.loads(table.values[value])
                    for name, value in zip(row[1::2], row[2::2], strict=True)
                },
            )
            for row in rows
        ]
        for place, rows in table.rows.items()
    }


def test_a_state_holds_what_the_variables_were_then(target):
    found = seen(target)
    assert found["words.py:2"] == [
        ("test_words::test_fails", {"words": {"l": ["c", "d"]}, "least": 2}),
        ("test_words::test_passes", {"words": {"l": ["a", "bb"]}, "least": 0}),
    ]
    inner = [(i, v["word"], v["best"]) for i, v in found["words.py:4"] if "fails" in i]
    assert inner == [("test_words::test_fails", "c", None), ("test_words::test_fails", "d", "c")]
    assert not any(place.startswith("test_words.py") for place in found)


def test_a_while_is_seen_each_time_its_condition_is_asked(target):
    rounds = [v["least"] for item, v in seen(target)["words.py:6"] if "fails" in item]
    assert rounds == [2, 1, 0]


def test_a_suite_without_failing_tests_keeps_none(target):
    assert not seen(target, dict.fromkeys(ITEMS, ""))


def test_only_what_failing_tests_ran_through_is_told(target):
    further = {
        "words.py": PACKAGE + "\n\ndef other(x):\n    return x\n",
        "test_words.py": TESTS.replace("import longest", "import longest, other")
        + "\n\ndef test_other():\n    assert other(1)\n",
    }
    found = seen(target, {**ITEMS, "test_words::test_other": ""}, **further)
    assert "words.py:8" in found
    assert "words.py:12" not in found


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, None),
        (True, True),
        (2.5, 2.5),
        ((1, "a"), {"t": [1, "a"]}),
        ({2, 1}, {"s": [1, 2]}),
        ({"a": [1]}, {"d": [["a", {"l": [1]}]]}),
        (b"\xff", {"b": "\xff"}),
        ("x" * 1000, {"?": ["str", "object"], "n": 1000}),
        (float("nan"), {"?": ["float", "object"], "n": None}),
        (10**40, {"?": ["int", "object"], "n": None}),
        (int, {"?": ["type", "object"], "n": None}),
    ],
)
def test_values_are_written_as_what_they_are(value, told):
    assert json.loads(Encoder().text(value)) == told


class Strange:
    """Would tell if anything of it were called."""

    def __init__(self):
        self.label = "here"

    def __getattribute__(self, name):
        raise AssertionError(name)

    def __eq__(self, other):
        raise AssertionError("compared")

    def __len__(self):
        raise AssertionError("measured")

    __hash__ = None  # type: ignore[assignment]


def test_nothing_of_the_target_is_called():
    ((classes, number, fields),) = json.loads(Encoder().text(Strange())).values()
    assert (classes, number, fields) == (["Strange", "object"], 0, [["label", "here"]])


def test_values_are_bounded_whatever_they_hold():
    deep: list[object] = []
    for _ in range(100):
        deep = [deep, deep]
    wide = {number: list(range(30)) for number in range(30)}
    for value in (deep, wide):
        assert len(Encoder().text(value)) < 40 * encoding.NODES


def test_states_stop_at_their_bounds(monkeypatch):
    monkeypatch.setattr(states, "PER_FAILING", 3)
    kept = states.States({"a": FAILS})
    kept.switch("a")
    assert kept.left == []
    (index,) = [kept.add("m.py", s) for s in ast.parse("x = 1").body]
    kept.switch("a")
    for number in range(10):
        if kept.left[index]:
            kept.look(index, {"n": number})
    sets = states.Sets()
    assert len(kept.document(sets)["states"]["m.py"]) == 3

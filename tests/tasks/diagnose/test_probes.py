"""Probes on contexts of several schemas: what they change, what they expect, when they decline."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from memory_systems.benchmark import Item
from tasks.diagnose.probes import PROBES, Case, Given, compared, contained, larger, limit_knob
from tasks.diagnose.probes.dates import is_exact, mover
from tasks.hyperparameters import Choice, FloatRange, IntegerRange

BY_NAME = {probe.relation: probe for probe in PROBES}
SHIPPING: dict[str, Any] = {
    "port": "Oslo",
    "arrivals": [
        {"ship": "Marit", "on": "2021-03-04", "note": "Marit brought salt", "no": "A1"},
        {"ship": "Ragna", "on": "2021-12-31", "note": "Ragna brought tar", "no": "A2"},
        {"ship": "Marit", "on": "2022-01-08", "note": "the Marit was late", "no": "A3"},
    ],
}
QUESTIONS = {"q1": "When did Marit bring salt?", "q2": "What came after 31 December 2021?"}


def given(context: Any = None, questions: Mapping[str, str] = QUESTIONS) -> Given:
    items = [Item(k, "g", {"question": q}, {"answer": ""}) for k, q in questions.items()]
    return Given(context or SHIPPING, items, dict.fromkeys(questions, ""))


def case_of(relation: str, what: Given | None = None) -> Case:
    case = BY_NAME[relation].case(what or given())
    assert isinstance(case, Case), case
    return case


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("2021-03-04", "2022-03-03"),
        ("on 8 May, 2023", "on 6 May, 2024"),
        ("May 7th, 2023", "May 5th, 2024"),
        ("the week before 1 Jan 2020", "the week before 30 Dec 2020"),
        ("March 1, 2023 and then 3 March", "February 28, 2024 and then 1 March"),
        ("31 February 2023", "31 February 2023"),
        ("in May 2023, since 2019", "in May 2024, since 2020"),
        ("room 2021x, 12 monkeys", "room 2021x, 12 monkeys"),
    ],
)
def test_dates_move_by_weeks_and_keep_their_form(text: str, moved: str) -> None:
    assert mover(364)(text) == moved
    assert mover(0)(text) == text


def test_years_alone_are_not_exact() -> None:
    assert is_exact("4 May 2023")
    assert not is_exact("May 2023")


def test_time_shift_moves_context_question_and_answer() -> None:
    case = case_of("time shift")
    assert [row["on"] for row in case.context["arrivals"]][:2] == ["2022-03-03", "2022-12-30"]
    assert case.questions["q2"]["question"] == "What came after 30 December 2022?"
    assert case.expected("2021-03-04") == "2022-03-03"
    assert case.expected("in 2021") is None


def test_renaming_reaches_every_place() -> None:
    case = case_of("renaming")
    assert "Marit" not in repr((case.context, case.questions))
    assert case.expected("the Marit's hold") == re.sub("Marit", _new(case), "the Marit's hold")
    assert case.context["port"] == "Oslo"


def _new(case: Case) -> str:
    return str(case.context["arrivals"][0]["ship"])


def test_order_turns_the_questions_around() -> None:
    case = case_of("item order")
    assert sorted(QUESTIONS) == sorted(case.names)
    assert case.names["q1"] > case.names["q2"]


def test_noise_and_duplicates_add_records() -> None:
    added = case_of("noise").context["arrivals"]
    assert len(added) == 4
    assert added[-1]["no"] == "A4"
    assert "late" not in added[-1]["note"]
    doubled = case_of("duplicate records").context["arrivals"]
    assert len(doubled) == 4
    assert SHIPPING["arrivals"] == [r for n, r in enumerate(doubled) if r not in doubled[:n]]


@pytest.mark.parametrize(
    ("relation", "context", "questions", "reason"),
    [
        ("time shift", {"a": "no dates"}, {"q": "Who?"}, "no whole date"),
        ("renaming", {"a": "the dog"}, {"q": "Who?"}, "no proper name"),
        ("noise", {"a": "text"}, {"q": "Who?"}, "no list"),
        ("duplicate records", {"a": ["x"]}, {"q": "Who?"}, "no list"),
        ("item order", {"a": "x"}, {"q": "Who?"}, "one question"),
        ("case", {"a": "x"}, {"q": "go"}, "no question changes"),
    ],
)
def test_a_probe_that_does_not_apply_says_why(
    relation: str, context: Any, questions: Mapping[str, str], reason: str
) -> None:
    told = BY_NAME[relation].case(given(context, questions))
    assert isinstance(told, str)
    assert reason in told


def sentence_of(context: Any, question: str) -> str:
    """The note that shares most words with the question; by case, unless told otherwise."""
    notes = [row["note"] for row in context["arrivals"]]
    return max(notes, key=lambda n: len(set(n.split()) & set(question.split())))


def folded(context: Any, question: str) -> str:
    notes = [row["note"] for row in context["arrivals"]]
    return max(notes, key=lambda n: len(set(n.lower().split()) & set(question.lower().split())))


@pytest.mark.parametrize(("system", "broken"), [(sentence_of, 1), (folded, 0)])
def test_case_tells_a_sensitive_system(system: Callable[[Any, str], str], broken: int) -> None:
    questions = {"q": "Was there tar and who was LATE or Ragna ?"}
    what = given(questions=questions)
    before = {"q": system(what.context, questions["q"])}
    case = case_of("case", what)
    after = {"q": system(case.context, str(case.questions["q"]["question"]))}
    result = compared("case", case, before, after)
    assert (result.items, len(result.violations)) == (1, broken)


def test_unsteady_items_are_left_out() -> None:
    result = compared("case", case_of("case"), {"a": "x", "b": "y"}, {"a": "z", "b": "z"}, {"a"})
    assert (result.items, result.violations) == (1, ("b",))
    assert (result.examples[0].expected, result.examples[0].found) == ("y", "z")


def test_a_larger_limit_contains_a_smaller_one() -> None:
    result = contained("k grows", {"a": ("1", "2"), "b": ("3",)}, {"a": ("2", "9"), "b": ("3",)})
    assert (result.items, result.violations) == (2, ("a",))
    assert contained("", {"a": ()}, {"a": ()}).reason


def test_the_limit_is_found_by_its_name() -> None:
    knobs = (
        FloatRange(type="float", file="s.yaml", key="k", low=0, high=1),
        Choice(type="choice", file="s.yaml", key="limit", values=(1, 2)),
        IntegerRange(type="int", file="s.yaml", key="reader.hits", low=1, high=9),
        IntegerRange(type="int", file="s.yaml", key="search.top_k", low=1, high=12),
    )
    knob = limit_knob(knobs)
    assert knob is not None
    assert (knob.key, larger(knob, 4), larger(knob, 8), larger(knob, 12)) == (
        "search.top_k", 8, 12, None,
    )  # fmt: skip
    assert limit_knob(knobs[:2]) is None

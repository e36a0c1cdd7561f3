"""Signs on test suites: where tests raised, names read or left unread, kinds that clash."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed
from researchers.program_analysis.draft import Draft
from researchers.program_analysis.kinds import Kinds
from researchers.program_analysis.library import required
from researchers.program_analysis.operators import bind_name
from researchers.program_analysis.program import Program
from researchers.program_analysis.questions import from_words
from researchers.program_analysis.sense import alike, clashes
from researchers.program_analysis.signs import Signs
from researchers.program_analysis.sites import instead
from tasks.records.dossier import Sample
from tasks.records.evidence import FlowCount, FlowTrace, Location

JOB = (
    "class StaleError(Exception):\n    pass\n\n\n"
    "def price(sum, rate, fee):\n    total = sum * rate\n    return total + sum\n\n\n"
    "def paid(sum):\n    if sum < 0:\n        raise ValueError(sum)\n    return sum\n"
)


def sample(prediction: str) -> Sample:
    return Sample(item="t", group="t", question="", gold="", prediction=prediction, score=0.0)


def program(root: Path, make: Any, job: str = JOB, **evidence: Any) -> Program:
    (root / "job.py").write_text(job, encoding="utf-8")
    return Program(make(root, **evidence))


def swapped(made: Program, old: str, new: str) -> Draft:
    """A draft that writes other code for the first expression that reads so."""
    (module,) = made.modules
    node = next(n for n in module.nodes if isinstance(n, ast.expr) and module.code(n) == old)
    return instead(module, node, "Use", new, "", 1.0)


def test_the_statement_that_raised_and_the_question_above_a_raise_are_likely(
    tmp_path: Path, dossier: Any
) -> None:
    crashed = program(tmp_path, dossier, samples=(sample("failed: TypeError at job.py:6"),))
    signs = Signs(crashed)
    here, there = (signs.factor(swapped(crashed, *e)) for e in (("rate", "1"), ("sum < 0", "True")))
    assert here > 1 > there
    refused = program(tmp_path, dossier, samples=(sample("failed: ValueError at job.py:12"),))
    assert Signs(refused).factor(swapped(refused, "sum < 0", "sum <= 0")) > 1


def drafted(
    root: Path, make: Any, job: str, prediction: str, *swaps: tuple[str, str]
) -> list[float]:
    """The factors of edits of a program whose test ended so."""
    made = program(root, make, job, samples=(sample(prediction),))
    signs = Signs(made)
    return [signs.factor(swapped(made, *swap)) for swap in swaps]


def test_calls_that_go_on_for_ever_point_at_where_they_lead_back(
    tmp_path: Path, dossier: Any
) -> None:
    job = (
        "def clean(text):\n    return text.strip()\n\n\n"
        "def words(text):\n    text = clean(text)\n    x = 1\n    y = 2\n    z = 3\n"
        "    found = x + y + z\n    return words(text) + [found]\n"
    )
    swaps = (("words(text)", "words(text[1:])"), ("x + y", "x - y"), ("text.strip", "text.lower"))
    back, near, there = drafted(
        tmp_path, dossier, job, "failed: RecursionError at job.py:2", *swaps
    )
    assert back > near > 1 > there


def test_a_name_that_nothing_binds_asks_to_be_bound(tmp_path: Path, dossier: Any) -> None:
    job = "def far(a, b):\n    c = a\n    if a > b:\n        best.add(a)\n    return best, c\n"
    seen = (sample("failed: NameError at job.py:5"),)
    made = program(tmp_path, dossier, job, samples=seen)
    binding = next(d for d in bind_name.OPERATOR.drafts(Context(made)) if "best = " in d.title)
    signs = Signs(made)
    assert signs.factor(binding) > 4 * signs.factor(swapped(made, "a > b", "a < b"))


def test_an_assignment_of_a_name_to_itself_asks_for_another_value(
    tmp_path: Path, dossier: Any
) -> None:
    job = "def grown(world, step):\n    world = world\n    other = step\n    return world, other\n"
    still, other = drafted(
        tmp_path, dossier, job, "failed: AssertionError", ("world", "step(world)"),
        ("step", "step(step)"),
    )  # fmt: skip
    assert still > 2 * other


def test_an_edit_of_a_whole_module_has_no_shape(tmp_path: Path, dossier: Any) -> None:
    made = program(tmp_path, dossier, samples=(sample("failed: AssertionError"),))
    (module,) = made.modules
    edit = edits.append(module, "FEE = 3")
    whole = Draft(
        "Add", "", Location(path="job.py", line=1, function=""), changed(module, edit), 1.0
    )
    assert Signs(made).factor(whole) > 0


def test_a_number_that_a_loop_goes_through_twice_is_odd(tmp_path: Path, dossier: Any) -> None:
    job = "def near(x):\n    return [x + d for d in (1, 0, 1)] + [e for e in (2, 0, 4)]\n"
    swaps = (("1", "-1"), ("2", "-2"))
    twice, once = drafted(tmp_path, dossier, job, "failed: AssertionError", *swaps)
    assert twice > 2 * once


def test_a_private_method_that_nothing_calls_is_likely_meant(tmp_path: Path, dossier: Any) -> None:
    job = (
        "class Cup:\n    def full(self):\n        return self\n"
        "    def _filled(self):\n        return 3\n"
        "    def size(self):\n        return self.full()\n"
    )
    swaps = (("self", "self._filled()"), ("self", "self.size()"))
    idle, used = drafted(tmp_path, dossier, job, "failed: AssertionError", *swaps)
    assert idle > used


def test_an_order_by_a_word_is_odd(tmp_path: Path, dossier: Any) -> None:
    job = "def scenes(slots):\n    return [s for s in slots if s <= 'scene' or s <= '9']\n"
    swaps = (("s <= 'scene'", "s == 'scene'"), ("s <= '9'", "s == '9'"))
    word, digit = drafted(tmp_path, dossier, job, "failed: AssertionError", *swaps)
    assert word > 2 * digit


def test_a_test_that_waits_for_an_error_in_vain_asks_for_edits_of_raises(
    tmp_path: Path, dossier: Any
) -> None:
    waiting = program(tmp_path, dossier, samples=(sample("failed: Failed"),))
    signs = Signs(waiting)
    asked = signs.factor(swapped(waiting, "sum < 0", "sum <= 0"))
    assert asked > 1 > signs.factor(swapped(waiting, "total + sum", "total - sum"))


def test_reading_what_nothing_read_is_likelier_than_leaving_a_name_unread(
    tmp_path: Path, dossier: Any
) -> None:
    made = program(tmp_path, dossier)
    signs = Signs(made)
    assert signs.factor(swapped(made, "total + sum", "total + fee")) > 1
    assert signs.factor(swapped(made, "rate", "sum")) < 1
    assert signs.factor(swapped(made, "ValueError(sum)", "StaleError(sum)")) > 1


def test_kinds_of_the_trace_tell_which_edits_cannot_work(tmp_path: Path, dossier: Any) -> None:
    flow = FlowCount(
        location=Location(path="job.py", line=5, function="price"), calls=2,
        inputs={"sum: int": 2, "rate: float": 2, "fee: str": 1, "fee: None": 1},
    )  # fmt: skip
    made = program(tmp_path, dossier, trace=FlowTrace(flows=(flow,)))
    function, kinds = made.functions["job.py:price"], Kinds(made)
    assert kinds.of(function, ast.Name(id="fee")) == "str"
    signs = Signs(made)
    plain, wrong = (signs.factor(swapped(made, "total + sum", f"total {new}")) for new in
                    ("- sum", "- fee.upper()"))  # fmt: skip
    assert plain > wrong
    assert not list(clashes(kinds, function, function.node))


@pytest.mark.parametrize(
    "code",
    ["1 + 'a'", "3[0]", "[1]['a']", "len(3)", "range('a')", "'a' < 1", "2 in 3", "(1).upper()"],
)
def test_code_that_cannot_work_clashes(code: str, tmp_path: Path, dossier: Any) -> None:
    kinds = Context(program(tmp_path, dossier)).kinds
    assert list(clashes(kinds, None, ast.parse(code)))


@pytest.mark.parametrize("code", ["'a' * 2", "'%d' % 1", "[1] + [2]", "'a' in 'ab'", "x + 1"])
def test_code_that_works_does_not(code: str, tmp_path: Path, dossier: Any) -> None:
    kinds = Context(program(tmp_path, dossier)).kinds
    assert not list(clashes(kinds, None, ast.parse(code)))


def test_numbers_stand_for_numbers_and_unknown_kinds_for_all() -> None:
    assert all(alike(*pair) for pair in (("int", "float"), ("", "str"), ("list[int]", "tuple")))
    assert not alike("int", "str")


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("the capacity must be 1 or more", "capacity < 1"),
        ("nothing to choose from", "not rows"),
        ("rows must be at least two", "rows < 2"),
        ("the size is negative", "size < 0"),
    ],
)
def test_messages_say_what_they_refuse(text: str, test: str) -> None:
    assert test in [code for code, _ in from_words(text, ["rows", "capacity", "size"])]


@pytest.mark.parametrize(
    ("call", "count"),
    [("heapq.heappush", 2), ("cast", 2), ("len", 1), ("max", 0), ("own", 0), ("heapq.none", 0)],
)
def test_the_library_says_how_many_arguments_it_needs(
    call: str, count: int, tmp_path: Path, dossier: Any
) -> None:
    source = f"import heapq\nfrom typing import cast\n\n\ndef own(a, b):\n    {call}()\n"
    (tmp_path / "job.py").write_text(source, encoding="utf-8")
    (module,) = Program(dossier(tmp_path)).modules
    node = next(n for n in module.nodes if isinstance(n, ast.Call))
    assert required(module, node.func) == count

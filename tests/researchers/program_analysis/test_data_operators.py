"""Operators that read the data: keys that it has, values of each element, words of the answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from researchers.program_analysis import ProgramAnalysis
from researchers.program_analysis.operators.quoted_phrase import refusals
from tasks.records import FailureReport, FlowCount, FlowTrace, Location, Proposal, Sample
from tests.researchers.program_analysis.conftest import dossier_of, write

PARCEL = """
def weight(parcel, number):
    return parcel.get(f"box_{number}_kg") or 1.0
"""
SHIFTS = """
class Shift:
    def __init__(self, start, hours):
        self.start, self.hours = start, hours

def ends(shifts):
    begin = shifts[0].start
    return [begin + shift.hours for shift in shifts if shift.start >= 0]
"""
DESK = """
from pathlib import Path

def reply(found):
    folder = Path(__file__).parent / "templates"
    if not found:
        return (folder / "nothing.txt").read_text().strip()
    return (folder / "answer.txt").read_text().strip().format(found=found)
"""
NOTES = (
    'Answers are short, such as "12 May". A question that the records do not answer scores if the '
    'reply contains "not on file".'
)


def proposals(root: Path, notes: str = "", **fields: Any) -> dict[str, Proposal]:
    """The first proposal of each source."""
    dossier = dossier_of(root, notes, **fields)
    mind = ProgramAnalysis()
    findings = mind.diagnose(dossier)
    drafts = mind.propose(dossier, findings, mind.hypothesize(dossier, findings), 400)
    found: dict[str, Proposal] = {}
    for proposal in drafts.proposals:
        found.setdefault(proposal.source, proposal)
    return found


def run(proposal: Proposal, name: str) -> dict[str, Any]:
    """The changed module, executed."""
    text = next(e.content for e in proposal.edits if e.path == name)
    space: dict[str, Any] = {"__name__": "changed", "__file__": "changed.py"}
    exec(compile(text or "", name, "exec"), space)
    return space


def traced(kind: str) -> FlowTrace:
    flow = FlowCount(
        location=Location(path="parcels.py", function="weight"),
        calls=9,
        inputs={kind: 9, "number: int": 9},
    )
    return FlowTrace(flows=(flow,))


def test_a_key_that_the_data_has(tmp_path: Path):
    write(tmp_path, {"parcels.py": PARCEL})
    found = proposals(tmp_path, trace=traced("parcel: dict{box_#_weight_kg,box_#_width,sender}"))
    changed = run(found["operator:observed_key"], "parcels.py")
    assert changed["weight"]({"box_2_weight_kg": 7.5}, 2) == 7.5


@pytest.mark.parametrize(
    "kind", ["parcel: dict{box_#_kg,sender}", "parcel: dict[str:float]", "parcel: dict{sender}"]
)
def test_keys_that_are_there_or_unknown_are_left_alone(tmp_path: Path, kind: str):
    write(tmp_path, {"parcels.py": PARCEL})
    assert "operator:observed_key" not in proposals(tmp_path, trace=traced(kind))


def test_each_element_s_own_value(tmp_path: Path):
    write(tmp_path, {"shifts.py": SHIFTS})
    changed = run(proposals(tmp_path)["operator:own_value"], "shifts.py")
    shift = changed["Shift"]
    assert changed["ends"]([shift(1, 8), shift(10, 2)]) == [9, 12]


def samples(prediction: Callable[[int], str]) -> tuple[Sample, ...]:
    return tuple(
        Sample(
            item=str(n), group="g", question="q", gold=f"box {n}", prediction=prediction(n),
            score=0.0,
        )
        for n in range(6)
    )  # fmt: skip


def desk(folder: Path, **templates: str) -> Path:
    files = {f"templates/{name}.txt": text for name, text in templates.items()}
    write(folder, {"desk.py": DESK, **files})
    return folder


def texts(proposal: Proposal) -> dict[str, str | None]:
    return {edit.path: edit.content for edit in proposal.edits}


def test_words_around_every_answer_are_dropped(tmp_path: Path):
    desk(tmp_path, answer="Dear customer: {found} !", nothing="none")
    given = samples(lambda n: f"Dear customer: box {n} !")
    found = proposals(tmp_path, NOTES, samples=given, failures=FailureReport(slices=()))
    assert texts(found["operator:bare_answer"]) == {"templates/answer.txt": "{found}"}


def test_words_that_gold_answers_have_too_stay(tmp_path: Path):
    desk(tmp_path, answer="box {found}", nothing="none")
    given = samples(lambda n: f"box {n + 1}")
    assert "operator:bare_answer" not in proposals(tmp_path, NOTES, samples=given)


def test_a_constant_answer_takes_the_words_of_the_metric(tmp_path: Path):
    desk(tmp_path, answer="{found}", nothing="Sorry, I cannot say.")
    given = samples(lambda n: "Sorry, I cannot say." if n % 2 else f"box {n}")
    found = proposals(tmp_path, NOTES, samples=given)
    assert texts(found["operator:quoted_phrase"]) == {"templates/nothing.txt": "not on file"}


def test_phrases_about_refusing_come_first_and_dates_never():
    notes = 'Say "in short" words. What is unknown is "not recorded". Dates read "3 May 2020".'
    assert refusals(notes) == ["not recorded", "in short"]

"""The predictions kind: what a candidate sees, and what is taken for a prediction."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory_systems.benchmark import Benchmark, Item
from tasks.errors import PredictError
from tasks.test.predictions import parse_predictions, write_input

ITEMS = tuple(
    Item(
        id=f"i{n}", group=f"g{n % 2}", question={"question": f"what {n}?"},
        gold={"answer": f"SECRET-{n}", "category": 4}, slices={"category": "SLICE"},
    )
    for n in range(4)
)  # fmt: skip
BENCHMARK = Benchmark(name="b", items=ITEMS, contexts={"g0": {"text": "a"}, "g1": {"text": "b"}})


def line(identifier: object, prediction: object, **more: object) -> str:
    return json.dumps({"id": identifier, "prediction": prediction, **more})


def whole(*, leave_out: int = 0) -> str:
    return "\n".join(line(item.id, "x") for item in ITEMS[leave_out:])


def test_input_holds_no_gold_and_no_slice(tmp_path: Path):
    write_input(tmp_path / "in", ITEMS[:2], BENCHMARK)
    text = "".join(p.read_text() for p in (tmp_path / "in").rglob("*") if p.is_file())
    assert "SECRET" not in text
    assert "SLICE" not in text
    assert "category" not in text
    assert "what 0?" in text


def test_input_holds_only_the_contexts_of_the_asked_groups(tmp_path: Path):
    write_input(tmp_path / "in", ITEMS[:1], BENCHMARK)
    assert [p.name for p in (tmp_path / "in" / "contexts").iterdir()] == ["g0.json"]


def test_whole_predictions_are_read():
    text = whole(leave_out=1) + "\n" + line("i0", "answer", retrieved=["D1:1"])
    found = parse_predictions(text.encode(), ITEMS)
    assert found["i0"] == ("answer", ("D1:1",))
    assert len(found) == 4


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (whole(leave_out=1), "no prediction"),
        (whole() + "\n" + line("i0", "again"), "answered twice"),
        (whole() + "\n" + line("zz", "x"), "not asked"),
        (whole() + "\nnonsense", "not a prediction"),
        (whole(leave_out=1) + "\n" + line("i0", 7), "must be strings"),
        (whole(leave_out=1) + "\n" + line("i0", "x", retrieved=[1]), "must be strings"),
        (whole(leave_out=1) + '\n{"id": "i0"}', "not a prediction"),
        (whole(leave_out=1) + "\n[1]", "not a prediction"),
        (whole(leave_out=1) + "\n" + "[" * 100_000, "not a prediction"),
    ],
)
def test_nonsense_is_refused_with_its_line(text: str, says: str):
    with pytest.raises(PredictError, match=says):
        parse_predictions(text.encode(), ITEMS)


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_not_crashed_on(content: bytes):
    with pytest.raises(PredictError):
        parse_predictions(content, ITEMS)


def test_a_giant_prediction_is_cut():
    text = whole(leave_out=1) + "\n" + line("i0", "x" * 10**6)
    assert len(parse_predictions(text.encode(), ITEMS)["i0"][0]) == 20_000

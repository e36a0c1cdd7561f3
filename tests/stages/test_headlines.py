"""Headlines of stages say no more than their records hold."""

from __future__ import annotations

from stages.graph import GRAPH
from tasks.diagnose import slice_failures
from tasks.records.outputs import Failures
from tasks.records.score import Evaluation, ItemScore

SLICING = GRAPH[6]


def headline(scores: dict[str, float], slices: dict[str, dict[str, str]]) -> str:
    items = tuple(
        ItemScore(item=name, group=name, score=score, prediction="")
        for name, score in scores.items()
    )
    evaluation = Evaluation(tree="t", split="dev", seed=0, items=items)
    report = slice_failures(evaluation, {}, slices)
    return SLICING.headline(Failures(report=report, samples=()))


def test_a_score_that_is_one_whole_has_nothing_to_slice() -> None:
    said = headline({"dev-0": 0.4, "dev-1": 0.4}, {})
    assert "no losses to slice" in said
    assert "nothing is lost" not in said


def test_most_and_nothing_is_lost() -> None:
    files = {"a": {"file": "x"}, "b": {"file": "y"}}
    assert headline({"a": 1.0, "b": 0.0}, files).startswith("most is lost at file y")
    assert headline({"a": 1.0, "b": 1.0}, files) == "nothing is lost"

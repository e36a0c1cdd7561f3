from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from tasks.records.document import RunDocument, TypeCredit
from tasks.report import headline
from tasks.report.claim import claim


def with_tuning(sample: ModuleType, delta: float, half: float = 0.004) -> RunDocument:
    document: RunDocument = sample.sample_document()
    assert document.automl is not None
    gain = sample.difference(delta, half)
    return document.model_copy(
        update={"automl": document.automl.model_copy(update={"gain": gain, "sealed_gain": gain})}
    )


def test_holds_only_with_intervals_apart(sample: ModuleType) -> None:
    assert claim(with_tuning(sample, 0.002)).state == "holds"
    assert claim(with_tuning(sample, 0.017)).state == "leans"


def test_fails_where_one_type_earned_no_more_than_tuning(sample: ModuleType) -> None:
    found = claim(with_tuning(sample, 0.033))
    assert found.state == "fails"
    assert "fails here for prompts" in found.sentence
    assert any("Bug fixes" in detail for detail in found.details)


def test_fails_where_tuning_beat_the_whole_search(sample: ModuleType) -> None:
    found = claim(with_tuning(sample, 0.2))
    assert found.state == "fails"
    assert "tuning alone earned at least as much as the whole search" in found.sentence
    assert headline.against_tuning(with_tuning(sample, 0.2)).startswith("Optuna gained more")


def test_a_lead_counts_item_by_item_where_it_was_measured(sample: ModuleType) -> None:
    document = with_tuning(sample, 0.11)
    assert "but the intervals overlap" in headline.against_tuning(document)
    for half, hedged in ((0.004, False), (0.02, True)):
        lead = sample.difference(0.0105, half, 806, 4)
        arm = document.automl.model_copy(update={"sealed_lead": lead})  # type: ignore[union-attr]
        told = headline.against_tuning(document.model_copy(update={"automl": arm}))
        assert ("not beyond chance" in told) is hedged
        assert "the champion minus Optuna's best is +0.01" in told


def test_fails_where_nothing_was_accepted_and_tuning_earned(sample: ModuleType) -> None:
    found = claim(sample.sample_document(accepted=0))
    assert found.state == "fails"
    assert "no change was accepted" in found.sentence


def test_open_without_an_arm_or_credit(sample: ModuleType) -> None:
    assert claim(sample.sample_document(automl=None, by_type=())).state == "open"
    assert claim(with_tuning(sample, 0.01).model_copy(update={"by_type": ()})).state == "open"


def test_without_an_arm_tuning_inside_the_search_stands_for_it(sample: ModuleType) -> None:
    document: RunDocument = sample.sample_document(automl=None)
    assert claim(document).state == "holds"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "the sealed split confirms it"),
        ({"sealed_gain": None}, "the sealed split is unopened"),
        ({"sealed_gain": (0.01, 0.02)}, "the sealed split does not decide"),
        ({"sealed_gain": (-0.05, 0.02)}, "the sealed split contradicts it"),
        ({"status": "failed"}, "failed before it could conclude"),
        ({"accepted": 0}, "No change was accepted"),
        ({"accepted": 0, "status": "running"}, "No change is accepted yet"),
    ],
)
def test_title_says_no_more_than_the_evidence(
    sample: ModuleType, changes: dict[str, Any], words: str
) -> None:
    gain = changes.get("sealed_gain")
    if gain:
        changes = {**changes, "sealed_gain": sample.difference(*gain)}
    assert words in headline.title(sample.sample_document(**changes))


def test_who_earned_most_is_hedged_while_intervals_overlap(sample: ModuleType) -> None:
    document = sample.sample_document()
    assert "intervals overlap" in headline.earned(document)
    apart = tuple(
        TypeCredit(change_type=kind, changes=1, difference=sample.difference(delta, 0.002))
        for kind, delta in (("prompt", 0.02), ("bug_fix", 0.09))
    )
    clear = document.model_copy(update={"by_type": apart})
    assert headline.earned(clear).startswith("Bug fixes earned most: +0.090")

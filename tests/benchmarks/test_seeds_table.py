"""The table over seeds: one row a run, and means that say what is missing."""

from __future__ import annotations

from statistics import fmean

import pytest

from benchmarks.seeds_table import COLUMNS, table
from tasks.records.change import ChangeType
from tasks.records.document import AutomlEntry, ChangeEntry, RunDocument, Standing, TypeCredit
from tasks.records.score import Difference, Interval, NoiseFloor, Summary


def difference(delta: float) -> Difference:
    interval = Interval(low=delta - 0.01, high=delta + 0.01)
    return Difference(delta=delta, interval=interval, p_value=0.001, n=200, groups=10)


def summary(score: float) -> Summary:
    interval = Interval(low=score - 0.02, high=score + 0.02)
    return Summary(score=score, interval=interval, n=200, groups=10)


def run(seed: int, gain: float, tuned: float, credit: dict[ChangeType, float]) -> RunDocument:
    """A run that went from .1 by `gain`, with one accepted change a type."""
    changes = tuple(
        ChangeEntry.model_construct(change_type=kind, declared_type=None) for kind in credit
    )
    return RunDocument.model_construct(
        seed=seed, target="toy", seconds=120.0 + seed, evaluations_by_purpose={"trial": 20},
        accepted=changes, rejected=(), noise_floor=NoiseFloor.model_construct(),
        baseline=Standing(commit="a", dev=summary(0.1), sealed=summary(0.1)),
        champion=Standing(commit="b", dev=summary(0.1 + gain), sealed=summary(0.1 + gain)),
        gain=difference(gain), sealed_gain=difference(gain),
        by_type=tuple(
            TypeCredit(change_type=kind, changes=1, difference=difference(value / 2),
                       shapley=difference(value))
            for kind, value in credit.items()
        ),
        automl=AutomlEntry(
            sampler="tpe", evaluations=22, parameters={}, dev=summary(0.1 + tuned),
            sealed=summary(0.1 + tuned), gain=difference(tuned), sealed_gain=difference(tuned),
        ),
    )  # fmt: skip


@pytest.fixture
def rows() -> list[dict[str, str]]:
    documents = [
        run(2, 0.12, 0.10, {"bug_fix": 0.06}),
        run(0, 0.20, 0.01, {"bug_fix": 0.12, "prompt": 0.08}),
        run(1, 0.16, 0.02, {"bug_fix": 0.10, "prompt": 0.03}),
    ]
    cells = [line.strip("| ").split(" | ") for line in table(documents)]
    assert all(len(row) == len(COLUMNS) for row in cells if "|---" not in row[0])
    return [dict(zip(COLUMNS, row, strict=True)) for row in cells[2:]]


def test_a_row_has_figures_with_intervals_and_the_verdict(rows: list[dict[str, str]]) -> None:
    assert [row["seed"] for row in rows] == ["0", "1", "2", "mean of 3 seeds"]
    first = rows[0]
    assert first["champion, sealed"] == "0.300 [0.280, 0.320], n=200"
    assert first["gain, sealed"] == "+0.200 [+0.190, +0.210]"
    assert first["evaluations (Optuna's)"] == "20 (22)"
    assert first["accepted"] == "bug_fix 1<br>prompt 1"
    assert first["credit by type, dev"].startswith("bug_fix +0.120 [+0.110, +0.130]<br>prompt")
    assert [row["code beats all tuning"] for row in rows[:3]] == ["holds", "leans", "fails"]


def test_the_mean_counts_a_type_that_was_not_accepted_as_nothing(
    rows: list[dict[str, str]],
) -> None:
    mean = rows[-1]
    assert mean["baseline, sealed"] == "0.100 at every seed"
    assert mean["gain, sealed"].startswith("+0.160 [+0.061, +0.259]"), "t on two degrees: 4.303"
    assert f"prompt +{fmean([0.08, 0.03, 0.0]):.3f} [" in mean["credit by type, dev"]
    assert mean["code beats all tuning"] == "holds in 1, leans in 1, fails in 1"


def test_what_was_not_measured_has_no_mean() -> None:
    documents = [run(0, 0.2, 0.01, {}), run(1, 0.2, 0.01, {})]
    documents[1] = documents[1].model_copy(update={"sealed_gain": None})
    last = list(table(documents))[-1]
    assert "not measured in 1" in last
    assert "[" not in last.split(" | ")[1], "two seeds have no interval"

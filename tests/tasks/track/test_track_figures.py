from __future__ import annotations

import math
from types import ModuleType

from tasks.track import figures


def test_names_that_change_stay_apart() -> None:
    assert figures.name("multi-hop/text 1.5") == "multi-hop/text 1.5"
    first, second = figures.name("größe"), figures.name("grüße")
    assert first != second
    assert first.isascii()
    assert figures.name("") != figures.name("///")


def test_every_slice_has_its_interval(sample: ModuleType) -> None:
    summary = sample.summary(0.2, 480, 4, seed=1)
    values = figures.of_summary("dev", summary)
    slices = sum(len(entries) for entries in summary.by_slice.values())
    assert len(values) == 5 * (1 + slices)
    assert (
        values["dev/modality/picture/high"] == summary.by_slice["modality"]["picture"].interval.high
    )


def test_unbounded_intervals_are_left_out() -> None:
    assert figures.finite({"low": -math.inf, "high": math.nan, "delta": 0.1}) == {"delta": 0.1}

"""The simulation of the select part, small and seeded; benchmarks/unseen_items.py is long."""

from __future__ import annotations

from benchmarks.unseen_items import CONVERSATIONS, shares

RUNS = 8


def test_what_fits_seen_items_is_accepted_without_the_rule_and_refused_by_it() -> None:
    before, divided, ruled, vetoed = shares(CONVERSATIONS, 0.08, 0.0, 0.25, RUNS, 3)[:, 1]
    assert before > 0.8
    assert divided > 0.5
    assert vetoed <= ruled < 0.1


def test_a_gain_that_all_items_show_is_found_with_the_rule_too() -> None:
    before, _, ruled, _ = shares(CONVERSATIONS, 0.0, 0.08, 0.2, RUNS, 4)[:, 1]
    assert before > 0.95
    assert ruled > before - 0.1

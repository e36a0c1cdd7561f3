"""The price of a search: once for each tree, in full, whoever paid first; and all of its work."""

from __future__ import annotations

from tasks.costs import price, research_cost
from tasks.ledger import Spending, StageMark, Work
from tasks.records.usage import ModelCall


def line(
    tree: str, share: float, asked: float | None = None, purpose: str = "trial", **more: object
) -> Spending:
    known = share if asked is None else asked
    values = {
        "purpose": purpose, "tree": tree, "split": "dev", "seed": 0, "items": 0, "share": share,
        "seconds": 10 * share, "cached": not share, "at": 1.0, "cpu_seconds": 8 * share,
        "asked": known, "asked_seconds": 10 * known, "asked_cpu_seconds": 8 * known, **more,
    }  # fmt: skip
    return Spending.model_validate(values)


def mark(number: int, at: float = 1.0) -> StageMark:
    return StageMark(
        number=number, name="s", round=1, seconds=9.0, output="", inputs={}, cpu_seconds=2.0, at=at
    )


def test_looks_of_one_trial_add_up_to_one_pass() -> None:
    cost = price([line("a", 0.25), line("a", 0.75, asked=1.0), line("a", 0.0, asked=1.0)])
    assert (cost.evaluations, cost.passes, cost.seconds, cost.cpu_seconds) == (1, 1.0, 10.0, 8.0)


def test_a_tree_from_the_cache_has_its_price() -> None:
    cost = price([line("a", 0.0, asked=1.0), line("b", 0.5)])
    assert (cost.evaluations, cost.passes, cost.seconds) == (2, 1.5, 15.0)


def test_a_crash_counts_for_what_it_was_asked() -> None:
    crashed = line("a", 1.0, asked=0.0)
    assert price([crashed]).passes == 1.0


def test_the_search_is_charged_for_all_its_work_and_for_nothing_else() -> None:
    spending = [
        line("base", 0.0, asked=1.0, purpose="merge"),
        line("base", 0.5, purpose="probe"),
        line("a", 1.0),
        line("b", 0.0, asked=1.0),
        line("c", 1.0, purpose="credit"),
        line("a", 1.0, purpose="sealed", split="sealed"),
        line("d", 1.0, at=5.0),
    ]
    work = [
        Work(stage=4, seconds=100, cpu_seconds=100, at=1.0),
        Work(stage=6, seconds=5, cpu_seconds=4, at=1.0),
        Work(stage=16, seconds=3, cpu_seconds=2, at=1.0),
        Work(stage=18, seconds=10, cpu_seconds=8, at=1.0),
        Work(stage=22, seconds=100, cpu_seconds=100, at=1.0),
    ]
    marks = [mark(4), mark(10), mark(18), mark(22)]
    cost = research_cost(spending, work, marks, base="base", until=2.0)
    assert cost.evaluations == 2
    assert cost.passes == 2.5
    assert cost.seconds == 5 + 3 + 10 + 10, "the last is what the cache gave"
    assert cost.cpu_seconds == 4 + 2 + 8 + 8
    assert cost.own_cpu_seconds == 4.0
    assert cost.tokens is None
    assert cost.money is None


def test_tokens_and_money_stand_apart() -> None:
    call = ModelCall(
        stage="propose", purpose="p", round=1, model="m", source="live", request="d", prompt=100,
        completion=20, money=0.5,
    )  # fmt: skip
    cost = research_cost([], [], [], base="b", calls=[call, call])
    assert (cost.tokens, cost.money, cost.seconds) == (240, 1.0, 0.0)

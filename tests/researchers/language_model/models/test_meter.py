"""Limits hold before the call, over resumptions, and for calls that are under way."""

from __future__ import annotations

from typing import Any

import pytest

from researchers.language_model.models.meter import Meter
from researchers.language_model.models.settings import Limits, Prices
from tasks.errors import ModelLimitError
from tasks.records.usage import ModelCall, total
from tests.researchers.language_model.models.test_faults import GOOD, ask

PRICES = Prices(prompt=1.0, completion=4.0, cached=0.5)


def call(prompt: int, completion: int, cached: int = 0, **more: Any) -> ModelCall:
    money = PRICES.of(prompt, completion, cached)
    return ModelCall(
        stage="draft_changes", purpose="draft", round=1, model="m", source="live", request="d",
        prompt=prompt, completion=completion, cached=cached, money=money, **more,
    )  # fmt: skip


def test_cached_tokens_cost_their_own_price() -> None:
    assert PRICES.of(1_000_000, 0, 400_000) == pytest.approx(0.8)
    assert Prices(prompt=2, completion=0).of(1_000_000, 0, 1_000_000) == 2


def test_a_call_that_would_exceed_is_refused_and_one_that_fits_is_not() -> None:
    meter = Meter(Limits(tokens=1000), PRICES, [call(600, 100)])
    meter.admit(100, 200, "draft_changes")
    with pytest.raises(ModelLimitError, match=r"1,000 are used.*draft_changes may take 1"):
        meter.admit(1, 0, "draft_changes")


def test_what_is_under_way_counts_until_it_is_settled() -> None:
    meter = Meter(Limits(tokens=1000), None, [])
    ticket = meter.admit(400, 400, "")
    with pytest.raises(ModelLimitError):
        meter.admit(200, 100, "")
    meter.settle(ticket, call(100, 50))
    meter.admit(200, 100, "")
    assert meter.spent.tokens == 150


def test_a_call_that_cost_nothing_frees_its_reservation() -> None:
    meter = Meter(Limits(money=0.01), PRICES, [])
    ticket = meter.admit(5000, 1000, "")
    meter.settle(ticket, None)
    meter.admit(5000, 1000, "")
    with pytest.raises(ModelLimitError, match="limit of money"):
        meter.admit(5000, 1000, "")


def test_estimates_follow_the_densest_text_that_was_reported() -> None:
    meter = Meter(Limits(), None, [])
    before = meter.estimate(3000)
    meter.settle(meter.admit(1, 1, ""), call(2000, 1), text_bytes=3000)
    assert meter.estimate(3000) == 2000 > before


def test_money_without_prices_is_unknown_not_zero() -> None:
    assert total([call(1, 1), call(1, 1).model_copy(update={"money": None})]).money is None
    assert total([]).money == 0


def test_the_limit_stops_before_anything_is_sent(faults: Any, endpoint: Any, desk: Any) -> None:
    with faults.serving([faults.answer(GOOD, prompt=700, completion=60)]) as server:
        model = endpoint(server.url, limits={"tokens": 1200})
        ask(model)
        with pytest.raises(ModelLimitError, match="760 of 1,200"):
            ask(model, "it fails again" * 100)
        assert len(server.requests) == 1
        assert desk.kinds == ["limit"]
        with pytest.raises(ModelLimitError):  # a resumed run begins where the last one ended
            ask(endpoint(server.url, limits={"tokens": 1200}), "it fails again" * 100)
        assert len(server.requests) == 1

"""Errors that are drawn towards what the candidates of a run have in common."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tasks.records.score import Difference, ErrorTerms, Interval
from tasks.validate import ErrorPrior, error_prior, moderated


def difference(delta: float, effect: float, items: float = 0.005, degrees: float = 5) -> Difference:
    """A difference whose clustered variance is `effect` times that of its items."""
    error = items * effect**0.5
    p_value = float(stats.t.sf(delta / error, degrees)) if error else 0.0
    return Difference(
        delta=delta,
        interval=Interval(low=delta - error, high=delta + error),
        p_value=p_value,
        n=1000,
        groups=6,
        error=ErrorTerms(clustered=error, items=items, degrees=degrees),
    )


def test_few_candidates_pool_nothing() -> None:
    assert error_prior([difference(0.01, 2.0)] * 4).degrees == 0
    alone = difference(0.01, 2.0)
    assert moderated(alone, ErrorPrior()) == alone


def test_a_census_is_left_alone() -> None:
    exact = Difference(
        delta=0.1, interval=Interval(low=0.1, high=0.1), p_value=0.0, n=10, groups=10
    )
    assert moderated(exact, ErrorPrior(scale=2.0, degrees=8.0)) == exact


def test_lucky_errors_grow_and_unlucky_ones_shrink() -> None:
    run = [difference(0.02, effect) for effect in (0.1, 1.2, 1.4, 1.6, 1.5, 6.0)]
    prior = error_prior(run)
    lucky, *_, unlucky = (moderated(d, prior) for d in run)
    assert lucky.p_value > run[0].p_value
    assert unlucky.p_value < run[-1].p_value
    assert lucky.interval.low < run[0].interval.low


@pytest.mark.parametrize(("worth", "scale"), [(4.0, 1.5), (8.0, 3.0)])
def test_the_prior_is_recovered_from_many_candidates(worth: float, scale: float) -> None:
    random = np.random.default_rng(3)
    true = scale * worth / random.chisquare(worth, 4000)
    seen = true * random.chisquare(5, 4000) / 5
    prior = error_prior(difference(0.0, effect) for effect in seen)
    assert prior.degrees == pytest.approx(worth, rel=0.25)
    assert prior.scale == pytest.approx(scale, rel=0.1)


@given(
    st.lists(st.floats(0.01, 50), min_size=5, max_size=40),
    st.floats(-0.1, 0.1),
    st.floats(3, 11),
)
def test_what_holds_for_any_run(effects: list[float], delta: float, degrees: float) -> None:
    run = [difference(delta, effect, degrees=degrees) for effect in effects]
    prior = error_prior(run)
    assert prior.scale >= 1
    assert 0 < prior.degrees <= 2 * degrees + 1e-9
    for before in run:
        after = moderated(before, prior)
        assert after.delta == before.delta
        assert after.error is not None
        assert after.error.clustered >= after.error.items * (1 - 1e-12)
        assert after.interval.low <= delta <= after.interval.high
        assert 0 <= after.p_value <= 1

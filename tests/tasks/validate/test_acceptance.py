"""The correction for many tries: what it never exceeds, what acceptances give, verdicts."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.records.score import Difference, Interval
from tasks.records.trial import Verdict
from tasks.validate import Acceptance, Outcome, contradicts, outcome_of

OUTCOMES: st.SearchStrategy[list[Outcome]] = st.lists(
    st.sampled_from(("accepted", "rejected", "indecisive")), max_size=50
)


def difference(delta: float, reach: float, p_value: float) -> Difference:
    interval = Interval(low=delta - reach, high=delta + reach)
    return Difference(delta=delta, interval=interval, p_value=p_value, n=100, groups=6)


def levels(outcomes: list[Outcome], planned: int = 40) -> list[float]:
    state, found = Acceptance(planned=planned, control="fwer"), []
    for outcome in outcomes:
        found.append(state.level())
        state = state.after(outcome)
    return [*found, state.level()]


@given(OUTCOMES)
def test_what_was_spent_and_not_won_back_never_exceeds_alpha(outcomes: list[Outcome]) -> None:
    spent = levels(outcomes)
    lost = [level for level, outcome in zip(spent, outcomes, strict=False) if outcome != "accepted"]
    assert sum(lost) + spent[-1] <= 0.05 + 1e-12


@given(OUTCOMES, st.integers(0, 49))
def test_one_more_acceptance_lowers_no_later_level(outcomes: list[Outcome], where: int) -> None:
    more: list[Outcome] = list(outcomes)
    if where < len(more):
        more[where] = "accepted"
    pairs = zip(levels(more), levels(outcomes), strict=True)
    assert all(high >= low - 1e-15 for high, low in pairs)


def test_a_run_without_acceptances_spends_alpha_over_the_planned_tries() -> None:
    spent = levels(["indecisive"] * 40)
    assert sum(spent) == pytest.approx(0.05)
    assert spent[40] == 0
    assert all(a > b for a, b in itertools.pairwise(spent))


def test_the_level_depends_on_history_alone() -> None:
    stepped = Acceptance(planned=9).after("accepted").after("rejected")
    assert stepped == Acceptance(planned=9, outcomes=("accepted", "rejected"))


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        (difference(0.1, 0.05, 0.0001), "accepted"),
        (difference(0.1, 0.05, 0.02), "indecisive"),
        (difference(-0.1, 0.05, 0.999), "rejected"),
        (difference(-0.01, 0.05, 0.7), "indecisive"),
        (difference(0.0, 0.0, 1.0), "indecisive"),
    ],
)
def test_verdicts(found: Difference, outcome: Outcome) -> None:
    assert Acceptance(planned=40).decide(found) == outcome


def test_the_false_discovery_rate_gives_more_once_something_was_found() -> None:
    def level(*outcomes: Outcome) -> float:
        return Acceptance(planned=40, outcomes=outcomes).level()

    nothing: tuple[Outcome, ...] = ("indecisive",) * 10
    one: tuple[Outcome, ...] = (*nothing[1:], "accepted")
    assert level(*nothing) < level(*one) < level("accepted", *one[1:]) <= 0.05
    assert level(*one) > Acceptance(planned=40, outcomes=nothing, control="fwer").level()


def test_the_discovery_rate_spends_half_of_alpha_while_nothing_is_found() -> None:
    state = Acceptance(planned=40)
    spent = 0.0
    for _ in range(40):
        spent += state.level()
        state = state.after("indecisive")
    assert spent == pytest.approx(0.025)
    assert state.level() == 0


def test_the_veto_is_a_point_estimate_below_zero() -> None:
    assert contradicts(difference(-0.001, 0.1, 0.5))
    assert not contradicts(difference(0.0, 0.0, 1.0))
    assert not contradicts(difference(0.01, 0.1, 0.4))


@pytest.mark.parametrize(
    ("verdict", "outcome"),
    [("contradicted", "accepted"), ("superseded", "accepted"), ("rejected", "rejected")],
)
def test_what_became_of_a_change_later_does_not_alter_its_dev_test(
    verdict: str, outcome: str
) -> None:
    found = Verdict.model_validate({"candidate": "c", "verdict": verdict, "reason": ""})
    assert outcome_of(found) == outcome

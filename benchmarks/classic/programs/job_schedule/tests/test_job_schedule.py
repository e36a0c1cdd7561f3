import pytest
from job_schedule import Job, best_profit, mean_wait, run_by_priority, spread


def test_runs_in_order_of_arrival():
    assert run_by_priority([Job("a", 0, 3), Job("b", 1, 2)]) == [("a", 0, 3), ("b", 3, 5)]


def test_urgent_jobs_go_first():
    jobs = [Job("a", 0, 4, 1), Job("b", 1, 2, 5), Job("c", 2, 2, 0)]
    assert [entry[0] for entry in run_by_priority(jobs)] == ["a", "c", "b"]


def test_machine_waits_for_a_job():
    assert run_by_priority([Job("late", 10, 1)]) == [("late", 10, 11)]


def test_no_jobs():
    assert run_by_priority([]) == []
    assert mean_wait([]) == 0.0


def test_mean_wait():
    assert mean_wait([Job("a", 0, 4), Job("b", 2, 1), Job("c", 3, 1)]) == pytest.approx(4 / 3)


@pytest.mark.parametrize(
    ("offers", "profit"),
    [
        ([], 0),
        ([(1, 10), (1, 30)], 30),
        ([(2, 100), (1, 19), (2, 27), (1, 25), (3, 15)], 142),
    ],
)
def test_best_profit(offers, profit):
    assert best_profit(offers) == profit


def test_spread():
    assert spread([2, 14, 4, 16, 6, 5, 3], 3) == [16, 17, 17]


def test_spread_over_idle_machines():
    assert spread([5], 3) == [5, 0, 0]


def test_spread_needs_a_machine():
    with pytest.raises(ValueError):
        spread([1], 0)

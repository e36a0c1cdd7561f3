import pytest
from topological_order import CycleError, all_tasks, critical_time, levels, order

BREAKFAST = {
    "eat": ["toast", "tea"],
    "toast": ["bread"],
    "tea": ["water"],
}


def test_order_respects_dependencies():
    result = order(BREAKFAST)
    for task, needed in BREAKFAST.items():
        assert all(result.index(n) < result.index(task) for n in needed)


def test_order_is_alphabetical_within_a_level():
    assert order({"c": [], "a": [], "b": []}) == ["a", "b", "c"]


def test_levels():
    assert levels(BREAKFAST) == [["bread", "water"], ["tea", "toast"], ["eat"]]


def test_all_tasks_includes_leaves():
    assert all_tasks(BREAKFAST) == {"eat", "toast", "tea", "bread", "water"}


@pytest.mark.parametrize("dependencies", [{"a": ["a"]}, {"a": ["b"], "b": ["a"]}])
def test_cycles_are_refused(dependencies):
    with pytest.raises(CycleError):
        order(dependencies)


def test_cycle_is_named():
    with pytest.raises(CycleError) as caught:
        order({"a": ["b"], "b": ["c"], "c": ["b"]})
    assert caught.value.cycle == ["b", "c", "b"]


def test_nothing_to_do():
    assert order({}) == []


def test_critical_time():
    minutes = {"eat": 10, "toast": 3, "tea": 5, "bread": 1, "water": 2}
    assert critical_time(BREAKFAST, minutes) == 17

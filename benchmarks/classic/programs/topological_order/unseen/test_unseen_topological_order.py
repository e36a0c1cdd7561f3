import random

import pytest
from topological_order import CycleError, all_tasks, critical_time, find_cycle, levels, order


def random_tasks(seed):
    draw = random.Random(seed)
    names = [f"t{i}" for i in range(9)]
    draw.shuffle(names)
    return {
        name: [other for other in names[:i] if draw.random() < 0.3] for i, name in enumerate(names)
    }


def depth(dependencies, task):
    return max((1 + depth(dependencies, n) for n in dependencies.get(task, ())), default=0)


def finish(dependencies, minutes, task):
    needed = dependencies.get(task, ())
    return minutes[task] + max((finish(dependencies, minutes, n) for n in needed), default=0)


@pytest.mark.parametrize("seed", range(10))
def test_levels_are_depths(seed):
    dependencies = random_tasks(seed)
    result = levels(dependencies)
    for index, level in enumerate(result):
        assert level == sorted(t for t in dependencies if depth(dependencies, t) == index)
    assert [task for level in result for task in level] == order(dependencies)
    assert sorted(order(dependencies)) == sorted(dependencies)


@pytest.mark.parametrize("seed", range(5))
def test_critical_time_by_recursion(seed):
    dependencies = random_tasks(seed)
    draw = random.Random(seed)
    minutes = {task: draw.randint(1, 20) for task in dependencies}
    longest = max(finish(dependencies, minutes, task) for task in dependencies)
    assert critical_time(dependencies, minutes) == longest


def test_dependencies_are_not_changed():
    dependencies = {"a": ["b", "c"], "b": ["c"]}
    order(dependencies)
    assert dependencies == {"a": ["b", "c"], "b": ["c"]}


def test_message_shows_the_way_round():
    with pytest.raises(CycleError, match=r"^a -> b -> a$"):
        levels({"a": ["b"], "b": ["a"], "c": []})


def test_cycle_behind_finished_tasks():
    with pytest.raises(CycleError) as caught:
        order({"x": ["start", "y"], "y": ["x"], "start": []})
    assert caught.value.cycle == ["x", "y", "x"]


def test_find_cycle_leaves_out_the_way_in():
    assert find_cycle({"a": {"c"}, "b": {"d"}, "c": {"b"}, "d": {"b"}}) == ["b", "d", "b"]
    assert find_cycle({"a": {"c", "b"}, "b": {"a"}, "c": {"c"}}) == ["a", "b", "a"]


def test_nothing():
    assert levels({}) == []
    assert all_tasks({}) == set()
    assert critical_time({}, {}) == 0


def test_single_leaf_is_listed_once():
    assert order({"b": ["a"], "c": ["a"]}) == ["a", "b", "c"]
    assert isinstance(CycleError(["a"]), ValueError)

import random

import pytest
from linked_list import LinkedList


def check(items, model):
    assert list(items) == model
    assert len(items) == len(model)
    if model:
        assert items.head.value == model[0]
        assert items.tail.value == model[-1]
        assert items.tail.next is None
        assert items.middle() == model[len(model) // 2]
    else:
        assert items.head is None
        assert items.tail is None


@pytest.mark.parametrize("seed", range(12))
def test_random_operations_against_a_list(seed):
    draw = random.Random(seed)
    model = [draw.randint(0, 5) for _ in range(draw.randint(0, 4))]
    items = LinkedList(model)
    check(items, model)
    for _ in range(60):
        action = draw.choice(["append", "insert", "remove", "remove", "reverse"])
        value = draw.randint(0, 5)
        if action == "append":
            items.append(value)
            model.append(value)
        elif action == "insert":
            index = draw.randint(0, len(model))
            items.insert(index, value)
            model.insert(index, value)
        elif action == "remove":
            assert items.remove(value) is (value in model)
            if value in model:
                model.remove(value)
        else:
            items.reverse()
            model.reverse()
        check(items, model)


@pytest.mark.parametrize("size", range(1, 7))
def test_middle_of_each_size(size):
    assert LinkedList(range(size)).middle() == size // 2


def test_middle_of_nothing():
    with pytest.raises(IndexError, match="empty"):
        LinkedList().middle()


@pytest.mark.parametrize("index", [-1, 1, 2])
def test_insert_into_nothing(index):
    items = LinkedList()
    with pytest.raises(IndexError):
        items.insert(index, 1)
    check(items, [])
    items.insert(0, 1)
    check(items, [1])


def test_remove_takes_only_the_first():
    items = LinkedList("abab")
    items.remove("b")
    check(items, list("aab"))


def test_lists_are_independent():
    first, second = LinkedList([1]), LinkedList()
    first.append(2)
    check(second, [])
    check(first, [1, 2])

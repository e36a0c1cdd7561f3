import random

import pytest
from min_heap import MinHeap, largest


def is_heap(heap):
    items = heap._items
    return all(items[(i - 1) // 2] <= items[i] for i in range(1, len(items)))


@pytest.mark.parametrize("seed", range(8))
def test_random_operations_against_a_sorted_list(seed):
    draw = random.Random(seed)
    start = [draw.randint(0, 50) for _ in range(draw.randint(0, 12))]
    heap, model = MinHeap(start), sorted(start)
    for _ in range(120):
        action = draw.choice(["push", "push", "pop", "replace"])
        item = draw.randint(0, 50)
        if action == "push":
            heap.push(item)
            model = sorted([*model, item])
        elif model and action == "pop":
            assert heap.pop() == model.pop(0)
        elif model:
            assert heap.replace(item) == model.pop(0)
            model = sorted([*model, item])
        assert len(heap) == len(model)
        assert is_heap(heap)
        if model:
            assert heap.peek() == model[0]


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 5, 6, 7, 15, 16])
def test_construction_makes_a_heap(size):
    items = list(range(size, 0, -1))
    heap = MinHeap(items)
    assert is_heap(heap)
    assert len(heap) == size
    assert items == list(range(size, 0, -1))


@pytest.mark.parametrize("seed", range(5))
def test_largest_agrees_with_sorting(seed):
    draw = random.Random(seed)
    items = [draw.randint(0, 30) for _ in range(20)]
    for count in range(22):
        assert largest(items, count) == sorted(items, reverse=True)[:count]


def test_largest_of_a_negative_count():
    assert largest([1, 2], -1) == []


def test_replace_on_an_empty_heap():
    with pytest.raises(IndexError, match="empty"):
        MinHeap().replace(1)


def test_last_item_can_be_popped():
    heap = MinHeap(["x"])
    assert heap.pop() == "x"
    assert len(heap) == 0


def test_heaps_do_not_share_items():
    first, second = MinHeap(), MinHeap()
    first.push(1)
    assert len(second) == 0
    assert len(first) == 1


def test_equal_items_are_not_moved():
    class Tied:
        def __init__(self, label):
            self.label = label

        def __le__(self, other):
            return True

        def __lt__(self, other):
            return False

    heap = MinHeap()
    for label in "abc":
        heap.push(Tied(label))
    assert heap.peek().label == "a"

import pytest
from min_heap import MinHeap, largest


def drain(heap):
    return [heap.pop() for _ in range(len(heap))]


def test_pops_in_order():
    assert drain(MinHeap([5, 2, 9, 1, 7])) == [1, 2, 5, 7, 9]


def test_push_then_pop():
    heap = MinHeap()
    for item in (3, 1, 2):
        heap.push(item)
    assert drain(heap) == [1, 2, 3]


def test_peek_keeps_the_item():
    heap = MinHeap([4, 3])
    assert heap.peek() == 3
    assert len(heap) == 2


def test_duplicates():
    assert drain(MinHeap([2, 1, 2, 1])) == [1, 1, 2, 2]


@pytest.mark.parametrize("method", ["peek", "pop"])
def test_empty_heap_raises(method):
    with pytest.raises(IndexError):
        getattr(MinHeap(), method)()


def test_replace_returns_the_old_top():
    heap = MinHeap([1, 4, 6])
    assert heap.replace(5) == 1
    assert drain(heap) == [4, 5, 6]


def test_replace_with_a_smaller_item():
    heap = MinHeap([2, 3])
    assert heap.replace(1) == 2
    assert heap.peek() == 1


def test_length():
    heap = MinHeap([1])
    heap.push(0)
    assert len(heap) == 2


@pytest.mark.parametrize(("count", "expected"), [(0, []), (2, [9, 7]), (10, [9, 7, 5, 2])])
def test_largest(count, expected):
    assert largest([2, 9, 5, 7], count) == expected

import pytest
from linked_list import LinkedList


def test_iterates_in_order():
    assert list(LinkedList([1, 2, 3])) == [1, 2, 3]


def test_append_and_length():
    items = LinkedList()
    items.append("a")
    items.append("b")
    assert len(items) == 2
    assert list(items) == ["a", "b"]


@pytest.mark.parametrize(
    ("index", "expected"), [(0, [9, 1, 2, 3]), (1, [1, 9, 2, 3]), (3, [1, 2, 3, 9])]
)
def test_insert(index, expected):
    items = LinkedList([1, 2, 3])
    items.insert(index, 9)
    assert list(items) == expected
    assert len(items) == 4


@pytest.mark.parametrize("index", [-1, 4])
def test_insert_out_of_range(index):
    with pytest.raises(IndexError):
        LinkedList([1, 2, 3]).insert(index, 0)


@pytest.mark.parametrize(("value", "expected"), [(1, [2, 3]), (2, [1, 3]), (3, [1, 2])])
def test_remove(value, expected):
    items = LinkedList([1, 2, 3])
    assert items.remove(value) is True
    assert list(items) == expected


def test_remove_missing():
    assert LinkedList([1]).remove(5) is False


def test_append_after_removing_the_last():
    items = LinkedList([1, 2])
    items.remove(2)
    items.append(3)
    assert list(items) == [1, 3]


def test_reverse():
    items = LinkedList([1, 2, 3])
    items.reverse()
    assert list(items) == [3, 2, 1]


def test_middle():
    assert LinkedList("abc").middle() == "b"

import pytest
from queens_board import board, conflicts, count_solutions, distinct, mirror, solutions, turn


@pytest.mark.parametrize(
    ("columns", "expected"),
    [((0, 2), []), ((0, 1), [(0, 1)]), ((0, 3, 0), [(0, 2)]), ((1, 3, 0, 2), [])],
)
def test_conflicts(columns, expected):
    assert conflicts(columns) == expected


def test_solutions_of_four():
    assert list(solutions(4)) == [(1, 3, 0, 2), (2, 0, 3, 1)]


def test_no_solution_of_three():
    assert list(solutions(3)) == []


def test_solutions_with_a_start():
    assert list(solutions(4, (2,))) == [(2, 0, 3, 1)]


@pytest.mark.parametrize(("size", "count"), [(1, 1), (2, 0), (5, 10), (6, 4)])
def test_count_solutions(size, count):
    assert count_solutions(size) == count


def test_mirror():
    assert mirror((1, 3, 0, 2)) == (2, 0, 3, 1)


def test_turn():
    assert turn((0, 1, 2)) == (2, 1, 0)


def test_distinct():
    assert distinct(5) == [(0, 2, 4, 1, 3), (1, 4, 2, 0, 3)]


def test_board():
    assert board((1, 0)) == [".Q", "Q."]

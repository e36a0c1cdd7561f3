import pytest
from grades import best, mean, passed


def test_mean_of_whole():
    assert mean([2, 4]) == 3


def test_mean_of_halves():
    assert mean([1, 2]) == 1.5


def test_mean_of_thirds():
    assert mean([0, 0, 1]) == pytest.approx(1 / 3)


def test_mean_of_nothing():
    assert mean([]) == 0


def test_best_one():
    assert best([3, 9, 4]) == [9]


def test_best_two():
    assert best([3, 9, 4], 2) == [9, 4]


def test_best_of_few():
    assert best([5], 3) == [5]


def test_passed_at_the_limit():
    assert passed([49, 50, 51]) == 2


def test_passed_nobody():
    assert passed([1, 2]) == 0

import pytest
from matrix_ops import determinant, identity, multiply, power, rotate, shape, spiral, transpose

A = [[1, 2], [3, 4]]


def test_shape():
    assert shape([[1, 2, 3], [4, 5, 6]]) == (2, 3)


def test_ragged_rows():
    with pytest.raises(ValueError):
        shape([[1, 2], [3]])


def test_identity():
    assert identity(2) == [[1, 0], [0, 1]]


def test_transpose():
    assert transpose([[1, 2, 3], [4, 5, 6]]) == [[1, 4], [2, 5], [3, 6]]


def test_multiply():
    assert multiply(A, [[5, 6], [7, 8]]) == [[19, 22], [43, 50]]


def test_shapes_must_fit():
    with pytest.raises(ValueError):
        multiply(A, [[1, 2]])


@pytest.mark.parametrize(
    ("exponent", "expected"), [(0, [[1, 0], [0, 1]]), (1, A), (3, [[37, 54], [81, 118]])]
)
def test_power(exponent, expected):
    assert power(A, exponent) == expected


@pytest.mark.parametrize(
    ("matrix", "expected"), [(A, -2), ([[0, 1], [1, 0]], -1), ([[1, 2], [2, 4]], 0)]
)
def test_determinant(matrix, expected):
    assert determinant(matrix) == expected


def test_rotate():
    assert rotate(A) == [[3, 1], [4, 2]]


def test_spiral():
    assert spiral([[1, 2, 3], [4, 5, 6], [7, 8, 9]]) == [1, 2, 3, 6, 9, 8, 7, 4, 5]

import itertools
import random

import pytest
from matrix_ops import determinant, identity, multiply, power, rotate, shape, spiral, transpose


def random_matrix(draw, rows, columns):
    return [[draw.randint(-3, 3) for _ in range(columns)] for _ in range(rows)]


def leibniz(matrix):
    size = len(matrix)
    total = 0
    for order in itertools.permutations(range(size)):
        product = (-1) ** sum(a > b for a, b in itertools.combinations(order, 2))
        for row, column in enumerate(order):
            product *= matrix[row][column]
        total += product
    return total


def walk(matrix):
    """The spiral by walking and turning right at what was visited."""
    rows, columns = len(matrix), len(matrix[0])
    row, column, step = 0, 0, (0, 1)
    seen, values = set(), []
    for _ in range(rows * columns):
        seen.add((row, column))
        values.append(matrix[row][column])
        ahead = (row + step[0], column + step[1])
        if ahead in seen or not (0 <= ahead[0] < rows and 0 <= ahead[1] < columns):
            step = (step[1], -step[0])
        row, column = row + step[0], column + step[1]
    return values


@pytest.mark.parametrize("seed", range(8))
def test_products_by_index(seed):
    draw = random.Random(seed)
    n, m, k = (draw.randint(1, 4) for _ in range(3))
    a, b = random_matrix(draw, n, m), random_matrix(draw, m, k)
    product = multiply(a, b)
    assert shape(product) == (n, k)
    for i, j in itertools.product(range(n), range(k)):
        assert product[i][j] == sum(a[i][x] * b[x][j] for x in range(m))
        assert transpose(product)[j][i] == product[i][j]
    assert transpose(product) == multiply(transpose(b), transpose(a))


@pytest.mark.parametrize("seed", range(8))
def test_determinants_by_permutations(seed):
    draw = random.Random(seed)
    for size in (1, 2, 3, 4):
        matrix = random_matrix(draw, size, size)
        before = [list(row) for row in matrix]
        assert determinant(matrix) == leibniz(matrix)
        assert matrix == before


@pytest.mark.parametrize("seed", range(4))
def test_powers_by_repetition(seed):
    matrix = random_matrix(random.Random(seed), 3, 3)
    expected = identity(3)
    for exponent in range(8):
        assert power(matrix, exponent) == expected
        expected = multiply(expected, matrix)


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (1, 4), (4, 1), (3, 5), (4, 4), (5, 2)])
def test_spiral_and_rotation_by_walking(rows, columns):
    matrix = [[row * columns + column for column in range(columns)] for row in range(rows)]
    assert spiral(matrix) == walk(matrix)
    turned = rotate(matrix)
    assert all(turned[c][rows - 1 - r] == matrix[r][c] for r in range(rows) for c in range(columns))


def test_empty():
    assert shape([]) == (0, 0)
    assert identity(0) == []
    assert spiral([]) == []
    assert determinant([]) == 1


@pytest.mark.parametrize("matrix", [[[1, 2, 3], [4, 5, 6]], [[1], [2]]])
def test_only_square_matrices_have_a_determinant(matrix):
    with pytest.raises(ValueError, match="has no determinant"):
        determinant(matrix)


@pytest.mark.parametrize("function", [shape, transpose, determinant])
def test_ragged_rows_are_refused(function):
    with pytest.raises(ValueError, match="rows differ"):
        function([[1], [2, 3]])


def test_misfit_is_described():
    with pytest.raises(ValueError, match=r"\(1, 2\) and \(1, 2\) do not fit"):
        multiply([[1, 2]], [[3, 4]])

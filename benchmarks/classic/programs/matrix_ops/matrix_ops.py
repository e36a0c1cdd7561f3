"""Matrices as lists of rows: products, powers and exact determinants."""

from fractions import Fraction


def shape(matrix):
    """(rows, columns). Raises ValueError when rows differ in length."""
    columns = len(matrix[0]) if matrix else 0
    if any(len(row) != columns for row in matrix):
        raise ValueError("the rows differ in length")
    return len(matrix), columns


def identity(size):
    """Ones on the diagonal, zeros elsewhere."""
    return [[1 if row == column else 0 for column in range(size)] for row in range(size)]


def transpose(matrix):
    """Rows become columns."""
    shape(matrix)
    return [list(column) for column in zip(*matrix, strict=True)]


def multiply(a, b):
    """The matrix product. Raises ValueError when the shapes do not fit."""
    if shape(a)[1] != shape(b)[0]:
        raise ValueError(f"shapes {shape(a)} and {shape(b)} do not fit")
    columns = transpose(b)
    return [[sum(x * y for x, y in zip(r, c, strict=True)) for c in columns] for r in a]


def power(matrix, exponent):
    """A square matrix to a power >= 0, by repeated squaring."""
    result = identity(len(matrix))
    while exponent > 0:
        if exponent % 2 == 1:
            result = multiply(result, matrix)
        matrix = multiply(matrix, matrix)
        exponent //= 2
    return result


def determinant(matrix):
    """The determinant of a square matrix of whole numbers, by elimination with fractions."""
    rows, columns = shape(matrix)
    if rows != columns:
        raise ValueError(f"a {rows} x {columns} matrix has no determinant")
    work = [[Fraction(value) for value in row] for row in matrix]
    result = Fraction(1)
    for at in range(rows):
        pivot = next((row for row in range(at, rows) if work[row][at] != 0), None)
        if pivot is None:
            return 0
        if pivot != at:
            work[at], work[pivot] = work[pivot], work[at]
            result = -result
        result *= work[at][at]
        for row in range(at + 1, rows):
            factor = work[row][at] / work[at][at]
            for column in range(at, rows):
                work[row][column] -= factor * work[at][column]
    return int(result)


def rotate(matrix):
    """The matrix turned clockwise by a quarter."""
    return transpose(matrix[::-1])


def spiral(matrix):
    """All values along a clockwise spiral from the top left corner."""
    values = []
    while matrix:
        values.extend(matrix[0])
        matrix = transpose(matrix[1:])[::-1]
    return values

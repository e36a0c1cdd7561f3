import itertools
import random

import pytest
from queens_board import board, conflicts, count_solutions, distinct, mirror, solutions, turn


def squares(columns):
    return set(enumerate(columns))


def attacked(a, b):
    return a[1] == b[1] or a[0] + a[1] == b[0] + b[1] or a[0] - a[1] == b[0] - b[1]


def safe_by_force(size):
    return [
        p
        for p in itertools.permutations(range(size))
        if not any(attacked(a, b) for a, b in itertools.combinations(enumerate(p), 2))
    ]


@pytest.mark.parametrize("size", range(7))
def test_solutions_by_brute_force(size):
    expected = safe_by_force(size)
    assert list(solutions(size)) == expected
    assert count_solutions(size) == len(expected)
    for first in range(size):
        assert list(solutions(size, (first,))) == [p for p in expected if p[0] == first]


@pytest.mark.parametrize(("size", "count"), [(7, 40), (8, 92)])
def test_known_counts(size, count):
    assert count_solutions(size) == count


@pytest.mark.parametrize("seed", range(8))
def test_conflicts_by_definition(seed):
    draw = random.Random(seed)
    columns = [draw.randrange(7) for _ in range(draw.randint(0, 7))]
    places = list(enumerate(columns))
    expected = [(a[0], b[0]) for a, b in itertools.combinations(places, 2) if attacked(a, b)]
    assert conflicts(columns) == expected


@pytest.mark.parametrize("seed", range(5))
def test_images_of_a_placement(seed):
    draw = random.Random(seed)
    size = draw.randint(1, 7)
    columns = tuple(draw.sample(range(size), size))
    assert squares(turn(columns)) == {(c, size - 1 - r) for r, c in squares(columns)}
    assert squares(mirror(columns)) == {(r, size - 1 - c) for r, c in squares(columns)}
    assert turn(turn(turn(turn(columns)))) == columns
    assert mirror(mirror(columns)) == columns
    lines = board(columns)
    assert all(len(line) == size and line.count("Q") == 1 for line in lines)
    assert tuple(line.index("Q") for line in lines) == columns
    assert set("".join(lines)) <= {"Q", "."}


@pytest.mark.parametrize(("size", "count"), [(1, 1), (2, 0), (3, 0), (4, 1), (5, 2), (6, 1)])
def test_distinct_by_families(size, count):
    families = set()
    for placement in safe_by_force(size):
        images, image = set(), placement
        for _ in range(4):
            image = turn(image)
            images |= {image, mirror(image)}
        families.add(min(images))
    assert distinct(size) == sorted(families)
    assert len(families) == count


def test_attacked_start_has_no_solution():
    assert list(solutions(4, (0, 1))) == []
    assert list(solutions(2, (0, 0))) == []
    assert list(solutions(4, (1, 3, 0, 2))) == [(1, 3, 0, 2)]

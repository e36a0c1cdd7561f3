import random

import pytest
from game_of_life import bounds, neighbours, normalise, parse, period, run, show, step


def random_world(seed, size=7):
    draw = random.Random(seed)
    return {(r, c) for r in range(size) for c in range(size) if draw.random() < 0.4}


def slow_step(world):
    following = set()
    for row in range(-2, 12):
        for column in range(-2, 12):
            around = [
                (r, c) for r in range(row - 1, row + 2) for c in range(column - 1, column + 2)
            ]
            total = sum(cell in world for cell in around)
            if total == 3 or (total == 4 and (row, column) in world):
                following.add((row, column))
    return following


@pytest.mark.parametrize("seed", range(8))
def test_agrees_with_a_grid(seed):
    world = random_world(seed)
    before = set(world)
    following = step(world)
    assert following == slow_step(world)
    assert world == before
    assert run(world, 0) == world
    assert run(world, 2) == step(following)


@pytest.mark.parametrize("count", range(9))
@pytest.mark.parametrize("alive", [False, True])
def test_rules_by_count(alive, count):
    around = sorted(neighbours((0, 0)))[:count]
    world = {*around, (0, 0)} if alive else set(around)
    assert ((0, 0) in step(world)) is (count == 3 or (alive and count == 2))


@pytest.mark.parametrize("seed", range(5))
def test_pictures_there_and_back(seed):
    world = random_world(seed, size=5)
    picture = show({(r - 3, c + 8) for r, c in world})
    assert parse(picture) == normalise(world)
    lines = picture.split("\n")
    assert "#" in lines[0]
    assert "#" in lines[-1]
    assert any(line[0] == "#" for line in lines)
    assert any(line[-1] == "#" for line in lines)
    assert len({len(line) for line in lines}) == 1


def test_neighbours_touch():
    assert all(max(abs(r - 4), abs(c + 2)) == 1 for r, c in neighbours((4, -2)))
    assert len(neighbours((4, -2))) == 8


def test_bounds_of_one_cell_and_of_none():
    assert bounds({(3, -4)}) == (3, -4, 3, -4)
    assert bounds({(0, 9), (4, 1), (2, 3)}) == (0, 1, 4, 9)
    with pytest.raises(ValueError):
        bounds(set())


def test_nothing():
    assert step(set()) == set()
    assert normalise(set()) == frozenset()
    assert parse("") == set()
    assert period(set()) == 1


def test_parse_keeps_indentation_and_trims_newlines():
    assert parse("\n .#\n#\n") == {(0, 2), (1, 0)}


PENTADECATHLON = parse("..#....#..\n##.####.##\n..#....#..")


@pytest.mark.parametrize(("limit", "expected"), [(14, None), (15, 15), (16, 15)])
def test_limit_of_the_period(limit, expected):
    assert period(PENTADECATHLON, limit) == expected


def test_default_limit():
    assert period(PENTADECATHLON) == 15
    assert period(parse("#####")) is None


def test_toad_has_period_two():
    assert period(parse(".###\n###.")) == 2

import random

import pytest
from maze_path import Maze


def random_picture(seed):
    draw = random.Random(seed)
    rows, columns = draw.randint(2, 6), draw.randint(2, 6)
    cells = [["#" if draw.random() < 0.35 else "." for _ in range(columns)] for _ in range(rows)]
    places = [(r, c) for r in range(rows) for c in range(columns)]
    for sign, (row, column) in zip("SE", draw.sample(places, 2), strict=True):
        cells[row][column] = sign
    return "\n".join("".join(row) for row in cells)


def flood(picture, start):
    """Distances by rounds: the cells beside those of the last round."""
    lines = picture.split("\n")
    free = {(r, c) for r, line in enumerate(lines) for c, s in enumerate(line) if s != "#"}
    found, border, number = {start: 0}, {start}, 0
    while border:
        number += 1
        beside = {(r + a, c + b) for r, c in border for a, b in ((0, 1), (0, -1), (1, 0), (-1, 0))}
        border = (beside & free) - set(found)
        found.update(dict.fromkeys(border, number))
    return free, found


@pytest.mark.parametrize("seed", range(15))
def test_agrees_with_a_flood(seed):
    picture = random_picture(seed)
    maze = Maze(picture)
    lines = picture.split("\n")
    assert lines[maze.start[0]][maze.start[1]] == "S"
    assert lines[maze.exit[0]][maze.exit[1]] == "E"
    free, found = flood(picture, maze.start)
    assert maze.distances(maze.start) == found
    for row in range(-2, 9):
        for column in range(-2, 9):
            assert maze.is_free((row, column)) is ((row, column) in free)
    parts = {frozenset(flood(picture, cell)[1]) for cell in free}
    assert maze.rooms() == len(parts)
    way = maze.solve()
    if maze.exit not in found:
        assert way is None
    else:
        assert len(way) == found[maze.exit]
        row, column = maze.start
        for letter in way:
            row += {"N": -1, "S": 1}.get(letter, 0)
            column += {"W": -1, "E": 1}.get(letter, 0)
            assert (row, column) in free
        assert (row, column) == maze.exit


@pytest.mark.parametrize(
    ("picture", "way"),
    [
        ("S.\n.E", "ES"),
        ("E.\n.S", "NW"),
        (".S\nE.", "SW"),
        (".E\nS.", "NE"),
        ("S\n.\nE", "SS"),
        ("E..S", "WWW"),
        ("S.#\n#.E", "ESE"),
    ],
)
def test_order_of_moves(picture, way):
    assert Maze(picture).solve() == way


@pytest.mark.parametrize(
    ("picture", "message"),
    [
        ("S.\nE", "equally long"),
        ("..E", "one S, not 0"),
        ("SSE", "one S, not 2"),
        ("S..", "one E, not 0"),
        ("SE\nEE", "one E, not 3"),
        ("", "one S, not 0"),
    ],
)
def test_errors(picture, message):
    with pytest.raises(ValueError, match=message):
        Maze(picture)


def test_rooms_are_not_joined_diagonally():
    assert Maze("S#\n#E").rooms() == 2
    assert Maze("SE").rooms() == 1

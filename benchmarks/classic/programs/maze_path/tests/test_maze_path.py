import pytest
from maze_path import Maze

MAZE = """
S.#.
..#E
#...
"""


@pytest.fixture
def maze():
    return Maze(MAZE)


def test_start_and_exit(maze):
    assert maze.start == (0, 0)
    assert maze.exit == (1, 3)


def test_solve(maze):
    assert maze.solve() == "ESSEEN"


def test_no_way_out():
    assert Maze("S#E").solve() is None


def test_way_of_one_step():
    assert Maze("ES").solve() == "W"


@pytest.mark.parametrize(
    ("cell", "free"), [((0, 1), True), ((0, 2), False), ((-1, 0), False), ((0, 4), False)]
)
def test_is_free(maze, cell, free):
    assert maze.is_free(cell) is free


def test_distances(maze):
    distances = maze.distances((0, 0))
    assert distances[0, 0] == 0
    assert distances[2, 3] == 5
    assert (0, 2) not in distances


def test_rooms():
    assert Maze("S#.\n##.\nE..").rooms() == 2


@pytest.mark.parametrize("picture", ["S.\nE", "S..", "SSE", "..E"])
def test_bad_mazes(picture):
    with pytest.raises(ValueError):
        Maze(picture)

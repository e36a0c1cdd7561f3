import pytest
from game_of_life import bounds, neighbours, normalise, parse, period, run, show, step

BLINKER = parse("###")
BLOCK = parse("##\n##")
GLIDER = parse(".#.\n..#\n###")


def test_parse():
    assert parse(".#\n#.") == {(0, 1), (1, 0)}


def test_eight_neighbours():
    around = neighbours((0, 0))
    assert len(around) == 8
    assert (0, 0) not in around


def test_block_stands_still():
    assert step(BLOCK) == BLOCK


def test_blinker_turns():
    assert step(BLINKER) == {(-1, 1), (0, 1), (1, 1)}


@pytest.mark.parametrize("picture", ["#", "##", "#.#"])
def test_lonely_cells_die(picture):
    assert step(parse(picture)) == set()


def test_glider_moves():
    assert run(GLIDER, 4) == {(row + 1, column + 1) for row, column in GLIDER}


def test_show():
    assert show(GLIDER) == ".#.\n..#\n###"
    assert show(set()) == ""


def test_bounds():
    assert bounds({(2, 5), (-1, 7)}) == (-1, 5, 2, 7)


def test_normalise():
    assert normalise({(5, 5), (6, 7)}) == {(0, 0), (1, 2)}


@pytest.mark.parametrize(("world", "expected"), [(BLOCK, 1), (BLINKER, 2), (GLIDER, 4)])
def test_period(world, expected):
    assert period(world) == expected


def test_no_period():
    assert period(parse("#")) is None

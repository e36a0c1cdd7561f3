"""Conway's game of life on an endless plane; a world is a set of living (row, column) cells."""


def parse(picture):
    """The living cells of a picture in which "#" lives."""
    return {
        (row, column)
        for row, line in enumerate(picture.strip("\n").split("\n"))
        for column, sign in enumerate(line)
        if sign == "#"
    }


def neighbours(cell):
    """The eight cells around a cell."""
    row, column = cell
    return {
        (row + down, column + right)
        for down in (-1, 0, 1)
        for right in (-1, 0, 1)
        if (down, right) != (0, 0)
    }


def step(world):
    """The next generation: born with three neighbours, surviving with two or three."""
    counts = {}
    for cell in world:
        for other in neighbours(cell):
            counts[other] = counts.get(other, 0) + 1
    return {cell for cell, count in counts.items() if count == 3 or (count == 2 and cell in world)}


def run(world, generations):
    """The world after some generations."""
    for _ in range(generations):
        world = step(world)
    return world


def bounds(world):
    """(top, left, bottom, right) of the living cells, all included. Raises ValueError if none."""
    rows = [row for row, _ in world]
    columns = [column for _, column in world]
    return min(rows), min(columns), max(rows), max(columns)


def show(world):
    """A picture of the living cells, as small as possible."""
    if not world:
        return ""
    top, left, bottom, right = bounds(world)
    columns = range(left, right + 1)
    rows = range(top, bottom + 1)
    return "\n".join("".join(".#"[(row, c) in world] for c in columns) for row in rows)


def normalise(world):
    """The same pattern with its top left corner at (0, 0)."""
    if not world:
        return frozenset()
    top, left, _, _ = bounds(world)
    return frozenset((row - top, column - left) for row, column in world)


def period(world, limit=50):
    """After how many generations the pattern comes back, wherever it is then.

    None when it does not within `limit` generations. 1 for what stands still.
    """
    start = normalise(world)
    for generation in range(1, limit + 1):
        world = step(world)
        if normalise(world) == start:
            return generation
    return None

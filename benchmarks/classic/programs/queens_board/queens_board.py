"""Eight queens and other questions of attack on a chess board."""


def conflicts(columns):
    """Pairs of rows whose queens attack each other; `columns[row]` is the queen's column."""
    found = []
    for row in range(len(columns)):
        for other in range(row + 1, len(columns)):
            apart = abs(columns[row] - columns[other])
            if apart == 0 or apart == other - row:
                found.append((row, other))
    return found


def solutions(size, start=()):
    """All safe placements of `size` queens that begin with `start`, in order."""
    row = len(start)
    if conflicts(start):
        return
    if row == size:
        yield tuple(start)
        return
    for column in range(size):
        yield from solutions(size, (*start, column))


def count_solutions(size):
    """The number of safe placements, counted with bit masks."""
    full = (1 << size) - 1

    def place(columns, left, right):
        if columns == full:
            return 1
        total = 0
        free = full & ~(columns | left | right)
        while free:
            bit = free & -free
            free -= bit
            total += place(columns | bit, (left | bit) << 1, (right | bit) >> 1)
        return total

    return place(0, 0, 0)


def mirror(columns):
    """The placement seen in a mirror."""
    return tuple(len(columns) - 1 - column for column in columns)


def turn(columns):
    """The placement after a quarter turn clockwise."""
    size = len(columns)
    turned = [0] * size
    for row, column in enumerate(columns):
        turned[column] = size - 1 - row
    return tuple(turned)


def distinct(size):
    """Safe placements that are different even when turned or mirrored: the least of each family."""
    found = []
    for placement in solutions(size):
        family = []
        for image in (placement, mirror(placement)):
            for _ in range(4):
                image = turn(image)
                family.append(image)
        if placement == min(family):
            found.append(placement)
    return found


def board(columns):
    """The board as lines of "." and "Q"."""
    size = len(columns)
    return ["." * column + "Q" + "." * (size - 1 - column) for column in columns]

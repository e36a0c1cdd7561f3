"""Breadth-first search in a maze drawn with letters: "#" is wall, "S" start, "E" exit."""

from __future__ import annotations

from collections import deque

Cell = tuple[int, int]
MOVES = {"N": (-1, 0), "E": (0, 1), "S": (1, 0), "W": (0, -1)}


class Maze:
    """A maze of equally long lines."""

    def __init__(self, picture: str) -> None:
        self.lines = picture.strip().split("\n")
        if len({len(line) for line in self.lines}) != 1:
            raise ValueError("all lines must be equally long")
        self.start = self._place("S")
        self.exit = self._place("E")

    def _place(self, sign: str) -> Cell:
        places = [
            (row, column)
            for row, line in enumerate(self.lines)
            for column, letter in enumerate(line)
            if letter == sign
        ]
        if len(places) != 1:
            raise ValueError(f"the maze needs one {sign}, not {len(places)}")
        return places[0]

    def is_free(self, cell: Cell) -> bool:
        """Whether one can stand there: inside of the maze and no wall."""
        row, column = cell
        inside = 0 <= row < len(self.lines) and 0 <= column < len(self.lines[0])
        return inside and self.lines[row][column] != "#"

    def distances(self, start: Cell) -> dict[Cell, int]:
        """The number of steps from a free cell to each that can be reached."""
        found = {start: 0}
        queue = deque([start])
        while queue:
            cell = queue.popleft()
            for down, right in MOVES.values():
                beside = (cell[0] + down, cell[1] + right)
                if self.is_free(beside) and beside not in found:
                    found[beside] = found[cell] + 1
                    queue.append(beside)
        return found

    def solve(self) -> str | None:
        """A shortest way out as letters N, E, S, W, or None.

        Where several moves are equally good, the first in that order is taken.
        """
        steps = self.distances(self.exit)
        if self.start not in steps:
            return None
        way = ""
        cell = self.start
        while cell != self.exit:
            for letter, (down, right) in MOVES.items():
                beside = (cell[0] + down, cell[1] + right)
                if steps.get(beside, -1) == steps[cell] - 1:
                    way += letter
                    cell = beside
                    break
        return way

    def rooms(self) -> int:
        """The number of free areas that are not connected."""
        seen: set[Cell] = set()
        total = 0
        for row in range(len(self.lines)):
            for column in range(len(self.lines[0])):
                if self.is_free((row, column)) and (row, column) not in seen:
                    seen.update(self.distances((row, column)))
                    total += 1
        return total

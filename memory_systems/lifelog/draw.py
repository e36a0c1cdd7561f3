"""Random choices that are the same on every platform and Python version."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """A stream of choices that depends on its key alone.

    It builds on `Random.random()`, the one method whose sequence Python promises never to change.
    """

    def __init__(self, *key: object) -> None:
        text = "\x1f".join(map(str, key))
        self._random = Random(int.from_bytes(sha256(text.encode()).digest()))

    def share(self) -> float:
        """A number in [0, 1)."""
        return self._random.random()

    def chance(self, probability: float) -> bool:
        return self.share() < probability

    def between(self, low: int, high: int) -> int:
        """An integer from `low` to `high`, both included."""
        return low + int(self.share() * (high - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        return options[self.between(0, len(options) - 1)]

    def shuffled(self, options: Sequence[T]) -> list[T]:
        """A new list in another order (Fisher-Yates)."""
        mixed = list(options)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.between(0, last)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed

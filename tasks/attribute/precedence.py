"""Precedence: which changes need which, and the sets of changes that can stand by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Coalition = int
"""A set of changes as a bit mask: bit `i` is the change that was accepted at place `i`."""


def members(coalition: Coalition) -> Iterator[int]:
    """The places of the changes in it, in the order of acceptance."""
    place = 0
    while coalition:
        if coalition & 1:
            yield place
        coalition >>= 1
        place += 1


def coalition_of(places: Iterable[int]) -> Coalition:
    """The set of these places."""
    made = 0
    for place in places:
        made |= 1 << place
    return made


@dataclass(frozen=True)
class Precedence:
    """`needs[i]` holds all prerequisites of change `i`, those of its prerequisites included.

    Prerequisites were accepted earlier, so the relation is a partial order whose feasible sets are
    its ideals: sets that hold the prerequisites of all their members (Faigle & Kern 1992).
    """

    needs: tuple[Coalition, ...]

    @classmethod
    def free(cls, size: int) -> Precedence:
        """No change needs another."""
        return cls((0,) * size)

    @property
    def size(self) -> int:
        """How many changes there are."""
        return len(self.needs)

    @property
    def whole(self) -> Coalition:
        """All changes."""
        return (1 << self.size) - 1

    def requiring(self, player: int, prerequisites: Coalition) -> Precedence:
        """The same with more prerequisites of one change, for all that need it too."""
        added = self.closed(prerequisites)
        return Precedence(
            tuple(
                own | added if place == player or own >> player & 1 else own
                for place, own in enumerate(self.needs)
            )
        )

    def closed(self, coalition: Coalition) -> Coalition:
        """The smallest feasible set that holds it: prerequisites come along."""
        for place in members(coalition):
            coalition |= self.needs[place]
        return coalition

    def active(self, coalition: Coalition) -> Coalition:
        """The largest feasible set within it: what lacks a prerequisite is not there."""
        return coalition_of(p for p in members(coalition) if not self.needs[p] & ~coalition)

    def dependants(self, player: int) -> Coalition:
        """The changes that need this one."""
        return coalition_of(p for p, own in enumerate(self.needs) if own >> player & 1)

    def following(self, coalition: Coalition) -> Iterator[int]:
        """The changes that may come next."""
        for place, own in enumerate(self.needs):
            if not coalition >> place & 1 and not own & ~coalition:
                yield place

    def feasible_sets(self, limit: int) -> tuple[Coalition, ...] | None:
        """All feasible sets by size, the empty one first; None where there are more than `limit`.

        Without any precedence there are 2^n.
        """
        layer, found = {0}, [0]
        while layer:
            layer = {c | 1 << place for c in layer for place in self.following(c)}
            found += sorted(layer)
            if len(found) > limit:
                return None
        return tuple(found)

    def components(self) -> tuple[tuple[int, ...], ...]:
        """The changes in parts that do not need each other, each in the order of acceptance."""
        parts: list[Coalition] = []
        for place, own in enumerate(self.needs):
            linked = 1 << place | own
            touching = [part for part in parts if part & linked]
            parts = [part for part in parts if not part & linked]
            for part in touching:
                linked |= part
            parts.append(linked)
        return tuple(tuple(members(part)) for part in sorted(parts))

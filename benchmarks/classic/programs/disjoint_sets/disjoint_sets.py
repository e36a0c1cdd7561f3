"""Union-find with union by size and path compression."""

from __future__ import annotations

from collections.abc import Hashable, Iterable


class DisjointSets:
    """A partition of items into sets that can only grow together."""

    def __init__(self, items: Iterable[Hashable] = ()) -> None:
        self._parent: dict[Hashable, Hashable] = {}
        self._size: dict[Hashable, int] = {}
        self.count = 0
        for item in items:
            self.add(item)

    def add(self, item: Hashable) -> bool:
        """Adds an item as a set of its own; False when it was there already."""
        if item in self._parent:
            return False
        self._parent[item] = item
        self._size[item] = 1
        self.count += 1
        return True

    def find(self, item: Hashable) -> Hashable:
        """The representative of the item's set. Raises KeyError for an unknown item."""
        root = item
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[item] != root:
            self._parent[item], item = root, self._parent[item]
        return root

    def union(self, a: Hashable, b: Hashable) -> bool:
        """Joins two sets, the smaller into the larger; False when they were one already."""
        big, small = self.find(a), self.find(b)
        if big == small:
            return False
        if self._size[big] < self._size[small]:
            big, small = small, big
        self._parent[small] = big
        self._size[big] += self._size[small]
        self.count -= 1
        return True

    def connected(self, a: Hashable, b: Hashable) -> bool:
        """Whether both items are in one set."""
        return self.find(a) == self.find(b)

    def size(self, item: Hashable) -> int:
        """How many items the set of this item has."""
        return self._size[self.find(item)]

    def groups(self) -> list[list[Hashable]]:
        """All sets, the largest first; equally large ones by the order of their first items."""
        members: dict[Hashable, list[Hashable]] = {}
        for item in self._parent:
            members.setdefault(self.find(item), []).append(item)
        return sorted(members.values(), key=len, reverse=True)

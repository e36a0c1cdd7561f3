"""Sets of items, each written once: what traces hold in place of the items themselves."""

from __future__ import annotations

from collections.abc import Iterable


class Sets:
    """Numbers items, and the distinct sets of them, in the order of their first mention."""

    def __init__(self) -> None:
        self.items: list[str] = []
        self.sets: list[tuple[int, ...]] = []
        self._items: dict[str, int] = {}
        self._sets: dict[tuple[int, ...], int] = {}

    def number(self, items: Iterable[str]) -> int:
        """The number of a set."""
        key = tuple(sorted(self._item(item) for item in sorted(items)))
        if key not in self._sets:
            self._sets[key] = len(self.sets)
            self.sets.append(key)
        return self._sets[key]

    def _item(self, item: str) -> int:
        if item not in self._items:
            self._items[item] = len(self.items)
            self.items.append(item)
        return self._items[item]

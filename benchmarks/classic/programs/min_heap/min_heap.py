"""A binary heap: the smallest item first."""

from __future__ import annotations

from typing import Any


class MinHeap:
    """Items in a list where no parent is larger than its children."""

    def __init__(self, items: list[Any] | None = None) -> None:
        """Builds the heap bottom-up in linear time from a copy of `items`."""
        self._items = list(items or [])
        for index in range(len(self._items) // 2 - 1, -1, -1):
            self._sift_down(index)

    def __len__(self) -> int:
        return len(self._items)

    def push(self, item: Any) -> None:
        """Adds an item in logarithmic time."""
        self._items.append(item)
        self._sift_up(len(self._items) - 1)

    def peek(self) -> Any:
        """The smallest item, which stays. Raises IndexError when empty."""
        if not self._items:
            raise IndexError("the heap is empty")
        return self._items[0]

    def pop(self) -> Any:
        """Removes and returns the smallest item. Raises IndexError when empty."""
        top = self.peek()
        last = self._items.pop()
        if self._items:
            self._items[0] = last
            self._sift_down(0)
        return top

    def replace(self, item: Any) -> Any:
        """Pops the smallest item and pushes `item` in one step."""
        top = self.peek()
        self._items[0] = item
        self._sift_down(0)
        return top

    def _sift_up(self, index: int) -> None:
        while index > 0:
            parent = (index - 1) // 2
            if self._items[parent] <= self._items[index]:
                break
            self._swap(parent, index)
            index = parent

    def _sift_down(self, index: int) -> None:
        while True:
            smallest = index
            for child in (2 * index + 1, 2 * index + 2):
                if child < len(self) and self._items[child] < self._items[smallest]:
                    smallest = child
            if smallest == index:
                return
            self._swap(smallest, index)
            index = smallest

    def _swap(self, a: int, b: int) -> None:
        self._items[a], self._items[b] = self._items[b], self._items[a]


def largest(items: list[Any], count: int) -> list[Any]:
    """The `count` largest items, largest first, with a heap of that size."""
    if count <= 0:
        return []
    heap = MinHeap(items[:count])
    for item in items[count:]:
        if item > heap.peek():
            heap.replace(item)
    return [heap.pop() for _ in range(len(heap))][::-1]

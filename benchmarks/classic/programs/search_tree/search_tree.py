"""A binary search tree of distinct keys (not balanced)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class Node:
    """A key with the smaller keys to its left and the larger ones to its right."""

    def __init__(self, key: int) -> None:
        self.key = key
        self.left: Node | None = None
        self.right: Node | None = None


class SearchTree:
    """Insertion, removal and ordered queries."""

    def __init__(self, keys: Iterable[int] = ()) -> None:
        self.root: Node | None = None
        for key in keys:
            self.insert(key)

    def insert(self, key: int) -> bool:
        """Adds a key; False when it is there already."""
        if key in self:
            return False
        self.root = self._with(self.root, key)
        return True

    def _with(self, node: Node | None, key: int) -> Node:
        if node is None:
            return Node(key)
        if key < node.key:
            node.left = self._with(node.left, key)
        else:
            node.right = self._with(node.right, key)
        return node

    def __contains__(self, key: int) -> bool:
        node = self.root
        while node is not None and node.key != key:
            node = node.left if key < node.key else node.right
        return node is not None

    def __iter__(self) -> Iterator[int]:
        """All keys, ascending."""
        yield from self.between(None, None)

    def between(self, low: int | None, high: int | None) -> list[int]:
        """The keys from `low` to `high`, both included; None leaves a side open."""
        found: list[int] = []

        def visit(node: Node | None) -> None:
            if node is None:
                return
            if low is None or low < node.key:
                visit(node.left)
            if (low is None or low <= node.key) and (high is None or node.key <= high):
                found.append(node.key)
            if high is None or node.key < high:
                visit(node.right)

        visit(self.root)
        return found

    def remove(self, key: int) -> None:
        """Removes a key. Raises KeyError when it is not there."""
        if key not in self:
            raise KeyError(key)
        self.root = self._without(self.root, key)

    def _without(self, node: Node, key: int) -> Node | None:
        if key < node.key:
            node.left = self._without(node.left, key)
        elif key > node.key:
            node.right = self._without(node.right, key)
        elif node.left is None:
            return node.right
        elif node.right is None:
            return node.left
        else:
            successor = node.right
            while successor.left is not None:
                successor = successor.left
            node.key = successor.key
            node.right = self._without(node.right, successor.key)
        return node

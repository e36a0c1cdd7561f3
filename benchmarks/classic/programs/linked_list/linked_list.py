"""A singly linked list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass
class Node:
    """One value and the node after it."""

    value: Any
    next: Node | None = None


class LinkedList:
    """A list that is cheap to change at both ends."""

    def __init__(self, values: Iterable[Any] = ()) -> None:
        self.head: Node | None = None
        self.tail: Node | None = None
        self._length = 0
        for value in values:
            self.append(value)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Any]:
        node = self.head
        while node is not None:
            yield node.value
            node = node.next

    def append(self, value: Any) -> None:
        """Adds a value at the end."""
        node = Node(value)
        if self.tail is None:
            self.head = node
        else:
            self.tail.next = node
        self.tail = node
        self._length += 1

    def insert(self, index: int, value: Any) -> None:
        """Puts a value before the one at `index`. Raises IndexError outside of 0..length."""
        if not 0 <= index <= self._length:
            raise IndexError(index)
        if index == self._length:
            self.append(value)
            return
        if index == 0:
            self.head = Node(value, self.head)
        else:
            before = self._node(index - 1)
            before.next = Node(value, before.next)
        self._length += 1

    def remove(self, value: Any) -> bool:
        """Removes the first equal value; False when there is none."""
        before, node = None, self.head
        while node is not None and node.value != value:
            before, node = node, node.next
        if node is None:
            return False
        if before is None:
            self.head = node.next
        else:
            before.next = node.next
        if node is self.tail:
            self.tail = before
        self._length -= 1
        return True

    def reverse(self) -> None:
        """Turns the list round in place."""
        before, node = None, self.head
        self.tail = self.head
        while node is not None:
            node.next, before, node = before, node, node.next
        self.head = before

    def middle(self) -> Any:
        """The middle value, the later of two. Raises IndexError when empty."""
        if self.head is None:
            raise IndexError("the list is empty")
        slow = fast = self.head
        while fast is not None and fast.next is not None:
            slow, fast = slow.next, fast.next.next
        return slow.value

    def _node(self, index: int) -> Node:
        node = self.head
        for _ in range(index):
            node = node.next
        return node

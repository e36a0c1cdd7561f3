"""A stack with a limit."""


class Stack:
    """Last in, first out; `limit` items at most."""

    def __init__(self, limit=10):
        self.items = []
        self.limit = limit

    def push(self, item):
        """Adds an item; False when the stack is full."""
        if len(self.items) > self.limit:
            return False
        self.items.append(item)
        return True

    def pop(self):
        """The last item, None when there is none."""
        if not self.items:
            return None
        return self.items.pop()

    def peek(self):
        """The last item, which stays."""
        return self.items[-1] if self.items else None

    def __len__(self):
        return len(self.items)

"""Balanced brackets: where they break, how deep they go, and which ones belong together."""

PAIRS = {")": "(", "]": "[", "}": "{"}


def first_error(text):
    """The index of the first bracket that is wrong, or None when all is balanced.

    A closing bracket is wrong when it has no partner of its kind; if all of those are right, the
    last opening bracket that stays open is.
    """
    stack = []
    for index, letter in enumerate(text):
        if letter in PAIRS.values():
            stack.append(index)
        elif letter in PAIRS:
            if not stack or text[stack[-1]] != PAIRS[letter]:
                return index
            stack.pop()
    return stack[-1] if stack else None


def is_balanced(text):
    """Whether every bracket has its partner."""
    return first_error(text) is None


def depth(text):
    """The deepest nesting of a balanced text. Raises ValueError when it is not balanced."""
    error = first_error(text)
    if error is not None:
        raise ValueError(f"unbalanced bracket at {error}")
    deepest = level = 0
    for letter in text:
        if letter in PAIRS.values():
            level += 1
            deepest = max(deepest, level)
        elif letter in PAIRS:
            level -= 1
    return deepest


def partners(text):
    """The index of each opening bracket of a balanced text and that of its closing one."""
    found = {}
    stack = []
    for index, letter in enumerate(text):
        if letter in PAIRS.values():
            stack.append(index)
        elif letter in PAIRS:
            found[stack.pop()] = index
    return found


def closers(text):
    """The brackets that must be appended so that the text is balanced.

    Raises ValueError when appending does not help.
    """
    closing = {opening: closer for closer, opening in PAIRS.items()}
    stack = []
    for index, letter in enumerate(text):
        if letter in closing:
            stack.append(closing[letter])
        elif letter in PAIRS and (not stack or stack.pop() != letter):
            raise ValueError(f"nothing mends the bracket at {index}")
    return "".join(reversed(stack))

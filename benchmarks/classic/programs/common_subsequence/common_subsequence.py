"""Longest common subsequences and a line diff built on them."""


def lengths(a, b):
    """`result[i][j]` is the length of the longest common subsequence of a[i:] and b[j:]."""
    result = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            if a[i] == b[j]:
                result[i][j] = result[i + 1][j + 1] + 1
            else:
                result[i][j] = max(result[i + 1][j], result[i][j + 1])
    return result


def common_subsequence(a, b):
    """One longest common subsequence, as a list."""
    return [line[1] for line in diff(a, b) if line[0] == " "]


def diff(old, new):
    """The lines of both as (mark, line): " " is kept, "-" removed, "+" added.

    Where both orders are possible, removals come before additions.
    """
    left = lengths(old, new)
    i = j = 0
    result = []
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            result.append((" ", old[i]))
            i += 1
            j += 1
        elif left[i + 1][j] >= left[i][j + 1]:
            result.append(("-", old[i]))
            i += 1
        else:
            result.append(("+", new[j]))
            j += 1
    result.extend(("-", line) for line in old[i:])
    result.extend(("+", line) for line in new[j:])
    return result


def apply(old, changes):
    """The new lines that a diff makes of `old`. Raises ValueError when it does not fit."""
    lines = iter(old)
    result = []
    for mark, line in changes:
        if mark != "+" and next(lines, None) != line:
            raise ValueError(f"expected {line!r}")
        if mark != "-":
            result.append(line)
    if next(lines, None) is not None:
        raise ValueError("the diff ends too early")
    return result


def summary(changes):
    """How many lines were added and removed, as "+2 -1"."""
    marks = [mark for mark, _ in changes]
    return f"+{marks.count('+')} -{marks.count('-')}"

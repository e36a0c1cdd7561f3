"""Levenshtein distance, the edits behind it, and the search for the closest word."""


def table(source: str, target: str) -> list[list[int]]:
    """Costs of turning every prefix of `source` into every prefix of `target`."""
    costs = [[0] * (len(target) + 1) for _ in range(len(source) + 1)]
    for i in range(len(source) + 1):
        for j in range(len(target) + 1):
            if i == 0:
                costs[i][j] = j
            elif j == 0:
                costs[i][j] = i
            else:
                same = source[i - 1] == target[j - 1]
                costs[i][j] = min(
                    costs[i - 1][j] + 1,
                    costs[i][j - 1] + 1,
                    costs[i - 1][j - 1] + (0 if same else 1),
                )
    return costs


def distance(source: str, target: str) -> int:
    """The fewest insertions, deletions and substitutions of one letter."""
    return table(source, target)[-1][-1]


def similarity(source: str, target: str) -> float:
    """1.0 for equal texts, 0.0 when nothing can be kept."""
    longest = max(len(source), len(target))
    if longest == 0:
        return 1.0
    return 1 - distance(source, target) / longest


def edits(source: str, target: str) -> list[str]:
    """The edits from left to right: "-x" deletes, "+x" inserts, "x>y" replaces."""
    costs = table(source, target)
    i, j = len(source), len(target)
    steps = []
    while i > 0 or j > 0:
        if i > 0 and j > 0 and source[i - 1] == target[j - 1]:
            i, j = i - 1, j - 1
        elif i > 0 and j > 0 and costs[i][j] == costs[i - 1][j - 1] + 1:
            steps.append(f"{source[i - 1]}>{target[j - 1]}")
            i, j = i - 1, j - 1
        elif i > 0 and costs[i][j] == costs[i - 1][j] + 1:
            steps.append(f"-{source[i - 1]}")
            i -= 1
        else:
            steps.append(f"+{target[j - 1]}")
            j -= 1
    return steps[::-1]


def closest(word: str, choices: list[str], limit: int = 2) -> str | None:
    """The first of the nearest choices within `limit` edits, or None."""
    near = [choice for choice in choices if distance(word, choice) <= limit]
    return min(near, key=lambda choice: distance(word, choice), default=None)

"""Words of a text."""


def count(text):
    """How often each word occurs, whatever its case."""
    found = {}
    for word in text.split():
        key = word.strip(".,;:!?")
        found[key] = found.get(key, 0) + 1
    return found


def longest(text):
    """The longest word; the first of several."""
    best = ""
    for word in text.split():
        if len(word) > len(best):
            best = word
    return best

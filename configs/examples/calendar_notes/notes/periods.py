"""Selecting notes by period and tag."""


def between(notes, first, last):
    """Notes from `first` to `last`, both days included."""
    return [note for note in notes if first <= note.day < last]


def tagged(notes, tag):
    """Notes with a tag, whatever its case."""
    return [note for note in notes if tag in note.tags]


def latest(notes, count):
    """The newest notes, newest first."""
    return sorted(notes, key=lambda note: note.day, reverse=True)[:count]

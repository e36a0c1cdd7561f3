"""Notes as text: one a line, `2024-05-17 #tag #other text`."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Note:
    day: date
    tags: tuple
    text: str


def parse_line(line):
    head, _, rest = line.strip().partition(" ")
    words = rest.split()
    tags = tuple(word[1:].lower() for word in words if word.startswith("#"))
    text = " ".join(word for word in words if not word.startswith("#"))
    return Note(date.fromisoformat(head), tags, text)


def parse(text):
    return [parse_line(line) for line in text.splitlines() if line.strip()]

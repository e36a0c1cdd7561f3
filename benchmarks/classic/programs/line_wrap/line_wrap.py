"""Greedy word wrap, and alignment of the lines."""

from __future__ import annotations


def split_long(word: str, width: int) -> list[str]:
    """Cuts a word that is longer than a line into pieces that fit."""
    return [word[start : start + width] for start in range(0, len(word), width)]


def wrap(text: str, width: int) -> list[str]:
    """Fills lines of at most `width` letters with words; longer words are cut.

    Raises ValueError when the width is less than 1.
    """
    if width < 1:
        raise ValueError("a line needs room for one letter")
    lines: list[str] = []
    current = ""
    for word in text.split():
        for piece in split_long(word, width):
            if not current:
                current = piece
            elif len(current) + 1 + len(piece) <= width:
                current += " " + piece
            else:
                lines.append(current)
                current = piece
    if current:
        lines.append(current)
    return lines


def justify(line: str, width: int) -> str:
    """Widens the gaps so that the line is `width` long; gaps at the left get more.

    A line of one word is padded at its end.
    """
    words = line.split()
    if len(words) < 2:
        return line.ljust(width)
    gaps = len(words) - 1
    spaces = width - sum(len(word) for word in words)
    each, extra = divmod(spaces, gaps)
    result = words[0]
    for index, word in enumerate(words[1:]):
        result += " " * (each + (1 if index < extra else 0)) + word
    return result


def paragraph(text: str, width: int) -> str:
    """The text wrapped and justified; its last line stays as it is."""
    lines = wrap(text, width)
    return "\n".join([justify(line, width) for line in lines[:-1]] + lines[-1:])


def box(text: str, width: int) -> list[str]:
    """The wrapped lines, centred in a frame that is `width` wide in all."""
    inner = width - 4
    edge = "+" + "-" * (width - 2) + "+"
    return [edge, *(f"| {line.center(inner)} |" for line in wrap(text, inner)), edge]

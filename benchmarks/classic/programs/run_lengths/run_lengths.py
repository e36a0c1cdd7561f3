"""Run-length coding of text: "aaab" is "3ab", digits and backslashes are escaped."""


def runs(text):
    """The text as a list of (letter, how often in a row)."""
    result = []
    for letter in text:
        if result and result[-1][0] == letter:
            result[-1] = (letter, result[-1][1] + 1)
        else:
            result.append((letter, 1))
    return result


def encode(text):
    """Writes each run as count and letter; a count of one is left out."""
    parts = []
    for letter, length in runs(text):
        if length > 1:
            parts.append(str(length))
        if letter.isdigit() or letter == "\\":
            parts.append("\\")
        parts.append(letter)
    return "".join(parts)


def decode(code):
    """Reverses `encode`. Raises ValueError where the code ends in the middle of a run."""
    text = []
    count = ""
    escaped = False
    for letter in code:
        if letter == "\\" and not escaped:
            escaped = True
        elif letter.isdigit() and not escaped:
            count += letter
        else:
            text.append(letter * int(count or 1))
            count = ""
            escaped = False
    if count or escaped:
        raise ValueError(f"the code {code!r} ends in the middle of a run")
    return "".join(text)


def ratio(text):
    """Length of the code as a share of the text's length; 1.0 for an empty text."""
    if not text:
        return 1.0
    return len(encode(text)) / len(text)


def longest_run(text):
    """The letter with the longest run and its length; the first one on a tie."""
    return max(runs(text), key=lambda run: run[1], default=("", 0))

"""Figures in words: always with their interval and n, and text from outside made safe to show."""

from __future__ import annotations

import re
import unicodedata

from tasks.records.change import ChangeType
from tasks.records.score import Difference, Estimate

TYPE_NAMES: dict[ChangeType, str] = {
    "bug_fix": "Bug fixes",
    "architecture": "Architecture",
    "prompt": "Prompts",
    "hyperparameter": "Hyperparameters",
}
"""What the four types are called, in the order in which they are always shown."""

_KEPT = "\n\t"
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs"}
_MINUS = re.compile(r"(?<![\w-])-(?=\d)")


def number(value: float, decimals: int) -> str:
    """A plain number, without a negative zero."""
    text = f"{value:.{decimals}f}"
    return text.lstrip("-") if float(text) == 0 else text


def signed(value: float, decimals: int) -> str:
    """A number with its sign; zero has none."""
    text = number(value, decimals)
    return text if text.startswith("-") or float(text) == 0 else f"+{text}"


def decimals_for(*values: float) -> int:
    """Three for scores between 0 and 1; fewer for large units, four where three show nothing."""
    largest = max((abs(value) for value in values), default=0.0)
    if largest >= 100:
        return 1
    if largest >= 10:
        return 2
    return 4 if 0 < largest < 0.01 else 3


def estimate(e: Estimate) -> str:
    """Such as `0.214 [0.195, 0.233], n=480`; of a census `0.667 exact, n=9`."""
    return f"{score(e)} {bounds(e)}, n={e.n}"


def score(e: Estimate) -> str:
    """The estimate alone: for places that show its interval and n right beside it."""
    return number(e.score, decimals_for(e.score))


def bounds(e: Estimate) -> str:
    """The interval of an estimate, to its own decimals; `exact` where nothing was estimated."""
    if e.interval.exact:
        return "exact"
    places = decimals_for(e.score)
    return f"[{number(e.interval.low, places)}, {number(e.interval.high, places)}]"


def difference(d: Difference) -> str:
    """Such as `+0.031 [+0.012, +0.050], n=480` or `+0.125 exact, n=8`; positive is better."""
    return f"{delta(d)} {margin(d)}, n={d.n}"


def delta(d: Difference) -> str:
    """The difference alone: for places that show its interval and n right beside it."""
    return signed(d.delta, _places(d))


def margin(d: Difference) -> str:
    """The interval of a difference; `exact` where nothing was estimated."""
    if d.interval.exact:
        return "exact"
    places = _places(d)
    return f"[{signed(d.interval.low, places)}, {signed(d.interval.high, places)}]"


def p_value(d: Difference) -> str:
    """One-sided, as the test gave it; of a census, whether an item pays for the gain."""
    if d.interval.exact:
        paid = "paid for by other items" if d.delta > 0 else "no gain"
        return paid if d.p_value > 0 else "no item got worse"
    return "p<0.001" if d.p_value < 0.001 else f"p={d.p_value:.3f}"


def measured(e: Estimate | None) -> str:
    """An estimate in words, or that there is none."""
    return "not measured" if e is None else estimate(e)


def tested(d: Difference | None) -> str:
    """A difference with its p-value in words, or that there is none."""
    return "not measured" if d is None else f"{difference(d)}, {p_value(d)}"


def sample(e: Estimate | Difference) -> str:
    """Such as `n=480 in 4 groups`."""
    return f"n={e.n} in {counted(e.groups, 'group')}"


def counted(count: int, noun: str) -> str:
    """Such as `1 group` and `4 groups`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def duration(seconds: float) -> str:
    """Such as `0.4 s`, `48 s`, `3 min 20 s`, `2 h 5 min`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


def visible(text: str) -> str:
    """Control, escape and direction-changing characters as visible escapes.

    Titles, reasons and diffs come from code that nobody vouches for: an escape sequence could
    rewrite a terminal, a bidirectional override could show a diff other than it is.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(c) for c in text)


def line(text: str, width: int) -> str:
    """The text on one line, cut with an ellipsis where it is longer than `width` characters."""
    flat = " ".join(visible(text).split())
    return flat if len(flat) <= width else f"{flat[: width - 1].rstrip()}…"


def typeset(text: str) -> str:
    """Hyphens that stand for minus signs as minus signs; for pages, not for terminals or CSV."""
    return _MINUS.sub("\N{MINUS SIGN}", text)


def _shown(character: str) -> str:
    if character in _KEPT or unicodedata.category(character) not in _UNSEEN:
        return character
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")


def _places(d: Difference) -> int:
    return decimals_for(d.delta, d.interval.low, d.interval.high)

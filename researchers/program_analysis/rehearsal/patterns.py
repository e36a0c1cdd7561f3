"""Regular expressions for rehearsed code: `re`, of bounded length and time.

The engine is `regex`, which can be told when to give up; `re` cannot, and a pattern that backtracks
would hold up the search.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import regex

from researchers.program_analysis.rehearsal.limits import Refused, charge, length, paid

SECONDS = 0.05
LONGEST = 1_000
"""Characters of what is put in, and ten times as many of a text."""
_PATTERN = 5_000
"""Characters of a pattern."""
FLAGS = {
    name: getattr(regex, name)
    for name in ("I", "IGNORECASE", "M", "MULTILINE", "S", "DOTALL", "X", "VERBOSE", "A", "ASCII",
                 "U", "UNICODE")
}  # fmt: skip
MATCH = frozenset(
    {
        "group",
        "groups",
        "groupdict",
        "start",
        "end",
        "span",
        "lastgroup",
        "lastindex",
        "string",
        "pos",
        "endpos",
    }
)
PATTERN = frozenset(
    {
        "match",
        "search",
        "fullmatch",
        "findall",
        "finditer",
        "sub",
        "subn",
        "split",
        "pattern",
        "flags",
        "groups",
        "groupindex",
    }
)
Match = regex.Match


class Pattern:
    """A compiled pattern."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._compiled = regex.compile(pattern, flags | regex.V0)
        self.flags, self.groups = flags | int(isinstance(pattern, str)) * 32, self._compiled.groups
        self.groupindex = self._compiled.groupindex

    def match(self, string: str, *ends: int) -> Any:
        """A match at the start."""
        return self._do("match", string, ends)

    def search(self, string: str, *ends: int) -> Any:
        """The first match."""
        return self._do("search", string, ends)

    def fullmatch(self, string: str, *ends: int) -> Any:
        """A match of the whole text."""
        return self._do("fullmatch", string, ends)

    def findall(self, string: str, *ends: int) -> Any:
        """All matches, as `re.findall` gives them."""
        return self._do("findall", string, ends)

    def finditer(self, string: str, *ends: int) -> Iterator[Any]:
        """All matches."""
        found = self._compiled.finditer
        return iter(self._done(lambda: list(found(string, *ends, timeout=SECONDS)), string))

    def split(self, string: str, maxsplit: int = 0) -> Any:
        """The parts between matches."""
        split = self._compiled.split
        return self._done(lambda: split(string, maxsplit=maxsplit, timeout=SECONDS), string)

    def sub(self, repl: Any, string: str, count: int = 0) -> Any:
        """The text with matches replaced."""
        return self._put("sub", repl, string, count)

    def subn(self, repl: Any, string: str, count: int = 0) -> Any:
        """The text with matches replaced, and how many they were."""
        return self._put("subn", repl, string, count)

    def _put(self, name: str, repl: Any, string: str, count: int) -> Any:
        if isinstance(repl, str | bytes) and length(repl) > LONGEST:
            raise Refused("a text too long")
        put = getattr(self._compiled, name)
        if callable(repl):
            new = repl
            repl = lambda match: paid(new(match))  # noqa: E731
        return self._done(lambda: put(repl, string, count=count, timeout=SECONDS), string)

    def _do(self, name: str, text: Any, ends: tuple[int, ...]) -> Any:
        text = bytes(text) if isinstance(text, bytearray) else text
        do = getattr(self._compiled, name)
        return self._done(lambda: do(text, *ends, timeout=SECONDS), text)

    def _done(self, function: Callable[[], Any], text: str) -> Any:
        if not isinstance(text, type(self.pattern)):
            raise TypeError("expected string or bytes-like object")
        if length(text) > 10 * LONGEST:
            raise Refused("a text too long")
        charge(length(text))
        try:
            return _paid_parts(function())
        except TimeoutError:
            raise Refused("a pattern that takes long") from None


def _paid_parts(found: Any) -> Any:
    """What was found, charged: groups that look ahead repeat much of the text."""
    if isinstance(found, list):
        told = sum(len(part) for row in found for part in (row if type(row) is tuple else (row,))
                   if isinstance(part, str | bytes))  # fmt: skip
        charge(told)
    return found


@lru_cache(maxsize=512)
def _compiled(pattern: str | bytes, flags: int) -> Pattern:
    return Pattern(pattern, flags)


def compile(pattern: Any, flags: int = 0) -> Pattern:
    """`re.compile`, of text."""
    if isinstance(pattern, Pattern):
        return pattern
    if not isinstance(pattern, str | bytes) or length(pattern) > _PATTERN:
        raise Refused("a pattern")
    plain = str.__str__(pattern) if isinstance(pattern, str) else bytes(pattern)
    return _compiled(plain, int(flags))


def search(pattern: str, text: str) -> Any:
    """`re.search`."""
    return compile(pattern).search(text)


_BEFORE_FLAGS = {"split": 2, "sub": 3, "subn": 3}
"""Arguments between the pattern and the flags; one of the other functions."""


def functions() -> dict[str, Any]:
    """The functions of `re` that take a pattern first."""

    def of(name: str) -> Callable[..., Any]:
        before = _BEFORE_FLAGS.get(name, 1)

        def run(pattern: Any, *given: Any, flags: int = 0, **named: Any) -> Any:
            if len(given) == before + 1:
                *given, flags = given  # type: ignore[assignment]
            return getattr(compile(pattern, flags), name)(*given, **named)

        run.__name__ = name
        return run

    return {name: of(name) for name in PATTERN - {"pattern", "flags", "groups", "groupindex"}} | {
        "compile": compile,
        "escape": re.escape,
        "error": regex.error,
        "Pattern": Pattern,
        "Match": Match,
        **FLAGS,
    }

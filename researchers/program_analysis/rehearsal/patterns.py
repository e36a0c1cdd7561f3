"""Regular expressions for rehearsed code: `re`, of bounded length and time.

The engine is `regex`, which can be told when to give up; `re` cannot, and a pattern that backtracks
would hold up the search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import regex

from researchers.program_analysis.rehearsal.limits import Refused, charge

SECONDS = 0.05
LONGEST = 1_000
"""Characters of a pattern, and ten times as many of a text."""
FLAGS = {
    name: getattr(regex, name)
    for name in ("I", "IGNORECASE", "M", "MULTILINE", "S", "DOTALL", "X", "VERBOSE", "A", "ASCII",
                 "U", "UNICODE")
}  # fmt: skip
MATCH = frozenset(
    {"group", "groups", "groupdict", "start", "end", "span", "lastgroup", "lastindex", "string"}
)
PATTERN = frozenset(
    {"match", "search", "fullmatch", "findall", "finditer", "sub", "subn", "split", "pattern"}
)
Match = regex.Match


class Pattern:
    """A compiled pattern."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._compiled = regex.compile(pattern, flags | regex.V0)

    def match(self, text: str) -> Any:
        """A match at the start."""
        return self._do("match", text)

    def search(self, text: str) -> Any:
        """The first match."""
        return self._do("search", text)

    def fullmatch(self, text: str) -> Any:
        """A match of the whole text."""
        return self._do("fullmatch", text)

    def findall(self, text: str) -> Any:
        """All matches, as `re.findall` gives them."""
        return self._do("findall", text)

    def finditer(self, text: str) -> Iterator[Any]:
        """All matches."""
        return iter(self._done(lambda: list(self._compiled.finditer(text, timeout=SECONDS)), text))

    def split(self, text: str, maxsplit: int = 0) -> Any:
        """The parts between matches."""
        split = self._compiled.split
        return self._done(lambda: split(text, maxsplit=maxsplit, timeout=SECONDS), text)

    def sub(self, new: Any, text: str, count: int = 0) -> Any:
        """The text with matches replaced."""
        return self._put("sub", new, text, count)

    def subn(self, new: Any, text: str, count: int = 0) -> Any:
        """The text with matches replaced, and how many they were."""
        return self._put("subn", new, text, count)

    def _put(self, name: str, new: Any, text: str, count: int) -> Any:
        if isinstance(new, str) and len(new) > LONGEST:
            raise Refused("a text too long")
        put = getattr(self._compiled, name)
        return self._done(lambda: put(new, text, count=count, timeout=SECONDS), text)

    def _do(self, name: str, text: str) -> Any:
        return self._done(lambda: getattr(self._compiled, name)(text, timeout=SECONDS), text)

    def _done(self, function: Callable[[], Any], text: str) -> Any:
        if not isinstance(text, str) or len(text) > 10 * LONGEST:
            raise Refused("a text too long, or none")
        charge(len(text))
        try:
            return function()
        except TimeoutError:
            raise Refused("a pattern that takes long") from None


@lru_cache(maxsize=512)
def _compiled(pattern: str, flags: int) -> Pattern:
    return Pattern(pattern, flags)


def compile(pattern: Any, flags: int = 0) -> Pattern:
    """`re.compile`, of text."""
    if isinstance(pattern, Pattern):
        return pattern
    if not isinstance(pattern, str) or len(pattern) > LONGEST:
        raise Refused("a pattern")
    return _compiled(str.__str__(pattern), int(flags))


def search(pattern: str, text: str) -> Any:
    """`re.search`."""
    return compile(pattern).search(text)


def functions() -> dict[str, Any]:
    """The functions of `re` that take a pattern first."""

    def of(name: str) -> Callable[..., Any]:
        def run(pattern: Any, *given: Any, flags: int = 0, **named: Any) -> Any:
            return getattr(compile(pattern, flags), name)(*given, **named)

        return run

    return {name: of(name) for name in PATTERN - {"pattern"}} | {
        "compile": compile,
        "escape": regex.escape,
        "error": regex.error,
        **FLAGS,
    }

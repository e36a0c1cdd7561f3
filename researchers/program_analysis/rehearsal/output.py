"""What a rehearsed program prints: kept with the meter of its test, and shown to nobody."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

from researchers.program_analysis.rehearsal.limits import LONGEST, RUNNING, Refused, charge
from researchers.program_analysis.rehearsal.methods import METHODS

Captured = namedtuple("Captured", ["out", "err"])


class Stream:
    """`sys.stdout` or `sys.stderr`."""

    encoding = "utf-8"

    def __init__(self, name: str) -> None:
        self._name = name

    def write(self, text: str) -> int:
        """Keeps a text."""
        if not isinstance(text, str):
            raise TypeError("write() argument must be str")
        charge(str.__len__(text))
        printed = RUNNING.get().printed
        kept = printed.get(self._name, "") + text
        if len(kept) > LONGEST:
            raise Refused("prints too much")
        printed[self._name] = kept
        return str.__len__(text)

    def flush(self) -> None:
        """Nothing."""

    def isatty(self) -> bool:
        """It is none."""
        return False


METHODS[Stream] = frozenset({"write", "flush", "isatty", "encoding"})
OUT, ERR = Stream("out"), Stream("err")


class Capture:
    """`capsys`."""

    def readouterr(self) -> Any:
        """What was printed since it was asked last."""
        printed = RUNNING.get().printed
        return Captured(printed.pop("out", ""), printed.pop("err", ""))


METHODS[Capture] = frozenset({"readouterr"})
METHODS[Captured] = frozenset({"out", "err"})

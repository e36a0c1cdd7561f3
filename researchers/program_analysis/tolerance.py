"""One detector or operator that falls over code nobody foresaw takes no other with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from tasks.records.dossier import Dossier

T = TypeVar("T")
FALLS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What analysis of strange code ends in; anything else is the machine's trouble, and goes on up."""


def gathered(dossier: Dossier, name: str, make: Callable[[], Iterable[T]]) -> list[T]:
    """All that `make` yields, or as much as it did before it fell; that it fell is told.

    Where nobody is there to be told, the error goes on up: nothing is lost in silence.
    """
    found: list[T] = []
    try:
        found.extend(make())
    except FALLS as error:
        if dossier.lab is None:
            raise
        said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        effect = f"what else it would have found in {dossier.base[:12]} is missing"
        dossier.lab.degrade(f"{name} fell over this code ({said})", effect)
    return found

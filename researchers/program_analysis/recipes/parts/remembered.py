"""A function that remembers what it gave for the same arguments (Michie, Memo functions, 1968)."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import lru_cache, wraps
from typing import Any, TypeVar

KEPT = 65536
"""Results kept at most, the least recently asked for dropped first."""
_Function = TypeVar("_Function", bound=Callable[..., Any])


def remembered(function: _Function) -> _Function:
    """The same function, computed once for the same arguments; each caller gets its own copy."""
    kept = lru_cache(maxsize=KEPT, typed=True)(function)

    @wraps(function)
    def looked_up(*arguments: Any, **named: Any) -> Any:
        return copy(kept(*arguments, **named))

    return looked_up  # type: ignore[return-value]

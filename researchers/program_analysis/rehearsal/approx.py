"""`pytest.approx`, for rehearsed tests."""

from __future__ import annotations

import math
from typing import Any

from researchers.program_analysis.rehearsal.limits import Refused
from researchers.program_analysis.rehearsal.weights import weighed


class Approx:
    """`pytest.approx` of a number, or of numbers in a list, tuple or mapping."""

    def __init__(self, wanted: Any, rel: Any = None, abs: Any = None, **named: Any) -> None:
        if named:
            raise Refused("approx")
        self._wanted = wanted
        self._least = 1e-12 if abs is None else abs
        self._share = (1e-6 if abs is None else 0.0) if rel is None else rel

    def __eq__(self, other: object) -> bool:
        return self._near(weighed(self._wanted), weighed(other))

    __hash__ = None  # type: ignore[assignment]

    def _near(self, wanted: Any, other: Any) -> bool:
        if isinstance(wanted, dict):
            return (
                isinstance(other, dict)
                and wanted.keys() == other.keys()
                and all(self._near(v, other[k]) for k, v in wanted.items())
            )
        if isinstance(wanted, list | tuple):
            return (
                type(wanted) is type(other)
                and len(wanted) == len(other)
                and all(map(self._near, wanted, other))
            )
        if isinstance(wanted, int | float) and isinstance(other, int | float):
            return math.isclose(
                other, wanted, rel_tol=0.0, abs_tol=max(self._least, self._share * abs(wanted))
            )
        return bool(wanted == other)

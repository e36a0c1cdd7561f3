"""`warnings`, and what pytest and unittest ask about them; a test's warnings are kept apart."""

from __future__ import annotations

from typing import Any

from researchers.program_analysis.rehearsal import patterns
from researchers.program_analysis.rehearsal.limits import LONGEST, RUNNING, Refused, charge
from researchers.program_analysis.rehearsal.methods import METHODS
from researchers.program_analysis.rehearsal.weights import weighed


class Warned:
    """One warning."""

    def __init__(self, message: Warning) -> None:
        self.message, self.category = message, type(message)


METHODS[Warned] = frozenset({"message", "category"})


def warn(message: Any, category: Any = None, stacklevel: int = 1, source: Any = None) -> None:
    """`warnings.warn`; raises where a block has asked for that."""
    if not isinstance(message, Warning):
        kind = UserWarning if category is None else category
        if not (isinstance(kind, type) and issubclass(kind, Warning)):
            raise TypeError("category must be a Warning subclass")
        message = kind(message)
    meter = RUNNING.get()
    if meter.warnings_raise:
        raise message
    if len(meter.warned) > LONGEST:
        raise Refused("warns too often")
    meter.warned.append(Warned(message))


def warn_explicit(message: Any, category: Any = None, *told: Any, **named: Any) -> None:
    """`warnings.warn_explicit`."""
    warn(message, category)


def simplefilter(action: str, *given: Any, **named: Any) -> None:
    """`warnings.simplefilter`, of all warnings."""
    RUNNING.get().warnings_raise = action == "error"


class Catching:
    """`warnings.catch_warnings`."""

    rehearsed_context = True

    def __init__(self, *, record: bool = False, **named: Any) -> None:
        self._record = record

    def __enter__(self) -> Any:
        meter = RUNNING.get()
        self._before = meter.warned, meter.warnings_raise
        if self._record:
            meter.warned = []
        return meter.warned if self._record else None

    def __exit__(self, *ended: Any) -> None:
        meter = RUNNING.get()
        meter.warned, meter.warnings_raise = self._before


class Waiting:
    """`pytest.warns`: a context that waits for a warning."""

    rehearsed_context = True

    def __init__(
        self, kinds: Any = Warning, *, match: Any = None, absent: type[Exception] | None = None
    ) -> None:
        self._kinds, self._match, self._absent = kinds, match, absent or Failed

    def __enter__(self) -> list[Warned]:
        meter = RUNNING.get()
        self._before, meter.warned = meter.warned, []
        return meter.warned

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        meter = RUNNING.get()
        told, meter.warned = meter.warned, self._before
        if error is None and not any(self._fits(one.message) for one in told):
            raise self._absent("DID NOT WARN")

    def _fits(self, message: Warning) -> bool:
        charge(1)
        if not isinstance(message, self._kinds):
            return False
        shown = str(weighed(message))
        return self._match is None or bool(patterns.search(self._match, shown))


class Failed(Exception):
    """What a test waited for did not come."""


def waiting(kinds: Any = Warning, *given: Any, match: Any = None) -> Any:
    """`pytest.warns`."""
    if given:
        raise Refused("pytest.warns of a call")
    return Waiting(kinds, match=match)


def deprecated(*given: Any, match: Any = None) -> Any:
    """`pytest.deprecated_call`."""
    return waiting((DeprecationWarning, PendingDeprecationWarning), *given, match=match)


WARNINGS: dict[str, Any] = {
    "warn": warn, "warn_explicit": warn_explicit, "simplefilter": simplefilter,
    "filterwarnings": simplefilter, "catch_warnings": Catching,
}  # fmt: skip

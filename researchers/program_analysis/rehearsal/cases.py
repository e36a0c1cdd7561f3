"""Test classes of `unittest`, for rehearsed tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from researchers.program_analysis.rehearsal import attributes, patterns
from researchers.program_analysis.rehearsal.limits import CONTROL, STEP, Refused, charge
from researchers.program_analysis.rehearsal.methods import METHODS
from researchers.program_analysis.rehearsal.natives import Library
from researchers.program_analysis.rehearsal.weights import weighed


class Failed(Exception):
    """An exception that a test waited for did not come."""


class Raises:
    """A context that waits for an exception; what it caught stands in `value` and `exception`."""

    rehearsed_context = True

    def __init__(self, kinds: Any, match: Any = None) -> None:
        if match is not None and (not isinstance(match, str) or len(match) > 200):
            raise Refused("a long pattern")
        self._kinds, self._match = kinds, match
        self.value: BaseException | None = None

    @property
    def exception(self) -> BaseException | None:
        """What was caught."""
        return self.value

    @property
    def type(self) -> type | None:
        """The class of what was caught."""
        return None if self.value is None else self.value.__class__

    def __enter__(self) -> Raises:
        return self

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> bool:
        if error is None:
            raise Failed("DID NOT RAISE")
        if isinstance(error, CONTROL) or not isinstance(error, self._kinds):
            return False
        if self._match is not None and not patterns.search(self._match, str(weighed(error))):
            raise AssertionError("the message does not match")
        self.value = error
        return True


class Silent:
    """A context that does nothing."""

    rehearsed_context = True

    def __enter__(self) -> Silent:
        return self

    def __exit__(self, *ended: Any) -> None:
        return None


def raising(kinds: Any, *given: Any, match: Any = None, **named: Any) -> Any:
    """`pytest.raises` and `assertRaises`: a context, or a call that is made at once."""
    context = Raises(kinds, match)
    if not given:
        return context
    with context:
        attributes.call(given[0], list(given[1:]), named)
    return context


def _demand(holds: Any) -> None:
    if not holds:
        raise AssertionError


class TestCase:
    """`unittest.TestCase`, as far as its assertions go."""

    def __init__(self, name: str = "run") -> None:
        del name

    def setUp(self) -> None:
        """Nothing."""

    def tearDown(self) -> None:
        """Nothing."""

    def assertTrue(self, value: Any, msg: Any = None) -> None:
        """The value is true."""
        _demand(value)

    def assertFalse(self, value: Any, msg: Any = None) -> None:
        """The value is false."""
        _demand(not value)

    def assertAlmostEqual(
        self, one: Any, other: Any, places: int = 7, msg: Any = None, delta: Any = None
    ) -> None:
        """Two numbers are near each other."""
        if one == other:
            return
        near = abs(one - other) <= delta if delta is not None else not round(one - other, places)
        _demand(near)

    def assertRaises(self, kinds: Any, *given: Any, **named: Any) -> Any:
        """An exception comes."""
        return raising(kinds, *given, **named)

    def assertRaisesRegex(self, kinds: Any, match: Any, *given: Any, **named: Any) -> Any:
        """An exception comes whose message matches."""
        context = Raises(kinds, match)
        if given:
            with context:
                attributes.call(given[0], list(given[1:]), named)
        return context

    def assertCountEqual(self, one: Any, other: Any, msg: Any = None) -> None:
        """Two collections hold the same, in any order."""
        left = list(other)
        for record in one:
            charge(STEP + len(left))
            _demand(record in left)
            left.remove(record)
        _demand(not left)

    def fail(self, msg: Any = None) -> None:
        """The test fails."""
        raise AssertionError

    def subTest(self, *given: Any, **named: Any) -> Silent:
        """A part of a test."""
        return Silent()


def _asserting(holds: Callable[..., Any]) -> Callable[..., None]:
    def check(self: TestCase, one: Any, other: Any, msg: Any = None) -> None:
        _demand(holds(one, other))

    return check


_PAIRS: dict[str, Callable[[Any, Any], Any]] = {
    "assertEqual": lambda one, other: one == other,
    "assertNotEqual": lambda one, other: one != other,
    "assertIs": lambda one, other: one is other,
    "assertIsNot": lambda one, other: one is not other,
    "assertIn": lambda one, other: one in other,
    "assertNotIn": lambda one, other: one not in other,
    "assertIsInstance": isinstance,
    "assertNotIsInstance": lambda one, other: not isinstance(one, other),
    "assertLess": lambda one, other: one < other,
    "assertLessEqual": lambda one, other: one <= other,
    "assertGreater": lambda one, other: one > other,
    "assertGreaterEqual": lambda one, other: one >= other,
}
_PAIRS |= {f"assert{kind}Equal": _PAIRS["assertEqual"]
           for kind in ("List", "Dict", "Set", "Tuple", "Sequence", "MultiLine")}  # fmt: skip
for _name, _holds in _PAIRS.items():
    setattr(TestCase, _name, _asserting(_holds))
for _name, _wanted in (("assertIsNone", True), ("assertIsNotNone", False)):
    setattr(
        TestCase, _name,
        lambda self, value, msg=None, wanted=_wanted: _demand((value is None) is wanted),
    )  # fmt: skip

METHODS[TestCase] = frozenset(name for name in vars(TestCase) if not name.startswith("__"))
METHODS[Raises] = frozenset({"value", "type", "exception"})
UNITTEST = Library("unittest", {"TestCase": TestCase, "main": lambda *given, **named: None})

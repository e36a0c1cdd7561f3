"""Test classes of `unittest`, for rehearsed tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from researchers.program_analysis.rehearsal import attributes, patterns
from researchers.program_analysis.rehearsal.limits import CONTROL, STEP, Refused, charge
from researchers.program_analysis.rehearsal.marks import Marks
from researchers.program_analysis.rehearsal.methods import METHODS
from researchers.program_analysis.rehearsal.natives import Library
from researchers.program_analysis.rehearsal.warned import Failed, Waiting
from researchers.program_analysis.rehearsal.weights import weighed


class Raises:
    """A context that waits for an exception; what it caught stands in `value` and `exception`."""

    rehearsed_context = True

    def __init__(self, kinds: Any, match: Any = None, absent: type[Exception] = Failed) -> None:
        if match is not None and (not isinstance(match, str) or len(match) > 200):
            raise Refused("a long pattern")
        self._kinds, self._match, self._absent = kinds, match, absent
        self.value: BaseException | None = None

    @property
    def exception(self) -> BaseException | None:
        """What was caught."""
        return self.value

    @property
    def type(self) -> type | None:
        """The class of what was caught."""
        return None if self.value is None else self.value.__class__

    def match(self, regexp: Any) -> bool:
        """Whether the message of what was caught matches, which it has to."""
        if not patterns.search(regexp, str(weighed(self.value))):
            raise AssertionError("the message does not match")
        return True

    def __enter__(self) -> Raises:
        return self

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> bool:
        if error is None:
            raise self._absent("DID NOT RAISE")
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


def raising(
    expected_exception: Any, *given: Any, match: Any = None, msg: Any = None, **named: Any
) -> Any:
    """`pytest.raises` and `assertRaises`: a context, or a call that is made at once."""
    return _within(Raises(expected_exception, match), given, named)


def _within(context: Any, given: Sequence[Any], named: dict[str, Any]) -> Any:
    """A context, in which what is given is called at once."""
    if given:
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
        self._cleanups: list[Callable[[], Any]] = []

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

    def assertNotAlmostEqual(
        self, one: Any, other: Any, places: int = 7, msg: Any = None, delta: Any = None
    ) -> None:
        """Two numbers are not near each other."""
        near = abs(one - other) <= delta if delta is not None else not round(one - other, places)
        _demand(one != other and not near)

    def assertRaises(self, kinds: Any, *given: Any, **named: Any) -> Any:
        """An exception comes."""
        return _within(Raises(kinds, absent=AssertionError), given, named)

    def assertRaisesRegex(self, kinds: Any, match: Any, *given: Any, **named: Any) -> Any:
        """An exception comes whose message matches."""
        return _within(Raises(kinds, match, AssertionError), given, named)

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

    def skipTest(self, reason: Any) -> None:
        """The test is skipped."""
        raise Refused("a test that is skipped")

    def addCleanup(self, function: Any, *given: Any, **named: Any) -> None:
        """Calls something after the test."""
        self._cleanups.append(lambda: attributes.call(function, list(given), named))

    def doCleanups(self) -> None:
        """Calls what was asked for, latest first."""
        while self._cleanups:
            self._cleanups.pop()()

    def assertRegex(self, text: Any, expected_regex: Any, msg: Any = None) -> None:
        """A text matches."""
        _demand(patterns.compile(expected_regex).search(text))

    def assertNotRegex(self, text: Any, unexpected_regex: Any, msg: Any = None) -> None:
        """A text does not match."""
        _demand(not patterns.compile(unexpected_regex).search(text))

    def assertWarns(self, kinds: Any, *given: Any, **named: Any) -> Any:
        """A warning comes."""
        return _within(Waiting(kinds, absent=AssertionError), given, named)

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
METHODS[Raises] = frozenset({"value", "type", "exception", "match"})


def unittest(marks: Marks) -> Library:
    """The module `unittest`, whose decorators tell `marks`."""
    return Library(
        "unittest",
        {"TestCase": TestCase, "main": lambda *given, **named: None, "skip": marks.bar("skip"),
         "skipIf": marks.bar_where, "skipUnless": marks.bar_unless,
         "expectedFailure": marks.bar("expectedFailure")},
    )  # fmt: skip

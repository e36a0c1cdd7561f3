"""What a test asks for: fixtures of its class, module and conftest files, and some of pytest's."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from researchers.program_analysis.rehearsal import attributes
from researchers.program_analysis.rehearsal.identities import Case
from researchers.program_analysis.rehearsal.limits import Refused
from researchers.program_analysis.rehearsal.made import PARAMETERS, is_function
from researchers.program_analysis.rehearsal.marks import Fixture, Marks
from researchers.program_analysis.rehearsal.methods import METHODS
from researchers.program_analysis.rehearsal.output import Capture

_ABSENT = object()
Space = Mapping[str, Any]


class Request:
    """`request`, as far as parameters go."""

    def __init__(self, asked: Any, ask: Callable[[str], Any]) -> None:
        if asked is not _ABSENT:
            self.param = asked
        self.getfixturevalue = ask


METHODS[Request] = frozenset({"param", "getfixturevalue"})


class Asked:
    """Gives arguments; fixtures are looked up in `spaces`, nearest first, and made once each."""

    def __init__(
        self,
        marks: Marks,
        spaces: Sequence[Space],
        holder: Any,
        given: Mapping[str, Callable[[], Any]],
    ) -> None:
        self._holder = holder
        self._fixtures = [
            [marks.fixtures[value] for value in space.values()
             if is_function(value) and value in marks.fixtures]
            for space in spaces
        ]  # fmt: skip
        self._given = {"capsys": Capture, "capfd": Capture, "doctest_namespace": dict, **given}
        self._case = Case({}, {})
        self._made: dict[Any, Any] = {}
        self._running: list[Iterator[Any]] = []

    def groups(self, function: Any, names: Sequence[str]) -> list[Any]:
        """Parameters of the fixtures that a test needs, in the order of need."""
        found: list[Any] = []
        seen: set[Any] = set()
        for name in [*self.automatic(), *names, *_asked_by(function, self._holder is not None)]:
            self._collect(name, 0, seen, found)
        return found

    def automatic(self) -> list[str]:
        """Fixtures that are made for every test, outermost first."""
        return [
            fixture.name
            for near in reversed(self._fixtures)
            for fixture in near
            if fixture.automatic
        ]

    def arguments(self, function: Any, names: Sequence[str], case: Case) -> dict[str, Any]:
        """The arguments of a test, after the fixtures of `names` were made."""
        self._case = case
        for name in [*self.automatic(), *names]:
            self._value(name, 0)
        return {
            name: self._value(name, 0) for name in _asked_by(function, self._holder is not None)
        }

    def leave(self) -> None:
        """Lets fixtures go on behind their `yield`, latest first."""
        while self._running:
            next(self._running.pop(), None)

    def _find(self, name: str, start: int) -> tuple[Fixture, int] | None:
        for place, near in enumerate(self._fixtures[start:], start):
            for fixture in near:
                if fixture.name == name:
                    return fixture, place
        return None

    def _collect(self, name: str, start: int, seen: set[Any], found: list[Any]) -> None:
        known = self._find(name, start)
        if known is None or known[0].make in seen:
            return
        fixture, place = known
        seen.add(fixture.make)
        if fixture.group is not None:
            found.append(fixture.group)
        for inner in _asked_by(fixture.make, self._is_method(place)):
            self._collect(inner, place + 1 if inner == name else 0, seen, found)

    def _is_method(self, place: int) -> bool:
        return place == 0 and self._holder is not None

    def _value(self, name: str, start: int) -> Any:
        if name in self._case.values:
            return self._case.values[name]
        known = self._find(name, start)
        key = known[0].make if known is not None else name
        if key not in self._made:
            self._made[key] = self._making(name, known)
        return self._made[key]

    def _making(self, name: str, known: tuple[Fixture, int] | None) -> Any:
        if known is None:
            if name not in self._given:
                raise Refused(f"fixture {name}")
            return self._begun(self._given[name]())
        fixture, place = known
        is_method = self._is_method(place)
        named = {}
        for inner in _asked_by(fixture.make, is_method):
            if inner == "request":
                asked = self._case.asked.get(name, _ABSENT)
                named[inner] = Request(asked, lambda wanted: self._value(wanted, 0))
            else:
                named[inner] = self._value(inner, place + 1 if inner == name else 0)
        return self._begun(
            attributes.call(fixture.make, [self._holder] if is_method else [], named)
        )

    def _begun(self, made: Any) -> Any:
        if not inspect.isgenerator(made):
            return made
        self._running.append(made)
        return next(made)


def _asked_by(function: Any, is_method: bool) -> tuple[str, ...]:
    """The parameters of a test or fixture."""
    names: tuple[str, ...] = function.__dict__[PARAMETERS]
    return names[is_method:]

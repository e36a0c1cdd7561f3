"""What decorators of pytest and unittest say of tests: parameters, fixtures, what bars a test."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from researchers.program_analysis.rehearsal import attributes
from researchers.program_analysis.rehearsal.limits import LONGEST, STEP, Refused, charge
from researchers.program_analysis.rehearsal.made import is_function
from researchers.program_analysis.rehearsal.natives import Library


@dataclass(frozen=True, eq=False, repr=False)
class Param:
    """`pytest.param`; one with marks bars the cases that it stands in.

    It is not compared nor shown by its values, which would have no bound.
    """

    values: tuple[Any, ...]
    id: str | None
    barred: bool


@dataclass(frozen=True)
class Group:
    """What one `parametrize` gives: names, rows of values, and their identities."""

    names: tuple[str, ...]
    rows: tuple[Any, ...]
    ids: Any
    indirect: frozenset[str] = frozenset()
    """Names whose values are for fixtures to ask for."""


@dataclass(frozen=True)
class Fixture:
    """A function that makes what tests ask for by a name."""

    make: Callable[..., Any]
    name: str
    group: Group | None
    automatic: bool


@dataclass
class Marks:
    """What was said of functions and classes, by these."""

    parameters: dict[Any, list[Group]] = field(default_factory=dict)
    fixtures: dict[Any, Fixture] = field(default_factory=dict)
    barred: dict[Any, str] = field(default_factory=dict)
    used: dict[Any, list[str]] = field(default_factory=dict)

    def parametrize(
        self, names: Any, rows: Any, indirect: Any = False, ids: Any = None, scope: Any = None
    ) -> Any:
        """`pytest.mark.parametrize`."""
        told = names.split(",") if isinstance(names, str) else list(names)
        told = [name.strip() for name in told if name.strip()]
        alone = isinstance(names, str) and "," not in names
        cases = [row if isinstance(row, Param) or not alone else (row,) for row in _listed(rows)]
        given = told if indirect is True else indirect or ()
        group = Group(tuple(told), tuple(cases), _ids(ids), frozenset(given))

        def mark(target: Any) -> Any:
            self.parameters.setdefault(target, []).append(group)
            return target

        return mark

    def fixture(
        self,
        function: Any = None,
        *,
        params: Any = None,
        ids: Any = None,
        autouse: bool = False,
        name: Any = None,
        scope: Any = None,
    ) -> Any:
        """`pytest.fixture`."""
        if function is None:
            return lambda given: self.fixture(
                given, params=params, ids=ids, autouse=autouse, name=name
            )
        if not is_function(function):
            raise Refused("a fixture that is no function")
        told = name or function.__name__
        group = None
        if params is not None:
            rows = [row if isinstance(row, Param) else (row,) for row in _listed(params)]
            group = Group((told,), tuple(rows), _ids(ids), frozenset({told}))
        self.fixtures[function] = Fixture(function, told, group, bool(autouse))
        return function

    def use(self, *names: str) -> Any:
        """`pytest.mark.usefixtures`."""

        def mark(target: Any) -> Any:
            self.used.setdefault(target, []).extend(names)
            return target

        return mark

    def bar(self, what: str) -> Callable[..., Any]:
        """A mark that changes what becomes of a test, which is then not rehearsed."""

        def barring(*given: Any, **named: Any) -> Any:
            def mark(target: Any) -> Any:
                self.barred[target] = f"mark {what}"
                return target

            return mark(given[0]) if _is_bare(given, named) else mark

        return barring

    def bar_if(self, *conditions: Any, reason: Any = None) -> Any:
        """`skipif`: bars a test if a condition holds, or cannot be read."""
        holds = any(isinstance(one, str) or bool(one) for one in conditions)
        return self.bar("skipif")() if holds else _same

    def bar_where(self, condition: Any, reason: Any = None) -> Any:
        """`unittest.skipIf`."""
        return self.bar("skipIf")() if condition else _same

    def bar_unless(self, condition: Any, reason: Any = None) -> Any:
        """`unittest.skipUnless`."""
        return _same if condition else self.bar("skipUnless")()

    def reason(self, targets: Iterable[Any]) -> str | None:
        """What bars a test, which is told by its function and classes."""
        return next((self.barred[target] for target in targets if target in self.barred), None)


def _same(target: Any) -> Any:
    return target


def _is_bare(given: tuple[Any, ...], named: dict[str, Any]) -> bool:
    """Whether a mark is a decorator itself, without arguments."""
    is_target = len(given) == 1 and (inspect.isroutine(given[0]) or isinstance(given[0], type))
    return is_target and not named


def _harmless(*given: Any, **named: Any) -> Any:
    return given[0] if _is_bare(given, named) else _same


def _listed(rows: Iterable[Any]) -> Iterator[Any]:
    for place, row in enumerate(rows):
        charge(STEP)
        if place > LONGEST:
            raise Refused("too many cases")
        yield row


def _ids(ids: Any) -> Any:
    return ids if ids is None or callable(ids) else list(_listed(ids))


class MarkLibrary(Library):
    """`pytest.mark`: marks that a project has of its own change nothing."""

    def missing(self, name: str) -> Any:
        """What stands for a mark."""
        return _harmless


def mark_library(marks: Marks) -> MarkLibrary:
    """`pytest.mark`, which tells `marks`."""
    barring = ("skip", "xfail", "asyncio", "anyio", "trio")
    return MarkLibrary(
        "mark",
        {"parametrize": marks.parametrize, "usefixtures": marks.use, "skipif": marks.bar_if}
        | {name: marks.bar(name) for name in barring},
    )


def param(*values: Any, id: Any = None, marks: Any = ()) -> Param:
    """`pytest.param`."""
    return Param(values, id, bool(marks))


def applied(space: Any, function: Any) -> None:
    """Marks a function with what its module or class says in `pytestmark`."""
    told = space.get("pytestmark", ())
    for mark in told if isinstance(told, list | tuple) else (told,):
        attributes.call(mark, [function], {})

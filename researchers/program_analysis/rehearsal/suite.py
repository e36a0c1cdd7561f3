"""Tests of a suite as they are written for pytest: functions, their parameters, and fixtures."""

from __future__ import annotations

import enum
import inspect
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from typing import Any

from researchers.program_analysis.rehearsal import attributes
from researchers.program_analysis.rehearsal.approx import Approx
from researchers.program_analysis.rehearsal.cases import UNITTEST, TestCase, raising
from researchers.program_analysis.rehearsal.closed import Closed
from researchers.program_analysis.rehearsal.limits import (
    CONTROL,
    RUNNING,
    STEP,
    Meter,
    Refused,
    TooDeep,
    apart,
    charge,
)
from researchers.program_analysis.rehearsal.made import PARAMETERS, is_function
from researchers.program_analysis.rehearsal.natives import Library
from researchers.program_analysis.rehearsal.patterns import Pattern
from researchers.program_analysis.rehearsal.world import Trees, World

PASSED = "passed"


@dataclass
class _Marks:
    """What decorators said of test functions and fixtures, by the function."""

    parameters: dict[Any, list[tuple[list[str], list[Any], Any]]] = field(default_factory=dict)
    fixtures: dict[str, Callable[..., Any]] = field(default_factory=dict)

    def parametrize(self, names: Any, rows: Any, ids: Any = None, **named: Any) -> Any:
        if named:
            raise Refused("parametrize")
        told = [n.strip() for n in names.split(",")] if isinstance(names, str) else list(names)
        told = [name for name in told if name]
        alone = isinstance(names, str) and "," not in names

        def mark(function: Any) -> Any:
            cases = [(row,) if alone and not isinstance(row, _Param) else row for row in rows]
            self.parameters.setdefault(function, []).append((told, cases, ids))
            return function

        return mark

    def fixture(self, function: Any = None, **named: Any) -> Any:
        if function is None:
            if set(named) - {"scope"}:
                raise Refused("fixture")
            return self.fixture
        self.fixtures[function.__name__] = function
        return function


@dataclass(frozen=True)
class _Param:
    """`pytest.param`."""

    values: tuple[Any, ...]
    id: str | None


def _param(*values: Any, id: str | None = None, marks: Any = ()) -> _Param:
    if marks:
        raise Refused("marks")
    return _Param(values, id)


class Suite:
    """Runs single tests of one version of the target, each in a world of its own.

    `given` are modules that tests may import beside the usual ones.
    """

    def __init__(self, trees: Trees, given: Mapping[str, Library] | None = None) -> None:
        self._trees = trees
        self._given = given or {}

    def outcome(self, item: str, steps: int) -> tuple[str, int]:
        """How a test ends, `passed` or an exception's name, and the steps that it took.

        Raises Refused and Exhausted.
        """
        meter = Meter(steps)
        try:
            return apart(lambda: self._ending(item, meter)), steps - meter.left
        except CONTROL as control:
            # Raised anew, as its traceback holds all that the rehearsal made.
            ended = type(control)(*control.args)
        finally:
            meter.stop()
        raise ended

    def _ending(self, item: str, meter: Meter) -> str:
        RUNNING.set(meter)
        marks = _Marks()
        given = {"pytest": _pytest(marks), "unittest": UNITTEST, **self._given}
        world = World(self._trees, meter, given)
        try:
            self._run(world, marks, item)
        except CONTROL:
            raise
        except RecursionError as error:
            if not isinstance(error, TooDeep):
                raise Refused("recursion") from None
            return "RecursionError"
        except BaseException as error:  # noqa: BLE001  whatever the test ends with
            return type(error).__name__
        return PASSED

    def _run(self, world: World, marks: _Marks, item: str) -> None:
        path, owner, name, told = located(item, self._trees)
        space = world.module(path)
        for other in self._trees:
            if other.rpartition("/")[2] == "conftest.py":
                world.module(other)
        function = _function(space, owner, name)
        values = _values(marks, function, told) if told is not None else {}
        holder = None if owner is None else _instance(space[owner])
        bound = function if holder is None else partial(function, holder)
        named = _arguments(marks, function, values, holder is not None)
        if isinstance(holder, TestCase):
            holder.setUp()
        result = bound(**named)
        if isinstance(holder, TestCase):
            holder.tearDown()
        if inspect.isgenerator(result):
            raise Refused("a test that yields")


_PREPARED = ("setup_method", "setup_class", "setUpClass", "teardown_method", "tearDownClass")
_TELLING = frozenset({"skip", "skipif", "xfail", "usefixtures", "asyncio", "anyio"})
"""Marks that change what becomes of a test."""


class _Mark(Library):
    """`pytest.mark`: marks that a project has of its own change nothing."""

    def missing(self, name: str) -> Any:
        """What stands for a mark."""
        return Closed(f"mark.{name}") if name in _TELLING else _harmless


def _harmless(*given: Any, **named: Any) -> Any:
    lone = len(given) == 1 and not named and inspect.isroutine(given[0])
    return given[0] if lone else lambda function: function


def _pytest(marks: _Marks) -> Library:
    mark = _Mark("mark", {"parametrize": marks.parametrize})
    return Library(
        "pytest",
        {"raises": raising, "approx": Approx, "mark": mark, "fixture": marks.fixture,
         "param": _param},
    )  # fmt: skip


def located(item: str, paths: Collection[str]) -> tuple[str, str | None, str, str | None]:
    """File, class, function and parameters of an item: `tests.test_a.TestB::test_c[1-2]`."""
    place, _, rest = item.partition("::")
    name, bracket, told = rest.partition("[")
    case = told.removesuffix("]") if bracket else None
    stem = place.replace(".", "/")
    for end, owner in ((stem, None), (stem.rpartition("/")[0], stem.rpartition("/")[2])):
        if f"{end}.py" in paths:
            return f"{end}.py", owner, name, case
    raise Refused(f"no file of {item}")


def _function(space: Mapping[str, Any], owner: str | None, name: str) -> Callable[..., Any]:
    function = space.get(name) if owner is None else getattr(space.get(owner), name, None)
    if not is_function(function):
        raise Refused(f"no function {name}")
    return function


def _instance(owner: type) -> Any:
    if any(hasattr(owner, name) for name in _PREPARED):
        raise Refused("a class with a set-up")
    return owner("run") if issubclass(owner, TestCase) else owner()


def _values(marks: _Marks, function: Any, told: str) -> dict[str, Any]:
    """The parameters of the case that an item names."""
    for identity, values in _cases(marks.parameters.get(function, [])):
        if identity == told:
            return values
    raise Refused(f"no case [{told}]")


def _cases(
    groups: Sequence[tuple[list[str], list[Any], Any]],
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every case of a test with its identity, as pytest makes it."""
    told = [list(_rows(*group)) for group in groups]
    for rows in product(*told):
        charge(STEP)
        values = {name: value for _, row in rows for name, value in row.items()}
        yield "-".join(identity for identity, _ in rows), values


def _rows(names: list[str], rows: list[Any], ids: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    made: list[tuple[str, dict[str, Any]]] = []
    for place, row in enumerate(rows):
        charge(STEP)
        given = row.values if isinstance(row, _Param) else tuple(row)
        values = dict(zip(names, given, strict=True))
        identity = row.id if isinstance(row, _Param) and row.id is not None else None
        if identity is None and isinstance(ids, list | tuple):
            identity = None if ids[place] is None else str(ids[place])
        if identity is None:
            maker = ids if callable(ids) else None
            identity = "-".join(_told(n, v, place, maker) for n, v in values.items())
        made.append((identity, values))
    yield from zip(_apart([identity for identity, _ in made]), [v for _, v in made], strict=True)


def _apart(told: list[str]) -> list[str]:
    """Identities of which none is another one: numbers tell equal ones apart."""
    often, used = Counter(told), set(told)
    numbers: Counter[str] = Counter()
    made: list[str] = []
    for identity in told:
        new, tie = identity, "_" if identity[-1:].isdigit() else ""
        while often[identity] > 1 and new in used:
            new = f"{identity}{tie}{numbers[identity]}"
            numbers[identity] += 1
        made.append(new)
        used.add(new)
    return made


def _told(name: str, value: Any, place: int, maker: Any) -> str:
    if maker is not None:
        made = attributes.call(maker, [value], {})
        if made is not None:
            value = made
    if isinstance(value, Pattern):
        value = value.pattern
    if isinstance(value, bytes):
        return value.decode("ascii", "backslashreplace")
    if isinstance(value, str):
        return value.encode("unicode_escape").decode("ascii")
    if value is None or isinstance(value, int | float | bool | complex):
        return str(value)
    if isinstance(value, enum.Enum):
        return str(value)
    if isinstance(value, type) or inspect.isroutine(value):
        return str(value.__name__)
    return f"{name}{place}"


def _arguments(
    marks: _Marks, function: Any, values: dict[str, Any], is_method: bool
) -> dict[str, Any]:
    """Arguments of a test or fixture: parameters, and what fixtures make, each once in a test."""
    named = {}
    for name in function.__dict__[PARAMETERS][is_method:]:
        if name in values:
            named[name] = values[name]
        elif name in marks.fixtures:
            maker = marks.fixtures[name]
            made = maker(**_arguments(marks, maker, values, False))
            named[name] = values[name] = next(made) if inspect.isgenerator(made) else made
        else:
            raise Refused(f"fixture {name}")
    return named

"""Tests of a suite as they are written for pytest and unittest."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from researchers.program_analysis.rehearsal import attributes, holders
from researchers.program_analysis.rehearsal.approx import Approx
from researchers.program_analysis.rehearsal.cases import TestCase, raising, unittest
from researchers.program_analysis.rehearsal.closed import Closed
from researchers.program_analysis.rehearsal.fixtures import Asked
from researchers.program_analysis.rehearsal.frames import Frame
from researchers.program_analysis.rehearsal.identities import Case, case
from researchers.program_analysis.rehearsal.limits import (
    CONTROL,
    RUNNING,
    Meter,
    Refused,
    TooDeep,
    apart,
)
from researchers.program_analysis.rehearsal.made import is_function, is_made
from researchers.program_analysis.rehearsal.marks import Marks, applied, mark_library, param
from researchers.program_analysis.rehearsal.natives import Library
from researchers.program_analysis.rehearsal.patching import MonkeyPatch
from researchers.program_analysis.rehearsal.preparing import leaving, prepared
from researchers.program_analysis.rehearsal.warned import Failed, deprecated, waiting
from researchers.program_analysis.rehearsal.world import Trees, World

PASSED = "passed"
_WORN = 200_000
"""Steps of tests after which modules are loaded anew, so that what they leave has an end."""


class _Loaded:
    """A world, and what its modules said of their tests."""

    def __init__(self, trees: Trees, given: Mapping[str, Library]) -> None:
        self.marks = Marks()
        told = {"pytest": _pytest(self.marks), "unittest": unittest(self.marks)}
        self.world = World(trees, Meter(0), {**told, **given})
        self.taken = 0


class Suite:
    """Runs single tests of one version of the target, whose modules are loaded once.

    As under pytest, what a test leaves in them is there for the next one, but not what one leaves
    that was cut off. `given` are modules that tests may import beside the usual ones.
    """

    def __init__(self, trees: Trees, given: Mapping[str, Library] | None = None) -> None:
        self._trees = trees
        self._given = given or {}
        self._kept: _Loaded | None = None
        self.loading = 0
        """Steps that loading modules took so far."""

    def close(self) -> None:
        """Frees the modules at once: they and the functions in them hold each other."""
        if self._kept is not None:
            self._kept.world.close()
            self._kept = None

    def outcome(self, item: str, steps: int) -> tuple[str, int]:
        """How a test ends, `passed` or an exception's name, and the steps that it took itself.

        Raises Refused and Exhausted.
        """
        loaded = self._kept or _Loaded(self._trees, self._given)
        self._kept = None
        meter = loaded.world.meter
        meter.renew(steps)
        try:
            ending = apart(lambda: self._ending(item, loaded))
            left = meter.left
        except CONTROL as control:
            # Raised anew, as its traceback holds all that the rehearsal made.
            ended = type(control)(*control.args)
        else:
            loaded.taken += steps - left
            self._kept = loaded if loaded.taken < _WORN else None
            return ending, steps - left
        finally:
            self.loading, meter.aside_steps = self.loading + meter.aside_steps, 0
            meter.stop()
            if self._kept is None:
                loaded.world.close()
        raise ended

    def _ending(self, item: str, loaded: _Loaded) -> str:
        RUNNING.set(loaded.world.meter)
        try:
            self._run(loaded.world, loaded.marks, item)
        except CONTROL:
            raise
        except RecursionError as error:
            if not isinstance(error, TooDeep):
                raise Refused("recursion") from None
            return "RecursionError"
        except BaseException as error:  # noqa: BLE001  whatever the test ends with
            return type(error).__name__
        return PASSED

    def _run(self, world: World, marks: Marks, item: str) -> None:
        path, owner, name, told = located(item, self._trees)
        around = [world.module(other) for other in _conftests(path, self._trees)]
        space = world.module(path)
        function = _function(space, owner, name)
        kinds = [] if owner is None else list(space[owner].__mro__)
        used = _marked(marks, space, kinds, function)
        holder = None if owner is None else _instance(space[owner])
        spaces = [_members(kinds), space, *reversed(around)]
        given = {
            "monkeypatch": lambda: _patching(world, space),
            "tmp_path": lambda: attributes.call(world.files()["_temporary"], [], {}),
        }
        asked = Asked(marks, spaces, holder, given)
        groups = [*marks.parameters.get(function, ())]
        groups += [group for kind in kinds for group in marks.parameters.get(kind, ())]
        groups += asked.groups(function, used)
        found = case(groups, told) if told is not None else Case({}, {})
        with prepared(space, holder, function), leaving(asked.leave):
            named = asked.arguments(function, used, found)
            result = attributes.call(function, [] if holder is None else [holder], named)
            if inspect.isgenerator(result):
                raise Refused("a test that yields")


def _conftests(path: str, paths: Collection[str]) -> list[str]:
    """The conftest files around a test, outermost first."""
    parts = path.split("/")[:-1]
    found = ["/".join([*parts[:depth], "conftest.py"]) for depth in range(len(parts) + 1)]
    return [name for name in found if name in paths]


def _members(kinds: Sequence[type]) -> dict[str, Any]:
    """What classes hold, the first one before the others."""
    return {name: value for kind in reversed(kinds) if is_made(kind)
            for name, value in vars(kind).items()}  # fmt: skip


def _marked(
    marks: Marks, space: Mapping[str, Any], kinds: Sequence[type], function: Any
) -> list[str]:
    """Fixtures that marks ask for; raises Refused for a test that a mark bars."""
    for told in (space, *(vars(kind) for kind in kinds if is_made(kind))):
        applied(told, function)
    targets = [function, *kinds]
    reason = marks.reason(targets)
    if reason is not None:
        raise Refused(reason)
    return [name for target in targets for name in marks.used.get(target, ())]


def _patching(world: World, space: dict[str, Any]) -> Iterator[MonkeyPatch]:
    patch = MonkeyPatch(lambda name: world.imported(name, Frame(world, space, None, space)))
    yield patch
    patch.undo()


def _skipped(*given: Any, **named: Any) -> Any:
    raise Refused("a test that is skipped")


def _failed(*given: Any, **named: Any) -> Any:
    raise Failed("failed")


def _pytest(marks: Marks) -> Library:
    return Library(
        "pytest",
        {"raises": raising, "approx": Approx, "mark": mark_library(marks), "fixture": marks.fixture,
         "param": param, "warns": waiting, "deprecated_call": deprecated, "skip": _skipped,
         "fail": _failed},
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
    """The function of a test; raises Refused where there is none, or its class is not known."""
    function = space.get(name) if owner is None else _member(space.get(owner), name)
    if isinstance(function, Closed):
        raise Refused(function.name)
    if not is_function(function):
        raise Refused(f"no function {name}")
    return function


def _member(kind: Any, name: str) -> Any:
    """What a class or one above it has by a name, as it stands there."""
    if isinstance(kind, Closed):
        raise Refused(kind.name)
    base = holders.owner(kind.__mro__, name) if isinstance(kind, type) else None
    return None if base is None else vars(base)[name]


def _instance(owner: type) -> Any:
    return owner("run") if issubclass(owner, TestCase) else owner()

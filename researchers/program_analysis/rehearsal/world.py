"""A world: the modules of one version of the target, loaded as they are imported."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from researchers.program_analysis.rehearsal import attributes, sources
from researchers.program_analysis.rehearsal.closed import Closed
from researchers.program_analysis.rehearsal.frames import Code, Frame
from researchers.program_analysis.rehearsal.lenient import lenient
from researchers.program_analysis.rehearsal.limits import LONGEST, Meter, Refused
from researchers.program_analysis.rehearsal.natives import BUILTINS, MODULES, Library, Namespace
from researchers.program_analysis.rehearsal.places import is_of_python, lacks, places
from researchers.program_analysis.rehearsal.reflection import REFLECTION
from researchers.program_analysis.rehearsal.scopes import Names
from researchers.program_analysis.rehearsal.standins import TEXTS

Trees = Mapping[str, Sequence[ast.stmt]]
"""Paths of modules with their statements."""
_LOADING = 50_000
"""Steps that loading a module may take, which no test is charged for."""


class Sourced(Library):
    """A module of Python of which the interpreter knows a part; the rest is rehearsed."""

    __slots__ = ("_rest",)

    def __init__(self, name: str, values: Mapping[str, Any], rest: Callable[[], Any]) -> None:
        Namespace.__init__(self, name, values)
        self._rest = rest

    def missing(self, name: str) -> Any:
        """What the module's own source says of a name."""
        space = self._rest()
        return space[name] if name in space else super().missing(name)


class World:
    """Runs modules once each, on a meter; `given` are modules that are not the target's.

    `doubts` counts the blocks that run and are ready for modules that are not there.
    """

    def __init__(self, trees: Trees, meter: Meter, given: Mapping[str, Library]) -> None:
        self.meter = meter
        self.doubts = 0
        self._trees = trees
        self._places = places(tuple(trees))
        self._given = {**_KNOWN, **given}
        self._loaded: dict[str, Namespace] = {}
        self._sourced: dict[str, Library] = {}

    def close(self) -> None:
        """Forgets all modules; none may be used after it."""
        for held in self._loaded.values():
            held.__dict__.clear()

    def builtin(self, name: str) -> Any:
        """A built-in function, closed if it may not be used; raises NameError."""
        if name == "open":
            return self.files()["_open"]
        try:
            return _BUILTINS[name]
        except KeyError:
            if hasattr(builtins, name):
                return Closed(name)
            if name.startswith("__"):
                raise Refused(name) from None
            raise NameError(f"name {name!r} is not defined") from None

    def files(self) -> dict[str, Any]:
        """The variables of the module of files."""
        return self.module(str(sources.path_of("pathlib")))

    def records(self, value: Any) -> list[Any]:
        """What is in a value, in a list."""
        if isinstance(value, range) and len(value) > LONGEST:
            raise Refused("a range too long")
        return list(value)

    def module(self, path: str) -> dict[str, Any]:
        """The variables of a module of the target, which is run if it was not; parents first."""
        if path in self._loaded:
            return self._loaded[path].__dict__
        holder = self._places.parent(path)
        outer = self.module(holder) if holder is not None else {}
        if path not in self._loaded:
            self._load(path)
            name = PurePosixPath(path.removesuffix("/__init__.py")).name.removesuffix(".py")
            outer.setdefault(name, self._loaded[path])
        return self._loaded[path].__dict__

    def _load(self, path: str) -> None:
        nodes = sources.statements(path) if path.startswith(sources.FOLDER) else self._trees[path]
        space: dict[str, Any] = {"__name__": _dotted(path), "__file__": path, "__doc__": None}
        held = Namespace.__new__(Namespace)
        held.__dict__ = space
        self._loaded[path] = held
        frame = Frame(self, space, None, space)
        with self.meter.aside(_LOADING):
            for node in nodes:
                self.meter.spend()
                compiled(node)(frame)

    def imported(self, name: str, frame: Frame) -> Any:
        """The module of a dotted name."""
        source = sources.path_of(name)
        if name in self._given:
            return self._given[name] if source is None else self._with_source(name, source)
        path = self._places.path(name, str(frame.globals.get("__file__", "")))
        found = path or source
        if found is None:
            return self._unknown(name)
        self.module(found)
        return self._loaded[found]

    def _with_source(self, name: str, path: str) -> Library:
        if name not in self._sourced:
            known = vars(self._given[name])
            self._sourced[name] = Sourced(name, known, lambda: self.module(path))
        return self._sourced[name]

    def _unknown(self, name: str) -> Closed:
        if self.doubts and not is_of_python(name):
            raise ModuleNotFoundError(f"No module named {name!r}")
        return Closed(name)

    def everything(self, wanted: str, frame: Frame) -> dict[str, Any]:
        """What `from wanted import *` binds."""
        path = self._places.path(wanted, str(frame.globals.get("__file__", "")))
        if path is None:
            raise Refused(f"from {wanted} import *")
        space = self.module(path)
        named = space.get("__all__")
        chosen = named if isinstance(named, list | tuple) else [n for n in space if n[:1] != "_"]
        return {name: space[name] for name in chosen if name in space}

    def member(self, wanted: str, name: str, frame: Frame) -> Any:
        """What `from wanted import name` binds."""
        here = str(frame.globals.get("__file__", ""))
        wanted = sources.absolute(wanted, here)
        if wanted in self._given:
            return self._of_given(wanted, name, frame)
        source = sources.path_of(wanted)
        path = self._places.path(wanted, here) or source
        space = self.module(path) if path is not None else {}
        if name in space:
            return space[name]
        inner = f"{wanted}{name}" if wanted.endswith(".") else f"{wanted}.{name}"
        below = self._places.path(inner, here) or sources.path_of(inner)
        if below is None:
            if path is not None and path != source:
                raise ImportError(f"cannot import name {name!r} from {wanted!r}")
            return self._unknown(inner)
        self.module(below)
        return self._loaded[below]

    def _of_given(self, wanted: str, name: str, frame: Frame) -> Any:
        module = self.imported(wanted, frame)
        if name not in vars(module) and lacks(wanted, name):
            raise ImportError(f"cannot import name {name!r} from {wanted!r}")
        return attributes.read(module, name)


@lru_cache(maxsize=4096)
def compiled(node: ast.stmt) -> Code:
    """The code of a statement of a module; made once for each node."""
    return lenient(node, Names("module"))


def _dotted(path: str) -> str:
    path = path.removeprefix(f"{sources.FOLDER}/")
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


_BUILTINS = {**BUILTINS, **REFLECTION}
_KNOWN = {**{name: Library(name, {}) for name in TEXTS}, **MODULES}
"""Modules that are no part of a target."""

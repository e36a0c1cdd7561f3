"""A world: the modules of one version of the target, loaded as they are imported."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from researchers.program_analysis.rehearsal import attributes
from researchers.program_analysis.rehearsal.closed import Closed, bound_by
from researchers.program_analysis.rehearsal.frames import Code, Frame
from researchers.program_analysis.rehearsal.limits import LONGEST, Meter, Refused
from researchers.program_analysis.rehearsal.natives import BUILTINS, MODULES, Library, Namespace
from researchers.program_analysis.rehearsal.scopes import Names
from researchers.program_analysis.rehearsal.statements import statement

Trees = Mapping[str, Sequence[ast.stmt]]
"""Paths of modules with their statements."""
_ABSENT = object()


class World:
    """Runs modules once each, on a meter; `given` are modules that are not the target's."""

    def __init__(self, trees: Trees, meter: Meter, given: Mapping[str, Library]) -> None:
        self.meter = meter
        self._trees = trees
        self._given = {**MODULES, **given}
        self._loaded: dict[str, Namespace] = {}

    def close(self) -> None:
        """Forgets all: modules and the functions in them hold each other, and are freed late."""
        for held in self._loaded.values():
            held.__dict__.clear()

    def builtin(self, name: str) -> Any:
        """A built-in function; raises NameError, and Refused for what may not be used."""
        try:
            return _BUILTINS[name]
        except KeyError:
            if hasattr(builtins, name) or name.startswith("__"):
                raise Refused(name) from None
            raise NameError(f"name {name!r} is not defined") from None

    def records(self, value: Any) -> list[Any]:
        """What is in a value, in a list."""
        if isinstance(value, range) and len(value) > LONGEST:
            raise Refused("a range too long")
        return list(value)

    def module(self, path: str) -> dict[str, Any]:
        """The variables of a module of the target, which is run if it was not; parents first."""
        if path in self._loaded:
            return self._loaded[path].__dict__
        holder = self._parent(path)
        outer = self.module(holder) if holder is not None else {}
        if path not in self._loaded:
            self._load(path)
            name = PurePosixPath(path.removesuffix("/__init__.py")).name.removesuffix(".py")
            outer.setdefault(name, self._loaded[path])
        return self._loaded[path].__dict__

    def _load(self, path: str) -> None:
        space: dict[str, Any] = {"__name__": _dotted(path), "__file__": path}
        held = Namespace.__new__(Namespace)
        held.__dict__ = space
        self._loaded[path] = held
        frame = Frame(self, space, None, space)
        for node in self._trees[path]:
            self.meter.spend()
            try:
                compiled(node)(frame)
            except Refused as refused:
                space.update((name, Closed(str(refused))) for name in bound_by(node))

    def _parent(self, path: str) -> str | None:
        """The package that a module is in."""
        folder = PurePosixPath(path).parent
        folder = folder.parent if path.endswith("/__init__.py") else folder
        parent = (folder / "__init__.py").as_posix()
        return parent if parent in self._trees and parent != path else None

    def imported(self, name: str, frame: Frame) -> Any:
        """The module of a dotted name."""
        if name in self._given:
            return self._given[name]
        path = self._path(name, str(frame.globals.get("__file__", "")))
        if path is None:
            return Closed(name)
        self.module(path)
        return self._loaded[path]

    def everything(self, wanted: str, frame: Frame) -> dict[str, Any]:
        """What `from wanted import *` binds."""
        path = self._path(wanted, str(frame.globals.get("__file__", "")))
        if path is None:
            raise Refused(f"from {wanted} import *")
        space = self.module(path)
        named = space.get("__all__")
        chosen = named if isinstance(named, list | tuple) else [n for n in space if n[:1] != "_"]
        return {name: space[name] for name in chosen if name in space}

    def member(self, wanted: str, name: str, frame: Frame) -> Any:
        """What `from wanted import name` binds."""
        here = str(frame.globals.get("__file__", ""))
        if wanted in self._given:
            value = self._given[wanted].__dict__.get(name, _ABSENT)
            return Closed(f"{wanted}.{name}") if value is _ABSENT else value
        path = self._path(wanted, here)
        space = self.module(path) if path is not None else {}
        if name in space:
            return space[name]
        inner = f"{wanted}{name}" if wanted.endswith(".") else f"{wanted}.{name}"
        below = self._path(inner, here)
        if below is None:
            if path is not None:
                raise ImportError(f"cannot import name {name!r} from {wanted!r}")
            return Closed(f"{wanted}.{name}")
        self.module(below)
        return self._loaded[below]

    def _path(self, name: str, here: str) -> str | None:
        """The file of a module that is imported from another one; the shortest path that fits."""
        bare = name.lstrip(".")
        steps = bare.split(".") if bare else []
        level = len(name) - len(bare)
        if level:
            base = PurePosixPath(here)
            for _ in range(level):
                base = base.parent
            fits = _files("/".join([*base.parts, *steps]))
            return next((path for path in fits if path in self._trees), None)
        ends = _files("/".join(steps))
        found = [
            path for path in self._trees
            if any(path == end or path.endswith("/" + end) for end in ends)
        ]  # fmt: skip
        return min(found, key=lambda path: (len(path), path), default=None)


@lru_cache(maxsize=4096)
def compiled(node: ast.stmt) -> Code:
    """The code of a statement of a module; made once for each node."""
    return statement(node, Names("module"))


def _files(stem: str) -> tuple[str, ...]:
    return (f"{stem}.py", f"{stem}/__init__.py") if stem else ("__init__.py",)


def _dotted(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _reflection() -> dict[str, Any]:
    """`getattr` and its kin, which see what dots see."""

    def has(holder: Any, name: str) -> bool:
        try:
            attributes.read(holder, name)
        except AttributeError:
            return False
        return True

    def get(holder: Any, name: str, default: Any = _ABSENT) -> Any:
        try:
            return attributes.read(holder, name)
        except AttributeError:
            if default is _ABSENT:
                raise
            return default

    def kind(value: Any) -> Any:
        return attributes.read(value, "__class__")

    def real(kinds: Any) -> Any:
        several = isinstance(kinds, tuple)
        return tuple(map(real, kinds)) if several else type if kinds is kind else kinds

    def is_instance(value: Any, kinds: Any) -> bool:
        return isinstance(value, real(kinds))

    def is_subclass(value: Any, kinds: Any) -> bool:
        return issubclass(value, real(kinds))

    return {
        "getattr": get,
        "hasattr": has,
        "setattr": attributes.write,
        "type": kind,
        "isinstance": is_instance,
        "issubclass": is_subclass,
    }


_BUILTINS = {**BUILTINS, **_reflection()}

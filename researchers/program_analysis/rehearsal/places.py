"""Where the modules of a target are, by the names that they are imported by."""

from __future__ import annotations

import sys
from collections import defaultdict
from functools import lru_cache
from pathlib import PurePosixPath


class Places:
    """The paths of one version of the target."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        self.paths = frozenset(paths)
        self._by_end: dict[str, list[str]] = defaultdict(list)
        for path in sorted(paths, key=lambda path: (len(path), path)):
            parts = path.split("/")
            for start in range(len(parts)):
                self._by_end["/".join(parts[start:])].append(path)
        self._found: dict[tuple[str, str], str | None] = {}

    def path(self, name: str, here: str) -> str | None:
        """The file of a module that is imported from another one; the shortest path that fits."""
        level = len(name) - len(name.lstrip("."))
        folder = "/".join(PurePosixPath(here).parts[:-level]) if level else ""
        key = name, folder
        if key not in self._found:
            self._found[key] = self._relative(name, folder) if level else self._absolute(name)
        return self._found[key]

    def parent(self, path: str) -> str | None:
        """The package that a module is in."""
        folder = PurePosixPath(path).parent
        folder = folder.parent if path.endswith("/__init__.py") else folder
        parent = (folder / "__init__.py").as_posix()
        return parent if parent in self.paths and parent != path else None

    def _relative(self, name: str, folder: str) -> str | None:
        bare = name.lstrip(".")
        steps = [*folder.split("/"), *bare.split(".")]
        fits = _files("/".join(step for step in steps if step))
        return next((path for path in fits if path in self.paths), None)

    def _absolute(self, name: str) -> str | None:
        ends = _files(name.replace(".", "/"))
        if is_of_python(name):
            return next((end for end in ends if end in self.paths), None)
        found = [path for end in ends for path in self._by_end.get(end, ())[:1]]
        return min(found, key=lambda path: (len(path), path), default=None)


@lru_cache(maxsize=8)
def places(paths: tuple[str, ...]) -> Places:
    """The places of these paths; made once."""
    return Places(paths)


def is_of_python(name: str) -> bool:
    """Whether a module comes with Python."""
    return name.partition(".")[0] in sys.stdlib_module_names


def lacks(module: str, name: str) -> bool:
    """Whether one of Python's modules is known to have no such name."""
    known = sys.modules.get(module) if is_of_python(module) else None
    return known is not None and name not in vars(known) and f"{module}.{name}" not in sys.modules


def _files(stem: str) -> tuple[str, ...]:
    return (f"{stem}.py", f"{stem}/__init__.py") if stem else ("__init__.py",)

"""Installs the tracer: instruments modules under the target's root as they are loaded."""

from __future__ import annotations

import ast
import atexit
import json
import os
import sys
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from types import CodeType, ModuleType
from typing import Any

from .instrument import Instrumenter
from .items import Items
from .output import write
from .recorder import Recorder

SKIPPED_FOLDERS = frozenset({"site-packages", "dist-packages", "node_modules", ".venv", "venv"})
LARGEST_MODULE = 1_000_000
MOST_FUNCTIONS = 5_000
CURRENT = "WHETSTONE_TRACE_CURRENT"
"""Tells a process that a test starts which test that is."""
SCRIPT_MARKS = "__spec__ = None; __package__ = None"
"""What tells a script run by name from a module run by `-m`."""


@dataclass(frozen=True)
class Installed:
    """The tracing of this process: its recorder, and the ids of the items that are asked for."""

    recorder: Recorder
    wanted: frozenset[str]


_installed: list[Installed] = []


def installed() -> Installed:
    """What `install` started."""
    return _installed[0]


def install() -> None:
    """Starts tracing this process, as the variables `WHETSTONE_TRACE_*` say."""
    output = os.environ["WHETSTONE_TRACE_OUTPUT"]
    root = os.path.realpath(os.environ["WHETSTONE_TRACE_ROOT"])
    with open(os.environ["WHETSTONE_TRACE_ITEMS"], encoding="utf-8") as file:
        texts = json.load(file)
    recorder = Recorder(Items(texts, os.environ["WHETSTONE_TRACE_BY"], os.environ.get(CURRENT)))
    _installed.append(Installed(recorder, frozenset(texts)))
    recorder.publish()
    tracer = Tracer(recorder, root)
    tracer.hook_imports()
    tracer.hook_script()
    atexit.register(write, recorder, output)
    os.register_at_fork(after_in_child=lambda: _in_child(recorder, output))


def _in_child(recorder: Recorder, output: str) -> None:
    """Counts anew after a fork; workers of multiprocessing end without atexit, so it is told."""
    recorder.restart()
    pools = sys.modules.get("multiprocessing.util")
    if pools is not None:
        pools.register_after_fork(
            recorder, lambda r: pools.Finalize(None, write, (r, output), exitpriority=0)
        )


class Tracer:
    """Instruments what lies under `root`; what it cannot instrument runs as it is."""

    def __init__(self, recorder: Recorder, root: str) -> None:
        self._recorder = recorder
        self._root = root

    def hook_imports(self) -> None:
        """Makes every source loader (import, `python -m`, editable installs) ask here first."""
        original = SourceFileLoader.get_code
        tracer = self

        def get_code(loader: SourceFileLoader, fullname: str) -> CodeType | None:
            path = loader.get_filename(fullname)
            inside = tracer.relative(path)
            code = tracer.instrumented(loader, path, inside) if inside is not None else None
            return code if code is not None else original(loader, fullname)

        SourceFileLoader.get_code = get_code  # type: ignore[method-assign, assignment]

    def hook_script(self) -> None:
        """Makes `python script.py` go through a loader too, as a zip file on the path would."""
        tracer = self

        class Script(ScriptFinder):
            def __init__(self, path: str) -> None:
                if tracer.relative(path) is None or not os.path.isfile(path):
                    raise ImportError(path)
                super().__init__(path)

        sys.path_hooks.insert(0, Script)

    def relative(self, path: str) -> str | None:
        """The POSIX path under the root, None for what lies outside or is no source of its own."""
        real = os.path.realpath(path)
        if not real.startswith(self._root + os.sep) or not real.endswith(".py"):
            return None
        inside = os.path.relpath(real, self._root).replace(os.sep, "/")
        return None if SKIPPED_FOLDERS & set(inside.split("/")) else inside

    def instrumented(self, loader: SourceFileLoader, path: str, inside: str) -> CodeType | None:
        """The module's code with counters, None where the plain code has to do."""
        source = loader.get_data(path)
        if len(source) > LARGEST_MODULE or len(self._recorder.flows) > MOST_FUNCTIONS:
            self._recorder.untraced[inside] = "too large"
            return None
        try:
            tree = Instrumenter(self._recorder, inside).visit(ast.parse(source, path))
            if isinstance(loader, ScriptLoader):
                start = _after_future(tree.body)
                tree.body[start:start] = ast.parse(SCRIPT_MARKS).body
            code = loader.source_to_code(tree, path)
            self._recorder.lines.watch(code, inside)
            self._recorder.files[code.co_filename] = inside
            return code
        except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError) as error:
            self._recorder.untraced[inside] = f"{type(error).__name__}: {error}"[:200]
            return None


class ScriptLoader(SourceFileLoader):
    """Loads `__main__` from a script."""

    def path_stats(self, path: Any) -> Any:
        """Raises OSError: this code must neither come from nor go to the bytecode cache."""
        raise OSError(f"{path} is not cached")


class ScriptFinder:
    """Finds `__main__` in one script, and puts the script's folder on the path in its place."""

    def __init__(self, path: str) -> None:
        self._path = path

    def find_spec(self, name: str, target: ModuleType | None = None) -> ModuleSpec | None:
        """The spec of `__main__`; nothing else is found in a script."""
        if name != "__main__":
            return None
        folder = os.path.dirname(os.path.abspath(self._path))
        sys.path[:] = [folder if entry == self._path else entry for entry in sys.path]
        return spec_from_file_location(name, self._path, loader=ScriptLoader(name, self._path))


def _after_future(body: list[ast.stmt]) -> int:
    start = 0
    for index, statement in enumerate(body):
        documented = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            start = index + 1
        elif index == 0 and documented:
            start = 1
        else:
            break
    return start

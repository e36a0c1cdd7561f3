"""Sources: the target's files as the diagnosis reads them, parsed once."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SKIPPED = frozenset({"node_modules", "site-packages", "venv", "env", "build", "dist"})
LARGEST = 1_000_000
"""Files above this many bytes are data or generated, and are not read."""


@dataclass(frozen=True)
class Module:
    """A parsed Python file: `path` relative and POSIX, `name` as it would be imported."""

    path: str
    name: str
    tree: ast.Module

    @property
    def package(self) -> str:
        """The package that relative imports start from."""
        return self.name if self.path.endswith("__init__.py") else self.name.rpartition(".")[0]


def list_files(root: Path) -> tuple[str, ...]:
    """Relative POSIX paths of all plain files, without hidden, installed and built folders."""
    return tuple(sorted(_walk(root)))


def read_text(root: Path, path: str) -> str | None:
    """A file's text, None when it is too large or no UTF-8."""
    file = root / path
    if file.is_symlink() or file.stat().st_size > LARGEST:
        return None
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def parse_modules(root: Path, files: tuple[str, ...]) -> tuple[tuple[Module, ...], tuple[str, ...]]:
    """All Python files that parse, and the paths of those that do not."""
    modules, unparsed = [], []
    for path in files:
        if not path.endswith(".py"):
            continue
        text = read_text(root, path)
        tree = _parse(text) if text is not None else None
        if tree is None:
            unparsed.append(path)
        else:
            modules.append(Module(path, _module_name(path, files), tree))
    return tuple(modules), tuple(unparsed)


def _walk(root: Path) -> Iterator[str]:
    for folder, names, files in os.walk(root):
        names[:] = [n for n in names if not n.startswith((".", "__pycache__")) and n not in SKIPPED]
        base = Path(folder).relative_to(root)
        yield from ((base / name).as_posix() for name in files if not name.startswith("."))


def _parse(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return None


def _module_name(path: str, files: tuple[str, ...]) -> str:
    """The dotted name from the root, or from a source folder that is no package (`src/`)."""
    parts = path[:-3].split("/")
    if parts[-1] == "__init__":
        parts.pop()
    if len(parts) > 1 and parts[0] in ("src", "lib") and f"{parts[0]}/__init__.py" not in files:
        parts = parts[1:]
    return ".".join(parts)

"""The target's files as a researcher may see them: read-only, inside the tree, no links."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath

from tasks.records.dossier import Dossier
from tasks.target import matches

LARGEST_FILE = 1_000_000
MOST_FILES = 5_000
_HIDDEN = frozenset({".git", "__pycache__", ".pytest_cache", ".venv"})


class Source:
    """One tree of a dossier, with some files in another version if `overlay` says so."""

    def __init__(self, dossier: Dossier, overlay: Mapping[str, str | None] | None = None) -> None:
        self._root = dossier.root
        self._shown = dossier.shown or dossier.root
        self._overlay = dict(overlay or {})
        self._editable, self._protected = dossier.editable, dossier.protected

    @cached_property
    def files(self) -> tuple[str, ...]:
        """All regular files, sorted."""
        found: list[str] = []
        for folder, names, files in os.walk(self._shown):
            names[:] = sorted(name for name in names if name not in _HIDDEN)
            here = Path(folder)
            found += [
                (here / name).relative_to(self._shown).as_posix()
                for name in files
                if not (here / name).is_symlink() and (here / name).is_file() and name != ".git"
            ]
            if len(found) > MOST_FILES:
                break
        gone = {path for path, text in self._overlay.items() if text is None}
        made = {path for path, text in self._overlay.items() if text is not None}
        return tuple(sorted((set(found[:MOST_FILES]) | made) - gone))

    def text(self, path: str) -> str | None:
        """A file's text as it may be shown; None where there is no such text file."""
        if path in self._overlay:
            return self._overlay[path]
        return _text(self._shown, path)

    def lines(self, path: str) -> list[str]:
        """The lines of a file; none where there is no such text file."""
        return (self.text(path) or "").splitlines()

    def whole(self, path: str) -> bool:
        """Whether nothing of the file is held out, so that all of it may be edited."""
        return path in self._overlay or _text(self._shown, path) == _text(self._root, path)

    def exists(self, path: str) -> bool:
        """Whether something is at this path, of whatever kind."""
        if path in self._overlay:
            return self._overlay[path] is not None
        return os.path.lexists(self._root / path)

    def may_edit(self, path: str) -> bool:
        """Whether a proposal may touch this path."""
        plain = PurePosixPath(path).as_posix() == path and ".git" not in PurePosixPath(path).parts
        return plain and matches(path, self._editable) and not matches(path, self._protected)

    @property
    def scope(self) -> str:
        """What may be edited, in words."""
        but = f", but not {', '.join(self._protected)}" if self._protected else ""
        return f"{', '.join(self._editable)}{but}"


def _text(root: Path, path: str) -> str | None:
    """The text of a regular file below the root that is reached by no link."""
    pure = PurePosixPath(path)
    if not path or pure.is_absolute() or ".." in pure.parts or _HIDDEN & set(pure.parts):
        return None
    file = root / pure
    try:
        below = [root.joinpath(*pure.parts[:depth]) for depth in range(1, len(pure.parts) + 1)]
        linked = any(part.is_symlink() for part in below)
        if linked or not file.is_file() or file.stat().st_size > LARGEST_FILE:
            return None
        return file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError, ValueError):
        return None

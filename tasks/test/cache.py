"""Two caches: finished evaluations, and what targets keep for themselves between calls."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from tasks.files import write_atomically
from tasks.records.score import ItemScore
from tasks.test.measured import Measured

_SCORES = TypeAdapter(tuple[ItemScore, ...])


@dataclass(frozen=True)
class EvaluationCache:
    """Scores by digest of tree, evaluator, a group's items and seed; one small file a group.

    The file holds the scores of those items that were run so far. They may be reused whatever else
    is asked because a target answers each question from its group's context alone: the contract
    says so.
    """

    folder: Path

    def key(self, tree: str, evaluator: str, items: Sequence[str], seed: int) -> str:
        """The digest that a group's scores are kept under."""
        parts = [tree, evaluator, str(seed), *items]
        return sha256("\x1f".join(parts).encode()).hexdigest()

    def get(self, key: str) -> Measured:
        """What is known so far; a file that cannot be read counts as unknown."""
        path = self._path(key)
        if not path.is_file():
            return Measured()
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            scores, seconds = document["scores"], float(document["seconds"])
            cpu_seconds = float(document.get("cpu_seconds", seconds))  # older files lack it
            return Measured(_SCORES.validate_python(scores), seconds, cpu_seconds)
        except (ValueError, KeyError, ValidationError):
            path.unlink(missing_ok=True)
            return Measured()

    def put(self, key: str, measured: Measured) -> None:
        """Keeps a group's scores."""
        scores = _SCORES.dump_python(measured.scores, mode="json")
        document = {"seconds": measured.seconds, "cpu_seconds": measured.cpu_seconds}
        write_atomically(self._path(key), json.dumps({**document, "scores": scores}))

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"


@dataclass(frozen=True)
class LineageCache:
    """A target's own cache (embeddings, for instance), inherited along ancestry only.

    What hostile code writes may be poison. A tree therefore starts from a copy of what it or its
    nearest ancestor left, and never sees what a tree wrote that it does not contain.
    """

    folder: Path

    def borrow(self, tree: str, ancestors: Sequence[str], destination: Path) -> Path:
        """Fills `destination` for a run of `tree`; `ancestors` are its parents, nearest first."""
        for known in (tree, *ancestors):
            if (self.folder / known).is_dir():
                _copy(self.folder / known, destination)
                return destination
        destination.mkdir(parents=True)
        return destination

    def keep(self, tree: str, ancestors: Sequence[str], scratch: Path) -> None:
        """Keeps what a run left, unless it left just what it was given."""
        left = _state(scratch)
        for known in (tree, *ancestors):
            if (self.folder / known).is_dir():
                if _state(self.folder / known) == left:
                    return
                break
        if not left:
            return
        fresh = self.folder / f".{tree}.{scratch.parent.name}"
        _copy(scratch, fresh)
        shutil.rmtree(self.folder / tree, ignore_errors=True)
        fresh.rename(self.folder / tree)

    def forget(self, tree: str) -> None:
        """Drops what a tree left, such as a rejected candidate's."""
        shutil.rmtree(self.folder / tree, ignore_errors=True)


def _copy(source: Path, destination: Path) -> None:
    """Copies plain files and folders only: links and pipes may be traps."""

    def special(folder: str, names: list[str]) -> list[str]:
        paths = [(name, Path(folder) / name) for name in names]
        return [n for n, p in paths if p.is_symlink() or not (p.is_file() or p.is_dir())]

    shutil.copytree(source, destination, ignore=special)


def _state(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path.relative_to(folder)): (path.lstat().st_size, path.lstat().st_mtime_ns)
        for path in folder.rglob("*")
        if not path.is_dir()
    }

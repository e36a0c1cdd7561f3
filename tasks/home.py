"""The home directory: everything a run keeps, and the lock that lets one run at a time write it."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from tasks.errors import HomeBusyError, WhetstoneError

MINIMUM_FREE_MB = 512
PATIENCE = 0.5
"""Seconds that a run waits for its home: a reader takes the lock for an instant to see it."""


@dataclass(frozen=True)
class Home:
    """Paths under one home directory; folders are made when first asked for."""

    root: Path

    @classmethod
    def beside(cls, folder: Path) -> Home:
        """`WHETSTONE_HOME` when set, else `.whetstone/` in this folder."""
        chosen = os.environ.get("WHETSTONE_HOME")
        return cls(Path(chosen).resolve() if chosen else folder.resolve() / ".whetstone")

    @property
    def runs(self) -> Path:
        """One folder a run."""
        return self._folder("runs")

    @property
    def cache(self) -> Path:
        """Evaluations and what targets cache between calls."""
        return self._folder("cache")

    def run_folder(self, run: str) -> Path:
        """The folder of one run, made when missing."""
        return self._folder(f"runs/{run}")

    def run_ids(self) -> tuple[str, ...]:
        """All runs, oldest first: identifiers start with their date."""
        if not (self.root / "runs").is_dir():
            return ()
        return tuple(sorted(p.name for p in (self.root / "runs").iterdir() if p.is_dir()))

    def find_run(self, name: str) -> str:
        """Resolves `latest`, a full id, or an unambiguous beginning or end of one."""
        known = self.run_ids()
        if name == "latest" and known:
            return known[-1]
        found = [r for r in known if r == name] or [
            r for r in known if r.startswith(name) or r.endswith(name)
        ]
        if len(found) == 1:
            return found[0]
        state = f"matches {', '.join(found)}" if found else "matches no run"
        raise WhetstoneError(
            f"'{name}' {state} in {self.root}",
            "`whetstone runs` lists the runs; set WHETSTONE_HOME if they are kept elsewhere",
        )

    @contextmanager
    def locked(self, purpose: str) -> Iterator[None]:
        """Holds the home for one run. Raises HomeBusyError while another process holds it."""
        self.root.mkdir(parents=True, exist_ok=True)
        lock, owner = FileLock(self.root / "lock"), self.root / "lock.owner"
        try:
            lock.acquire(timeout=PATIENCE)
        except Timeout as error:
            holder = owner.read_text(encoding="utf-8") if owner.is_file() else "unknown"
            raise HomeBusyError(
                f"another run holds {self.root} ({holder})",
                "wait for it, stop it, or give this run a home of its own with WHETSTONE_HOME",
            ) from error
        try:
            owner.write_text(f"process {os.getpid()}, {purpose}", encoding="utf-8")
            yield
        finally:
            owner.unlink(missing_ok=True)
            lock.release()

    def holder(self) -> str:
        """What the process that holds this home now does; empty when none does.

        The lock is asked, not the process number in the note: the kernel frees the lock with its
        process, however that ends, while the note stays and its number may come to be another's.
        """
        owner = self.root / "lock.owner"
        if not _is_held(self.root / "lock"):
            return ""
        with suppress(FileNotFoundError):  # freed since
            return owner.read_text(encoding="utf-8").partition(", ")[2]
        return ""

    def require_space(self, megabytes: int | None = None, consequence: str = "") -> None:
        """Raises before a disk that is nearly full can truncate a record.

        `megabytes` replaces the usual minimum; `consequence` says what failed already for want
        of space.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(self.root).free // 2**20
        if free < (MINIMUM_FREE_MB if megabytes is None else megabytes):
            raise WhetstoneError(
                f"{free} MiB are free at {self.root}, at least {MINIMUM_FREE_MB} are needed"
                f"{consequence}",
                "free some space, or move the home with WHETSTONE_HOME; then run again with "
                "--resume: nothing that was finished is lost",
            )

    def _folder(self, name: str) -> Path:
        path = self.root / name
        path.mkdir(parents=True, exist_ok=True)
        return path


def _is_held(lock: Path) -> bool:
    if not lock.is_file():
        return False
    with lock.open("rb") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
    return False

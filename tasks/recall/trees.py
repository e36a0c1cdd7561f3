"""Trees: what a commit's files are, as the novelty screen needs to know it."""

from __future__ import annotations

import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from tasks.errors import DataError


class Trees(Protocol):
    """Read access to the commits that proposals are made against."""

    def digest(self, commit: str) -> str:
        """What the commit's whole content is known by, equal for equal content."""

    def text(self, commit: str, path: str) -> str:
        """The file at the commit; empty where there is none."""


class GitTrees:
    """The trees of one local repository; a commit is known by its git tree id."""

    def __init__(self, repository: Path) -> None:
        self._repository = repository
        self.digest = lru_cache(maxsize=None)(self._digest)
        self.text = lru_cache(maxsize=256)(self._text)

    def _digest(self, commit: str) -> str:
        found = self._git("rev-parse", "--verify", "--quiet", f"{commit}^{{tree}}")
        if found.returncode:
            raise DataError(
                f"{self._repository} has no commit {commit}",
                "screen proposals against the repository they were made for",
            )
        return found.stdout.decode().strip()

    def _text(self, commit: str, path: str) -> str:
        found = self._git("cat-file", "blob", f"{commit}:{path}")
        return "" if found.returncode else found.stdout.decode("utf-8", "replace")

    def _git(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = ["git", "-C", str(self._repository), *arguments]
        return subprocess.run(command, capture_output=True, check=False, timeout=60)

"""The descriptors that a launch hands to its sandbox, closed whatever happens."""

from __future__ import annotations

import os
from types import TracebackType


class Descriptors:
    """Owns what it opens until `hand_over`, from when whoever starts the process closes it.

    The read ends of pipes stay here and are closed on leaving.
    """

    def __init__(self) -> None:
        self._kept: list[int] = []
        self._lent: list[int] = []

    def __enter__(self) -> Descriptors:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for descriptor in (*self._kept, *self._lent):
            os.close(descriptor)

    def pipe(self) -> tuple[int, int]:
        """A pipe's ends: the read end is kept, the write end lent."""
        read, write = os.pipe()
        self._kept.append(read)
        self._lent.append(write)
        return read, write

    def holding(self, content: bytes) -> int:
        """A lent descriptor from which `content` can be read."""
        descriptor = os.memfd_create("job")
        self._lent.append(descriptor)
        with os.fdopen(descriptor, "wb", closefd=False) as file:
            file.write(content)
        os.lseek(descriptor, 0, os.SEEK_SET)
        return descriptor

    def hand_over(self) -> tuple[int, ...]:
        """The lent descriptors; no longer closed here."""
        lent, self._lent = tuple(self._lent), []
        return lent

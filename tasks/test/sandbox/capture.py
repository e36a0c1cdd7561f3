"""Takes a process's output as it comes, keeps a bounded tail, and notices its end at once."""

from __future__ import annotations

import os
import selectors
import subprocess
import time
from types import TracebackType

_CHUNK = 65_536
_DRAIN_SECONDS = 1.0


class Capture:
    """Reads both pipes of `process` without ever blocking on them.

    Counts all bytes against `limit`, which is for both streams together; keeps the last `limit` of
    each. Does not reap the process.
    """

    def __init__(self, process: subprocess.Popen[bytes], limit: int) -> None:
        if process.stdout is None or process.stderr is None:
            raise ValueError("the process has to be started with both outputs as pipes")
        self._limit = limit
        self._total = 0
        self._files = {"stdout": process.stdout, "stderr": process.stderr}
        self._tails = {"stdout": bytearray(), "stderr": bytearray()}
        self._selector = selectors.DefaultSelector()
        for name, file in self._files.items():
            os.set_blocking(file.fileno(), False)
            self._selector.register(file, selectors.EVENT_READ, name)
        self._pidfd = os.pidfd_open(process.pid)
        self._selector.register(self._pidfd, selectors.EVENT_READ, "end")

    def __enter__(self) -> Capture:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._selector.close()
        os.close(self._pidfd)
        for file in self._files.values():
            file.close()

    @property
    def overflowed(self) -> bool:
        """True once more than the limit has been written."""
        return self._total > self._limit

    @property
    def stdout(self) -> str:
        """The tail of standard output."""
        return self._tails["stdout"].decode("utf-8", "replace")

    @property
    def stderr(self) -> str:
        """The tail of standard error."""
        return self._tails["stderr"].decode("utf-8", "replace")

    def wait(self, seconds: float) -> bool:
        """Take what comes within `seconds`; True when the process has ended."""
        ended = False
        for key, _ in self._selector.select(seconds):
            if key.data == "end":
                ended = True
            else:
                self._read(key.data)
        return ended

    def drain(self) -> None:
        """Take what is left after the end; gives up on a pipe that somebody still holds open."""
        self._selector.unregister(self._pidfd)
        deadline = time.monotonic() + _DRAIN_SECONDS
        while self._selector.get_map() and time.monotonic() < deadline:
            for key, _ in self._selector.select(0.05):
                self._read(key.data)

    def _read(self, name: str) -> None:
        file = self._files[name]
        try:
            chunk = os.read(file.fileno(), _CHUNK)
        except BlockingIOError:
            return
        if not chunk:
            self._selector.unregister(file)
        self._total += len(chunk)
        tail = self._tails[name]
        tail += chunk
        del tail[: max(0, len(tail) - self._limit)]

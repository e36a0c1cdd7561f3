"""A deadline for whole answers: a server that keeps sending a little at a time is left, too."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import Context, copy_context
from types import TracebackType
from typing import Any

from dspy import lm15

from researchers.language_model.models.engine import Source, close


class InTime:
    """A source whose whole answer has to come within so many seconds.

    Timeouts of connections hold for each piece that is read, so that a trickle never meets them.
    A source that is late is closed and left to itself, and another one is opened for the next
    call. Raises lm15.TimeoutError, and what the source raises.
    """

    def __init__(self, opened: Callable[[], Source], seconds: float) -> None:
        self._opened, self._seconds = opened, seconds
        self._source = opened()

    def complete(self, request: Any) -> Any:
        """See Source."""
        source = self._source
        call = _Call(copy_context(), lambda: source.complete(request))
        call.start()
        call.join(self._seconds)
        if call.is_alive():
            self._source = self._opened()
            close(source)
            raise lm15.TimeoutError(f"no whole answer within {self._seconds:g} s")
        if call.error is not None:
            raise call.error
        return call.answer

    def close(self) -> None:
        """Closes the source."""
        close(self._source)


class _Call(threading.Thread):
    """One call on its way. A daemon: an answer that nobody waits for holds up no ending."""

    def __init__(self, context: Context, work: Callable[[], Any]) -> None:
        super().__init__(daemon=True, name="model call")
        self._context, self._work = context, work
        self.answer: Any = None
        self.error: BaseException | None = None

    def run(self) -> None:
        """Hands the answer over, or what came in its place."""
        with self:
            self.answer = self._context.run(self._work)

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        self.error = error
        return True

"""The desk that a run gives to its model: calls and events in the ledger, shown as they happen."""

from __future__ import annotations

import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Event

from stages.progress import Progress
from tasks.home import Home
from tasks.ledger import Ledger
from tasks.records.usage import ModelCall, ModelEvent

CALLS, EVENTS = "model-calls", "model-events"
LIMIT = "limit"
"""The kind of event that ends a run."""


def limit_in(events: Iterable[ModelEvent]) -> str:
    """Which limit was reached, in words; empty while none is."""
    return next((event.detail for event in events if event.kind == LIMIT), "")


@dataclass
class RunDesk:
    """See researchers.language_model.models.desk.

    `round_now` is bound once the run is made, `trace_now` where traces are kept, and `tell` where
    events are shown elsewhere than in the terminal.
    """

    home: Home
    run: str
    progress: Progress
    cancel: Event
    round_now: Callable[[], int] = lambda: 0
    trace_now: Callable[[], str] = lambda: ""
    tell: Callable[[ModelEvent], None] = lambda event: None
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def folder(self) -> Path:
        """The run's folder, which may not be there yet."""
        return self.home.root / "runs" / self.run

    @property
    def places(self) -> Sequence[tuple[Path, str]]:
        """Folders whose names differ between machines."""
        return (
            (self.folder, "<run>"),
            (self.home.root, "<home>"),
            (Path(tempfile.gettempdir()), "<scratch>"),
            (Path(sys.prefix), "<python>"),
            (Path.cwd(), "<here>"),
            (Path.home(), "<user>"),
        )

    @property
    def round(self) -> int:
        """The run's round."""
        return self.round_now()

    @property
    def cancelled(self) -> bool:
        """Whether the run was interrupted."""
        return self.cancel.is_set()

    def calls(self) -> Sequence[ModelCall]:
        """All calls so far."""
        return tuple(self._known)

    def waited(self) -> float:
        """Seconds for which somebody was waited for: they are not research."""
        return sum(call.seconds for call in self._known if call.source == "mailbox")

    def called(self, call: ModelCall) -> None:
        """Keeps a call."""
        with self._lock:
            self._ledger.append(CALLS, call)
            self._known.append(call)

    def happened(self, event: ModelEvent) -> None:
        """Keeps and shows an event."""
        with self._lock:
            self._ledger.append(EVENTS, event)
        where = f" ({event.stage})" if event.stage else ""
        self.progress.note(f"model, {event.kind.replace('_', ' ')}{where}: {event.detail}")
        self.tell(event)

    def show(self, state: str) -> None:
        """Shows what the model costs, or what is waited for."""
        self.progress.thinking(state)

    def trace(self) -> str:
        """The MLflow trace of the call in hand."""
        return self.trace_now()

    def stopped(self) -> str:
        """Which limit was reached, in words; empty while none is."""
        return limit_in(self._ledger.read(EVENTS, ModelEvent))

    @cached_property
    def _ledger(self) -> Ledger:
        return Ledger(self.folder)

    @cached_property
    def _known(self) -> list[ModelCall]:
        return list(self._ledger.read(CALLS, ModelCall))

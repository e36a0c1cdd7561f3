"""The desk: what a model is given by the run that asks it, and where it reports what happens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from tasks.records.usage import ModelCall, ModelEvent


class Desk(Protocol):
    """Owned by the run; safe across threads. `folder` is the run's, made when first written to.

    `places` are folders whose paths differ from machine to machine, each with the word that
    stands for it in digests and recordings.
    """

    @property
    def folder(self) -> Path:
        """The folder of the run."""
        ...

    @property
    def places(self) -> Sequence[tuple[Path, str]]:
        """Folders of this machine, and what to call them."""
        ...

    @property
    def round(self) -> int:
        """The round that the run is in."""
        ...

    @property
    def cancelled(self) -> bool:
        """Whether the run was interrupted."""
        ...

    def calls(self) -> Sequence[ModelCall]:
        """All calls of this run so far, those before a resumption too."""
        ...

    def called(self, call: ModelCall) -> None:
        """Keeps a call."""
        ...

    def happened(self, event: ModelEvent) -> None:
        """Keeps and shows an event."""
        ...

    def show(self, state: str) -> None:
        """Shows what the model costs so far, or what is waited for, until something else is."""
        ...

    def trace(self) -> str:
        """The id of the MLflow trace of the call in hand; empty where none is kept."""
        ...

"""A desk that only remembers, and models opened at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tasks.records.usage import ModelCall, ModelEvent
from tests.researchers.language_model.models import fault_server


@dataclass
class Desk:
    """See researchers.language_model.models.desk."""

    folder: Path
    places: Sequence[tuple[Path, str]] = ()
    round: int = 1
    cancelled: bool = False
    kept: list[ModelCall] = field(default_factory=list)
    events: list[ModelEvent] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    def calls(self) -> Sequence[ModelCall]:
        return tuple(self.kept)

    def called(self, call: ModelCall) -> None:
        self.kept.append(call)

    def happened(self, event: ModelEvent) -> None:
        self.events.append(event)

    def show(self, state: str) -> None:
        self.shown.append(state)

    def trace(self) -> str:
        return "trace-1"

    @property
    def kinds(self) -> list[str]:
        return [event.kind for event in self.events]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "runs" / "r1")


@pytest.fixture
def faults() -> ModuleType:
    """The fault server's module."""
    return fault_server


@pytest.fixture
def endpoint(desk: Desk) -> Any:
    """Opens an OpenAI-compatible endpoint with these settings."""
    from researchers.language_model.models import NamedModel, open_model
    from researchers.language_model.models.settings import Endpoint

    def opened(url: str, **more: Any) -> Any:
        retry = {"tries": 3, "first_wait": 0.0, "longest_wait": 5.0, **more.pop("retry", {})}
        settings = Endpoint.model_validate(
            {"kind": "endpoint", "endpoint": url, "model": "scripted", "retry": retry,
             "max_tokens": 200, **more}
        )  # fmt: skip
        return open_model(NamedModel("scripted", settings, desk.folder.parent), desk)

    return opened

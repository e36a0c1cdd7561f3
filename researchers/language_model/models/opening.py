"""Opens a model for a run: its engine with limits and keys, and the adapter that asks it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dspy
from dspy.utils.exceptions import LMError

from researchers.language_model.models.adapter import TypedAdapter
from researchers.language_model.models.desk import Desk
from researchers.language_model.models.endpoint import CompatibleServer, hosted_model
from researchers.language_model.models.engine import NO_RETRY, Keeper, MeteredEngine, Source
from researchers.language_model.models.in_time import InTime
from researchers.language_model.models.keys import Secret, key_of
from researchers.language_model.models.loading import NamedModel
from researchers.language_model.models.mailbox import Mailbox as Letterbox
from researchers.language_model.models.meter import Meter
from researchers.language_model.models.recording import Recorder
from researchers.language_model.models.replay import Replayed
from researchers.language_model.models.settings import (
    AnyModel,
    Endpoint,
    Hosted,
    Limits,
    Mailbox,
    Replay,
)
from tasks.errors import ResearcherError
from tasks.records.usage import AnswerSource

CORRECTIONS_REPLAYED = 10
"""A recording holds the corrections of its model, however many those were; mailboxes correct."""


@dataclass(frozen=True)
class OpenModel:
    """A model that can be asked, and the adapter to ask it through."""

    lm: Any
    adapter: TypedAdapter


def name_of(settings: AnyModel) -> str:
    """What the model is called in records: the mailbox and recordings have no other name."""
    return settings.model if isinstance(settings, Hosted | Endpoint) else settings.kind


def limits_of(settings: AnyModel) -> Limits:
    """What the model may use; a recording was paid for already."""
    return Limits() if isinstance(settings, Replay) else settings.limits


def open_model(model: NamedModel, desk: Desk) -> OpenModel:
    """The model, ready to be asked. Nothing is sent yet. Raises ModelError without its key.

    DSPy's cache of answers is off: what is answered twice is asked and counted twice, and what a
    provider caches shows as cached tokens.
    """
    settings = model.settings
    key = key_of(settings, Path.cwd())
    live = settings if isinstance(settings, Hosted | Endpoint) else None
    source: AnswerSource = "live" if isinstance(settings, Hosted | Endpoint) else settings.kind
    engine = MeteredEngine(
        _source(settings, key, model.folder, desk),
        name=name_of(settings),
        kind=source,
        meter=Meter(limits_of(settings), live.prices if live else None, desk.calls()),
        desk=desk,
        max_tokens=0 if isinstance(settings, Replay) else settings.max_tokens,
        retry=live.retry if live else NO_RETRY,
        secret=key,
        keeper=_keeper(settings, desk),
    )
    try:
        lm = dspy.LM(
            name_of(settings),
            engine=engine,
            cache=False,
            num_retries=0,
            temperature=live.temperature if live else None,
            max_tokens=live.max_tokens if live else None,
        )
    except (LMError, ValueError) as error:
        raise ResearcherError(
            f"the model {model.name} cannot be opened: {error}", "mend the model's file"
        ) from None
    corrections = live.corrections if live else CORRECTIONS_REPLAYED
    return OpenModel(lm, TypedAdapter(desk, corrections, live.structured if live else "none"))


def _source(settings: AnyModel, key: Secret, folder: Path, desk: Desk) -> Source:
    if isinstance(settings, Hosted):
        hosted = settings
        return InTime(lambda: hosted_model(hosted, key), settings.timeouts.answer)
    if isinstance(settings, Endpoint):
        server = settings
        return InTime(lambda: CompatibleServer(server, key), settings.timeouts.answer)
    if isinstance(settings, Mailbox):
        place = Path(settings.folder).expanduser() if settings.folder else desk.folder / "mailbox"
        return Letterbox(place, desk)
    beside = folder / settings.recording
    return Replayed(beside if beside.is_dir() else Path(settings.recording).expanduser(), desk)


def _keeper(settings: AnyModel, desk: Desk) -> Keeper | None:
    if isinstance(settings, Replay) or settings.record is None:
        return None
    return Recorder(Path(settings.record).expanduser(), desk)

"""Whether a model could be asked from here: its key, its server, its recording."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from researchers.language_model.models.keys import key_of
from researchers.language_model.models.loading import NamedModel
from researchers.language_model.models.settings import CALLS, Endpoint, Hosted, Mailbox
from tasks.errors import ModelError

PATIENCE = 0.5
"""Seconds that a server on this machine or near it may take to accept a connection."""
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Usable:
    """`found` says what was seen, `cure` what would mend it. Nothing was asked of the model."""

    ok: bool
    found: str
    cure: str = ""


def usable(model: NamedModel, folder: Path) -> Usable:
    """Looks for the key in the environment and in `folder`, and knocks at an endpoint."""
    settings = model.settings
    if isinstance(settings, Mailbox):
        return Usable(True, "you, or any chat model, write the answers")
    if isinstance(settings, Hosted | Endpoint):
        try:
            key_of(settings, folder)
        except ModelError:
            return Usable(False, f"{settings.key} is not set", f"set {settings.key} or use a .env")
    if isinstance(settings, Hosted):
        return Usable(True, f"{settings.model}, {settings.key} is set")
    if isinstance(settings, Endpoint):
        return _knocked(settings.endpoint, model.name)
    there = any((at / settings.recording / CALLS).is_file() for at in (model.folder, folder))
    return Usable(there, settings.recording, f"there is no recording in {settings.recording}")


def _knocked(url: str, name: str) -> Usable:
    parts = urlsplit(url)
    address = (parts.hostname or "", parts.port or _PORTS[parts.scheme])
    try:
        with socket.create_connection(address, timeout=PATIENCE):
            return Usable(True, f"{url} accepts connections")
    except OSError as error:
        why = error.strerror or type(error).__name__
        return Usable(False, f"{url}: {why}", f"start the server, or change a copy of {name}.yaml")

"""Keys: from the environment or a `.env`, held so that no log, message or record shows them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from researchers.language_model.models.settings import AnyModel, Endpoint, Hosted
from tasks.errors import ModelError

HIDDEN = "[key]"
_LINE = re.compile(r"^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$")


@dataclass(frozen=True)
class Secret:
    """A key. Its representation hides it; `value` is asked for where a connection is opened."""

    value: str = field(default="", repr=False)

    def __str__(self) -> str:
        return HIDDEN

    def out_of(self, text: str) -> str:
        """The text without the key: servers echo keys in their messages."""
        return text.replace(self.value, HIDDEN) if self.value else text


NO_KEY = Secret()


def key_of(settings: AnyModel, folder: Path) -> Secret:
    """The key that a model needs, or none. Raises ModelError."""
    if isinstance(settings, Hosted | Endpoint) and settings.key is not None:
        return find_key(settings.key, folder)
    return NO_KEY


def find_key(name: str, folder: Path, environment: Mapping[str, str] | None = None) -> Secret:
    """The key under this name: in the environment, else in `folder`/.env.

    The environment of this process is not changed, so nothing started from here inherits a key
    that came from a file. Raises ModelError, which says where it was looked for.
    """
    known = os.environ if environment is None else environment
    value = known.get(name, "").strip() or _from_file(name, folder / ".env")
    if not value:
        raise ModelError(
            f"the model's key {name} is neither in the environment nor in {folder / '.env'}",
            f"set {name}, or write the line {name}=... into a .env file here; a local endpoint, "
            "the mailbox and a recording need no key (docs/researchers.md)",
        )
    return Secret(value)


def _from_file(name: str, path: Path) -> str:
    if not path.is_file():
        return ""
    for line in path.read_text(encoding="utf-8").splitlines():
        found = _LINE.match(line)
        if found and found.group(1) == name:
            value = found.group(2)
            quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
            return value[1:-1] if quoted else value.partition(" #")[0].strip()
    return ""

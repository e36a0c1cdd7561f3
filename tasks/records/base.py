"""The base of every record: frozen, strict about unknown keys, with a digest of its content."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen value that flows between stages; nothing mutates one that somebody else holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON form."""
        return digest_of(self.model_dump(mode="json"))


def digest_of(document: Any) -> str:
    """SHA-256 of any JSON document in canonical form (sorted keys, no spaces)."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()

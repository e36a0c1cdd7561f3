"""What the launcher is told: the only thing that crosses from the caller, as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Spec:
    """One confined command. Paths are absolute, as seen inside.

    `uid` is whom to drop to, None for a user that stays itself (in a user namespace). `parent` is
    the caller's pid. `scratch_bytes` is the size of the private /tmp and of /dev/shm.
    """

    command: tuple[str, ...]
    environment: dict[str, str]
    workdir: str
    readable: tuple[str, ...]
    writable: tuple[str, ...]
    covered: tuple[str, ...]
    scratch_bytes: int
    rlimits: dict[str, int]
    uid: int | None
    parent: int
    status: int

    def encoded(self) -> bytes:
        """The JSON that `decoded` takes."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def decoded(cls, text: bytes) -> Spec:
        """Raises TypeError on keys that are no fields."""
        return cls(**json.loads(text))

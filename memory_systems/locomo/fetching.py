"""Fetching the published file, with its digest checked before it is kept."""

from __future__ import annotations

import os
import shutil
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import IO

from memory_systems.errors import BenchmarkError
from memory_systems.locomo.loader import SHA256, cache_path

URL = "https://raw.githubusercontent.com/snap-research/locomo/3eb6f2c/data/locomo10.json"
CHUNK = 1 << 16


def fetch(
    destination: Path | None = None,
    source: str | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Path:
    """Brings the file from its public home (or `source`, a URL or a path) to `destination`.

    `progress` is told the bytes so far. The file appears under its name only once it is whole and
    has the right digest. Raises BenchmarkError.
    """
    target, origin = destination or cache_path(), source or URL
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, done = sha256(), 0
    handle, scratch = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as out, _opened(origin) as stream:
            while chunk := stream.read(CHUNK):
                out.write(chunk)
                digest.update(chunk)
                done += len(chunk)
                progress(done)
        if digest.hexdigest() != SHA256:
            raise BenchmarkError(
                f"{origin} gave {done} bytes with SHA-256 {digest.hexdigest()}, expected {SHA256}",
                "try again, or name another copy of the file with --from",
            )
        shutil.move(scratch, target)
    except (OSError, urllib.error.URLError) as error:
        raise BenchmarkError(
            f"{origin} cannot be fetched: {error}",
            "check the network, or name a local copy with --from or WHETSTONE_LOCOMO",
        ) from error
    finally:
        Path(scratch).unlink(missing_ok=True)
    return target


def _opened(origin: str) -> IO[bytes]:
    if "://" in origin:
        opened: IO[bytes] = urllib.request.urlopen(origin, timeout=60)
        return opened
    return Path(origin).open("rb")

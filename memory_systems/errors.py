"""The error of floor 0: data that is missing, altered or malformed."""

from __future__ import annotations


class BenchmarkError(Exception):
    """Benchmark data cannot be used; `cause` says what was found, `cure` what mends it."""

    def __init__(self, cause: str, cure: str) -> None:
        super().__init__(f"{cause}\n  cure: {cure}")
        self.cause = cause
        self.cure = cure

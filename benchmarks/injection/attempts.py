"""The log of every defect that was tried, from which a stopped build goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tasks.records.base import Record


class Attempt(Record):
    """One mutant: its key, where it was put and what became of it."""

    key: str
    substrate: str
    kind: str
    file: str
    line: int
    verdict: str
    seconds: float


@dataclass
class Attempts:
    """Attempts of a build, one JSON line each; `used` are those of the build at hand, in order."""

    file: Path
    known: dict[tuple[str, str], Attempt] = field(default_factory=dict)
    used: list[Attempt] = field(default_factory=list)

    @classmethod
    def open(cls, file: Path) -> Attempts:
        """The attempts of earlier builds into the same folder; none where there is no file."""
        attempts = cls(file)
        if file.is_file():
            for line in file.read_text(encoding="utf-8").splitlines():
                attempt = Attempt.model_validate_json(line)
                attempts.known[attempt.substrate, attempt.key] = attempt
        return attempts

    def enter(self, attempt: Attempt) -> None:
        """Notes an attempt, and writes it unless it was known."""
        self.used.append(attempt)
        if (attempt.substrate, attempt.key) not in self.known:
            self.known[attempt.substrate, attempt.key] = attempt
            with self.file.open("a", encoding="utf-8") as file:
                file.write(attempt.model_dump_json() + "\n")

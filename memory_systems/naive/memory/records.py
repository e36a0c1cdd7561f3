"""What the memory holds: one record for each turn of a conversation."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Memory:
    """A turn. `when` is the moment of the session that the turn belongs to."""

    id: str
    position: int
    speaker: str
    text: str
    caption: str
    picture: str
    when: datetime

    @property
    def utterance(self) -> str:
        """What was said and shown, and by whom."""
        parts = (f"{self.speaker}: {self.text}", self.caption, self.picture)
        return " ".join(part for part in parts if part)

    @property
    def summary(self) -> str:
        """The first sentence, for a glance."""
        return self.text.split(". ")[0]

    @property
    def content(self) -> str:
        """The utterance with its date, for a search by words."""
        return f"{self.utterance} {self.when.day} {self.when.strftime('%B %Y')}"


@dataclass(frozen=True)
class Hit:
    """A memory found for a question, and how well it fits (0 to 1, best hit 1)."""

    memory: Memory
    score: float

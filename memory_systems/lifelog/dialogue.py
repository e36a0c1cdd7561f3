"""Sessions of dialogue in which the facts are told between greetings, chat and hearsay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from memory_systems.lifelog.data_files import read
from memory_systems.lifelog.deck import Deck
from memory_systems.lifelog.draw import Draw
from memory_systems.lifelog.grammar import SLOT, Grammar
from memory_systems.lifelog.personas import Persona
from memory_systems.lifelog.pictures import Scene, scene
from memory_systems.lifelog.timeline import OPENING, Fact

WITHOUT_URL = 1 / 3
PICTURES = 0.1
ADDRESS = "https://pictures.example"


@dataclass(frozen=True)
class Turn:
    """`fact` is what the turn tells, if it tells anything."""

    id: str
    document: Mapping[str, Any]
    fact: Fact | None = None
    scene: Scene | None = None


@dataclass
class Writer:
    """Writes one conversation's turns."""

    draw: Draw
    deck: Deck
    people: Sequence[Persona]
    taken: set[str]
    group: str

    def __post_init__(self) -> None:
        self._voices = [Grammar(self.draw, f"{self.group} {who.name}") for who in self.people]
        self._small_talk = Grammar(self.draw)

    def session(self, number: int, facts: Sequence[Fact], turns: int) -> list[Turn]:
        """The session of this number (from 1) with all its facts, in `turns` turns."""
        first = self.draw.between(0, 1)
        told = self._places(facts, turns, first)
        written = []
        for position in range(turns):
            teller = (first + position) % 2
            identifier = f"D{number}:{position + 1}"
            fact = told.get(position)
            picture = fact.scene if fact else None
            if fact is None and position >= OPENING and self.draw.chance(PICTURES):
                picture = scene(self.draw, self.taken)
            text = self._text(teller, position, fact, picture)
            document = {"speaker": self.people[teller].name, "dia_id": identifier, "text": text}
            if picture:
                document |= self._shown(identifier, picture)
            written.append(Turn(identifier, document, fact, picture))
        return written

    def _places(self, facts: Sequence[Fact], turns: int, first: int) -> dict[int, Fact]:
        """Which fact each position tells; the opening turns tell none."""
        told: dict[int, Fact] = {}
        for teller in (0, 1):
            own = [fact for fact in facts if fact.teller == teller]
            free = [p for p in range(OPENING, turns) if (first + p) % 2 == teller]
            told |= dict(zip(self.draw.shuffled(free), own, strict=False))
        return told

    def _text(self, teller: int, position: int, fact: Fact | None, picture: Scene | None) -> str:
        parts = [self._chat("greeting" if position < OPENING else "reaction", teller)]
        if position >= OPENING and self.draw.chance(0.35):
            parts = []
        if fact:
            parts.append(self._told(fact))
        elif picture:
            parts.append(self._chat("picture", teller))
        if self.draw.chance(0.15 if fact else 0.85):
            parts.append(self._chat(self.draw.pick(["small_talk", "hearsay"]), teller))
        if not parts or self.draw.chance(0.25):
            parts.append(self._chat("ask_back", teller))
        return " ".join(parts)

    def _told(self, fact: Fact) -> str:
        values = fact.values | {"other": self.people[1 - fact.teller].name}
        if fact.moment:
            values["when"] = fact.moment.phrase
        return self._voices[fact.teller].say(fact.kind.say, values)

    def _chat(self, sort: str, teller: int) -> str:
        template = self.draw.pick(read("chat")[sort])
        values = {"other": self.people[1 - teller].name}
        for slot in SLOT.findall(template):
            if slot not in values:
                values[slot] = self.deck.deal(slot, self.taken)
        return self._small_talk.fill(template, values)

    def _shown(self, identifier: str, picture: Scene) -> dict[str, Any]:
        file = f"{identifier.replace(':', '_')}.png"
        shown = {"img_file": file, "blip_caption": picture.caption, "query": picture.thing}
        if self.draw.chance(WITHOUT_URL):
            return shown
        return {"img_url": [f"{ADDRESS}/{self.group}/{file}"], **shown}

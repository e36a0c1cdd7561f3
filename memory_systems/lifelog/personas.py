"""Who speaks: a name, pronouns and a circle of people."""

from __future__ import annotations

from dataclasses import dataclass

from memory_systems.lifelog.deck import Deck
from memory_systems.lifelog.draw import Draw

CIRCLE = 6


@dataclass(frozen=True)
class Persona:
    """`circle` lists relations by kinship and name, such as "sister Agatha";
    nobody is in two circles of a conversation."""

    name: str
    they: str
    their: str
    circle: tuple[str, ...]

    def called(self) -> dict[str, str]:
        """The slots that stand for this person in a question."""
        return {"who": self.name, "they": self.they, "their": self.their}


def persona(draw: Draw, deck: Deck, taken: set[str]) -> Persona:
    """A new person; the names used are added to `taken`."""
    they, their = draw.pick([("she", "her"), ("he", "his")])
    circle = tuple(deck.deal("kin", taken) for _ in range(CIRCLE))
    return Persona(name=deck.deal(they, taken), they=they, their=their, circle=circle)

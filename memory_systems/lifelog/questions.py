"""Questions about a conversation, in LoCoMo's five categories, with answers and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from memory_systems.errors import BenchmarkError
from memory_systems.lifelog.deck import Deck
from memory_systems.lifelog.dialogue import Turn
from memory_systems.lifelog.draw import Draw
from memory_systems.lifelog.grammar import Grammar, slots
from memory_systems.lifelog.personas import Persona
from memory_systems.lifelog.timeline import Fact, conclusion
from memory_systems.locomo.scoring import (
    ADVERSARIAL,
    CATEGORIES,
    MULTI_HOP,
    OPEN_DOMAIN,
    SINGLE_HOP,
    TEMPORAL,
)

PERSONAL = frozenset({"who", "they", "their", "conclusion"})
NEVER_HAPPENED = 0.25
_UNCHANGEABLE = frozenset({"kin", "scene", "landmark", "novel", "birthday", "shift"})


@dataclass(frozen=True)
class _Asked:
    """A question template with the fact it is about and the answer to it."""

    template: str
    turn: Turn
    fact: Fact
    answer: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The slots by which the question tells its fact from others."""
        return tuple(slot for slot in slots(self.template) if slot not in PERSONAL)


@dataclass
class Examiner:
    """Asks about the turns of one conversation; no question is asked twice."""

    draw: Draw
    deck: Deck
    people: Sequence[Persona]
    turns: Sequence[Turn]
    taken: set[str]
    group: str
    _asked: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._grammar = Grammar(self.draw, f"{self.group} questions")
        self._told = [(turn, turn.fact) for turn in self.turns if turn.fact]

    def ask(self, quota: Mapping[int, int]) -> list[dict[str, Any]]:
        """So many questions of every category. Raises BenchmarkError where it lacks facts."""
        sources = {
            MULTI_HOP: self._lists,
            TEMPORAL: lambda: self._plain(self._dated(), TEMPORAL),
            OPEN_DOMAIN: lambda: self._plain(self._inferred(), OPEN_DOMAIN),
            SINGLE_HOP: lambda: self._plain(self._detailed(), SINGLE_HOP),
            ADVERSARIAL: self._swapped,
        }
        entries = []
        for category, count in quota.items():
            found = [entry for entry, _ in zip(sources[category](), range(count), strict=False)]
            if len(found) < count:
                raise BenchmarkError(
                    f"{len(self._told)} events give {len(found)} of {count} "
                    f"{CATEGORIES[category]} questions",
                    "ask for fewer questions, or for more sessions or turns",
                )
            entries += found
        return self.draw.shuffled(entries)

    def _lists(self) -> Iterator[dict[str, Any]]:
        groups: dict[tuple[int, str], list[tuple[Turn, Fact]]] = {}
        for turn, fact in self._told:
            if fact.kind.collecting:
                groups.setdefault((fact.teller, fact.kind.name), []).append((turn, fact))
        for members in self.draw.shuffled([m for m in groups.values() if len(m) > 1]):
            fact = members[0][1]
            if fact.kind.collecting:
                slot = fact.kind.collecting.slot
                answer = ", ".join(member.values[slot] for _, member in members)
                template = self.draw.pick(fact.kind.collecting.ask)
                text = self._worded(template, fact.teller, fact.values)
                evidence = [turn.id for turn, _ in members]
                yield from self._entry(text, MULTI_HOP, evidence, answer=answer)

    def _plain(self, asked: Sequence[_Asked], category: int) -> Iterator[dict[str, Any]]:
        """Questions whose answer stands; those about facts not yet asked about come first."""
        later = []
        seen: set[str] = set()
        for one in self.draw.shuffled(asked):
            if one.turn.id in seen:
                later.append(one)
                continue
            seen.add(one.turn.id)
            yield from self._stated(one, category)
        for one in later:
            yield from self._stated(one, category)

    def _stated(self, one: _Asked, category: int) -> Iterator[dict[str, Any]]:
        if self._matches(one.fact, one.keys, one.fact.teller, one.fact.values) != 1:
            return
        values = one.fact.values
        if one.fact.kind.inference:
            values = values | {"conclusion": conclusion(one.fact)}
        text = self._worded(one.template, one.fact.teller, values)
        yield from self._entry(text, category, [one.turn.id], answer=one.answer)

    def _swapped(self) -> Iterator[dict[str, Any]]:
        """Unanswerable questions: the other speaker's event, or one that never happened."""
        for one in self.draw.shuffled([*self._detailed(), *self._detailed(), *self._dated()]):
            teller, values = 1 - one.fact.teller, one.fact.values
            open_keys = [k for k in one.keys if one.fact.kind.slots[k] not in _UNCHANGEABLE]
            if open_keys and self.draw.chance(NEVER_HAPPENED):
                key = self.draw.pick(open_keys)
                fresh = self.deck.deal(one.fact.kind.slots[key], self.taken)
                teller, values = one.fact.teller, values | {key: fresh}
            if self._matches(one.fact, one.keys, teller, values) == 0:
                text = self._worded(one.template, teller, values)
                yield from self._entry(
                    text, ADVERSARIAL, [one.turn.id], adversarial_answer=one.answer
                )

    def _detailed(self) -> list[_Asked]:
        return [
            _Asked(self.draw.pick(templates), turn, fact, fact.values[slot])
            for turn, fact in self._told
            for slot, templates in fact.kind.ask.items()
        ]

    def _dated(self) -> list[_Asked]:
        return [
            _Asked(self.draw.pick(fact.kind.when), turn, fact, fact.moment.answer)
            for turn, fact in self._told
            if fact.moment
        ]

    def _inferred(self) -> list[_Asked]:
        return [
            _Asked(
                self.draw.pick(fact.kind.inference.ask),
                turn,
                fact,
                fact.kind.inference.verdict or conclusion(fact),
            )
            for turn, fact in self._told
            if fact.kind.inference
        ]

    def _matches(
        self, fact: Fact, keys: Sequence[str], teller: int, values: Mapping[str, str]
    ) -> int:
        """How many facts of that kind a speaker told with these key values."""
        return sum(
            other.teller == teller
            and other.kind == fact.kind
            and all(other.values[key] == values[key] for key in keys)
            for _, other in self._told
        )

    def _worded(self, template: str, teller: int, values: Mapping[str, str]) -> str:
        return self._grammar.fill(template, {**values, **self.people[teller].called()})

    def _entry(
        self, text: str, category: int, evidence: list[str], **answers: str
    ) -> Iterator[dict[str, Any]]:
        if text not in self._asked:
            self._asked.add(text)
            yield {"question": text, "category": category, "evidence": evidence, **answers}

"""What happens in two people's lives, and in which session each of it is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from memory_systems.errors import BenchmarkError
from memory_systems.lifelog.data_files import read
from memory_systems.lifelog.dates import Moment, future, past
from memory_systems.lifelog.deck import Deck
from memory_systems.lifelog.draw import Draw
from memory_systems.lifelog.kinds import Kind, all_kinds
from memory_systems.lifelog.personas import Persona
from memory_systems.lifelog.pictures import Scene, scene

FILLED = 0.62
OPENING = 2
LISTED = (2, 2, 3, 3, 4)
ONCE_SHARE = 0.25


@dataclass(frozen=True)
class Fact:
    """Something that `teller` (0 or 1) tells in a session (from 0).

    `values` are the details by slot; `moment` is None for what simply is so.
    """

    teller: int
    kind: Kind
    values: dict[str, str]
    session: int
    moment: Moment | None = None
    scene: Scene | None = None


def session_times(draw: Draw, count: int) -> list[datetime]:
    """Starts of the sessions: from days to months apart, in the years from 2015 on."""
    when = datetime(2015, 1, 1) + timedelta(days=draw.between(0, 3200))
    times = []
    for _ in range(count):
        when += timedelta(days=draw.between(8, 90))
        times.append(when.replace(hour=draw.between(8, 21), minute=draw.between(0, 59)))
    return times


@dataclass
class Planner:
    """Plans one conversation's facts; `lists` and `inferences` are the least numbers wanted."""

    draw: Draw
    deck: Deck
    people: Sequence[Persona]
    times: Sequence[datetime]
    taken: set[str]

    def plan(self, turns_per_session: int, lists: int, inferences: int) -> list[Fact]:
        """All facts, by session. Raises BenchmarkError where the sessions hold too few turns."""
        room = len(self.times) * ((turns_per_session - OPENING) // 2)
        chosen: tuple[list[Kind], list[Kind]] = ([], [])
        for number in range(lists):
            self._choose_list(chosen, number % 2, room)
        for number in range(inferences):
            options = [k for k in all_kinds() if k.inference and self._open(k, chosen, number % 2)]
            chosen[number % 2].append(self.draw.pick(options))
        for kinds in chosen:
            if len(kinds) > room:
                raise BenchmarkError(
                    f"{len(self.times)} sessions of {turns_per_session} turns are too short for "
                    f"{lists} lists and {inferences} inferences",
                    "ask for fewer questions, or for more sessions or turns",
                )
        for teller in (0, 1):
            while len(chosen[teller]) < round(FILLED * room):
                chosen[teller].append(self._another(chosen, teller))
        return [fact for teller in (0, 1) for fact in self._spread(teller, chosen[teller], room)]

    def _choose_list(self, chosen: tuple[list[Kind], list[Kind]], teller: int, room: int) -> None:
        """Adds a kind that can be listed, several times."""
        own = chosen[teller]
        options = [kind for kind in all_kinds() if kind.collecting and kind not in own]
        if not options:
            raise BenchmarkError("there are more lists than kinds of event", "ask for fewer")
        left = max(LISTED[0], round(FILLED * room) - len(own))
        own += [self.draw.pick(options)] * min(self.draw.pick(LISTED), left)

    def _another(self, chosen: tuple[list[Kind], list[Kind]], teller: int) -> Kind:
        """A kind to tell of, often one of the other speaker's; those with pictures count twice."""
        shared = [kind for kind in chosen[1 - teller] if self._open(kind, chosen, teller)]
        if shared and self.draw.chance(0.4):
            return self.draw.pick(shared)
        once = self.draw.chance(ONCE_SHARE)
        fresh = [k for k in all_kinds() if k.once == once and self._open(k, chosen, teller)]
        fresh = fresh or [kind for kind in all_kinds() if not kind.once]
        return self.draw.pick([*fresh, *(kind for kind in fresh if kind.picture_slot)])

    @staticmethod
    def _open(kind: Kind, chosen: tuple[list[Kind], list[Kind]], teller: int) -> bool:
        """Whether this speaker may (still) tell of a kind."""
        return not (kind.once and kind in chosen[teller])

    def _spread(self, teller: int, kinds: list[Kind], room: int) -> list[Fact]:
        """Events of a kind go to different sessions while there are some."""
        each = room // len(self.times)
        load: Counter[int] = Counter()
        alike: Counter[tuple[str, int]] = Counter()
        facts = []
        for kind in self.draw.shuffled(kinds):
            free = [s for s in range(len(self.times)) if load[s] < each]
            order = self.draw.shuffled(free)
            session = min(order, key=lambda s: (alike[kind.name, s], load[s] > 0.8 * each))
            load[session] += 1
            alike[kind.name, session] += 1
            facts.append(self._fact(teller, kind, session))
        return facts

    def _fact(self, teller: int, kind: Kind, session: int) -> Fact:
        drawn = scene(self.draw, self.taken) if kind.picture_slot else None
        moment = None
        if not kind.timeless:
            told = future if kind.future else past
            moment = told(self.draw, self.times[session].date())
        values = {slot: self._value(teller, source, drawn) for slot, source in kind.slots.items()}
        return Fact(teller, kind, values, session, moment, drawn)

    def _value(self, teller: int, source: str, drawn: Scene | None) -> str:
        if source == "scene" and drawn is not None:
            return drawn.subject
        if source == "kin":
            return self.draw.pick(self.people[teller].circle)
        return self.deck.deal(source, self.taken)


def conclusion(fact: Fact) -> str:
    """What the knowledge base says about the slot that a fact's inference starts from."""
    if fact.kind.inference is None:
        raise ValueError(f"nothing follows from {fact.kind.name}")
    slot = fact.kind.inference.slot
    return str(read("knowledge")[fact.kind.slots[slot]][fact.values[slot]])

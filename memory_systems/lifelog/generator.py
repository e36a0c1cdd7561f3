"""The generator: from a seed and sizes to a benchmark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from memory_systems.benchmark import Benchmark
from memory_systems.errors import BenchmarkError
from memory_systems.lifelog.dates import stamp
from memory_systems.lifelog.deck import Deck
from memory_systems.lifelog.dialogue import Turn, Writer
from memory_systems.lifelog.draw import Draw
from memory_systems.lifelog.personas import persona
from memory_systems.lifelog.pictures import Scene, save
from memory_systems.lifelog.questions import Examiner
from memory_systems.lifelog.timeline import Planner, session_times
from memory_systems.locomo.loader import parse
from memory_systems.locomo.scoring import (
    ADVERSARIAL,
    MULTI_HOP,
    OPEN_DOMAIN,
    SINGLE_HOP,
    TEMPORAL,
)

MIX = {MULTI_HOP: 0.142, TEMPORAL: 0.162, OPEN_DOMAIN: 0.048, SINGLE_HOP: 0.423, ADVERSARIAL: 0.225}
"""Shares of the categories in LoCoMo."""
LEAST = {"conversations": 1, "sessions": 2, "turns_per_session": 4, "questions": 1}


@dataclass(frozen=True)
class Sample:
    """A conversation with its questions, as LoCoMo writes it, and its pictures by file name."""

    document: dict[str, Any]
    pictures: dict[str, Scene]


def generate(
    seed: int = 0,
    conversations: int = 12,
    sessions: int = 8,
    turns_per_session: int = 14,
    questions: int = 24,
    assets: Path | None = None,
) -> Benchmark:
    """A benchmark of LoCoMo's shape; the same arguments give the same digest on any platform.

    `questions` counts per conversation. Pictures are drawn into `assets/<group>/` where `assets`
    is given; items and contexts do not depend on it. Raises BenchmarkError for sizes that cannot
    be, such as more questions than the turns can answer.
    """
    samples = generate_samples(seed, conversations, sessions, turns_per_session, questions)
    if assets is not None:
        draw_pictures(samples, assets)
    benchmark = parse([sample.document for sample in samples], "lifelog")
    return replace(benchmark, assets=assets)


def generate_samples(
    seed: int, conversations: int, sessions: int, turns_per_session: int, questions: int
) -> list[Sample]:
    """What `generate` makes a benchmark of."""
    given = (conversations, sessions, turns_per_session, questions)
    for (name, least), value in zip(LEAST.items(), given, strict=True):
        if value < least:
            raise BenchmarkError(f"{name}: {value}", f"ask for at least {least}")
    deck = Deck(Draw("lifelog", seed, "deck"))
    quotas = _quotas(conversations, questions)
    return [
        _sample(seed, number, deck, sessions, turns_per_session, quota)
        for number, quota in enumerate(quotas, 1)
    ]


def draw_pictures(samples: list[Sample], assets: Path) -> None:
    """Writes every picture under `assets/<group>/`."""
    for sample in samples:
        folder = assets / str(sample.document["sample_id"])
        folder.mkdir(parents=True, exist_ok=True)
        for file, picture in sample.pictures.items():
            save(picture, folder / file)


def _sample(
    seed: int,
    number: int,
    deck: Deck,
    sessions: int,
    turns: int,
    quota: Counter[int],
) -> Sample:
    draw = Draw("lifelog", seed, number)
    group = f"life-{seed}-{number:02d}"
    taken: set[str] = set()
    people = [persona(draw, deck, taken) for _ in range(2)]
    times = session_times(draw, sessions)
    planner = Planner(draw, deck, people, times, taken)
    facts = planner.plan(turns, quota[MULTI_HOP], quota[OPEN_DOMAIN])
    writer = Writer(draw, deck, people, taken, group)
    told: list[Turn] = []
    conversation: dict[str, Any] = {"speaker_a": people[0].name, "speaker_b": people[1].name}
    for index, when in enumerate(times):
        written = writer.session(index + 1, [f for f in facts if f.session == index], turns)
        conversation[f"session_{index + 1}_date_time"] = stamp(when)
        conversation[f"session_{index + 1}"] = [dict(turn.document) for turn in written]
        told += written
    examiner = Examiner(draw, deck, people, told, taken, group)
    document = {"sample_id": group, "conversation": conversation, "qa": examiner.ask(quota)}
    pictures = {turn.document["img_file"]: turn.scene for turn in told if turn.scene}
    return Sample(document, pictures)


def _quotas(conversations: int, questions: int) -> Iterator[Counter[int]]:
    """Questions by category for every conversation, so that the whole keeps close to `MIX`."""
    asked: Counter[int] = Counter()
    for number in range(conversations):
        quota: Counter[int] = Counter()
        for position in range(questions):
            total = number * questions + position + 1
            category = max(MIX, key=lambda c: MIX[c] * total - asked[c])
            asked[category] += 1
            quota[category] += 1
        yield quota

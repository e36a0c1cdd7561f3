"""A small conversation that the tests share."""

from datetime import datetime
from pathlib import Path

import pytest

from memory.records import Memory
from memory.settings import Settings, load

ROOT = Path(__file__).resolve().parent.parent
WHEN = datetime(2023, 5, 8, 13, 56)
SAID = [
    ("D1:1", "Ana", "Hello Ben, how are you doing today?"),
    ("D1:2", "Ben", "I adopted a puppy called Rufus and he sleeps all day."),
    ("D1:3", "Ana", "Wonderful news for everybody at home!"),
    ("D1:4", "Ben", "My sister plays the violin in an orchestra in Lisbon."),
]


@pytest.fixture
def memories() -> list[Memory]:
    return [
        Memory(id=i, position=n, speaker=who, text=text, caption="", picture="", when=WHEN)
        for n, (i, who, text) in enumerate(SAID)
    ]


@pytest.fixture
def settings() -> Settings:
    return load(ROOT / "settings.yaml")

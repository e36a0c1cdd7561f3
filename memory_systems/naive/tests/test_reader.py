from memory.dates import Phrasing
from memory.question import analyse
from memory.reader import Reader
from memory.records import Hit, Memory
from memory.settings import Settings

SPEAKERS = ["Ana", "Ben"]


def read(question: str, memories: list[Memory], settings: Settings, first: int) -> str:
    hits = [Hit(memories[first], 1.0)]
    hits += [Hit(m, 0.1) for m in memories if m.position != first]
    reader = Reader(settings.reader, Phrasing("{day} {month} {year}"), ["plays"])
    return reader.answer(analyse(question, SPEAKERS), hits)


def test_fact(memories: list[Memory], settings: Settings) -> None:
    answer = read("What did Ben adopt?", memories, settings, 1)
    assert "puppy" in answer


def test_question_about_the_other_speaker_is_refused(
    memories: list[Memory], settings: Settings
) -> None:
    assert read("What did Ana adopt?", memories, settings, 1) == ""


def test_no_memories(settings: Settings) -> None:
    reader = Reader(settings.reader, Phrasing("{day}"), [])
    assert reader.answer(analyse("What did Ben adopt?", SPEAKERS), []) == ""

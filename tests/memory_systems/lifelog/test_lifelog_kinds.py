"""The shipped kinds of event and vocabularies are whole."""

import re

import pytest

from memory_systems.lifelog.data_files import read
from memory_systems.lifelog.deck import Deck, options
from memory_systems.lifelog.draw import Draw
from memory_systems.lifelog.grammar import Grammar, slots
from memory_systems.lifelog.kinds import Kind, all_kinds

CALLED = {"who", "they", "their", "conclusion"}


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: str(kind.name))
def test_every_way_of_telling_holds_all_that_can_be_asked(kind: Kind) -> None:
    spoken = {slot for slot, source in kind.slots.items() if source != "scene"}
    for template in kind.say:
        assert spoken <= set(slots(template)) <= {*spoken, "when", "other"}
        assert ("when" in slots(template)) is not kind.timeless
    assert bool(kind.when) is not kind.timeless
    for slot, questions in kind.ask.items():
        assert slot in kind.slots
        assert all(slot not in slots(question) for question in questions)
    for questions in (*kind.ask.values(), kind.when):
        assert all(set(slots(question)) <= {*kind.slots, *CALLED} for question in questions)


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: str(kind.name))
def test_brackets_are_balanced(kind: Kind) -> None:
    values = {**dict.fromkeys(kind.slots, "x"), **dict.fromkeys(CALLED, "x")}
    values |= {"when": "x", "other": "x"}
    grammar = Grammar(Draw(kind.name))
    asked = (question for questions in kind.ask.values() for question in questions)
    for template in (*kind.say, *kind.when, *asked):
        assert not re.search(r"[\[\]{}|]", grammar.fill(template, values))


@pytest.mark.parametrize("vocabulary", [*read("lexicon"), *read("knowledge")])
def test_vocabularies_deal_words_without_commas_or_gaps(vocabulary: str) -> None:
    deck, taken = Deck(Draw(vocabulary)), set[str]()
    assert len(set(options(vocabulary))) == len(options(vocabulary))
    dealt = [deck.deal(vocabulary, taken) for _ in range(10)]
    assert len(set(dealt)) == 10
    assert not any(re.search(r"[,{}]", word) for word in dealt)


def test_a_deck_deals_all_before_it_repeats_and_then_repeats() -> None:
    deck, count = Deck(Draw("deck")), len(options("craft"))
    assert len({deck.deal("craft", set()) for _ in range(count)}) == count
    taken = set(options("craft"))
    assert deck.deal("craft", taken) in taken


def test_people_with_a_dialect_have_half_of_the_choices() -> None:
    template = "[a|b|c|d]"
    own = {Grammar(Draw(n), "Ana").fill(template, {}) for n in range(200)}
    every = {Grammar(Draw(n)).fill(template, {}) for n in range(200)}
    assert len(own) == 2
    assert own < every == {"a", "b", "c", "d"}


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{When} I saw a {thing} .", "Last week I saw an otter."),
        ("I saw  a ukulele[| and]", "I saw a ukulele"),
        ("A [[owl]] called", "An owl called"),
    ],
)
def test_sentences_are_tidy(template: str, expected: str) -> None:
    filled = Grammar(Draw(3)).fill(template, {"when": "last week", "thing": "otter"})
    assert filled.removesuffix(" and") == expected

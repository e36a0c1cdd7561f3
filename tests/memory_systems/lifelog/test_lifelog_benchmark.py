"""The generated benchmark as its users see it: shape, mix, evidence, dates and determinism."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory_systems.benchmark import Benchmark, Item
from memory_systems.errors import BenchmarkError
from memory_systems.lifelog import generate
from memory_systems.locomo.scoring import score, summarise, tokens

SESSION_DATE = re.compile(r"\d{1,2}:\d\d [ap]m on \d{1,2} [A-Z][a-z]+, \d{4}")
SHARES = {1: 0.14, 2: 0.16, 3: 0.05, 4: 0.42, 5: 0.23}


@cache
def default() -> Benchmark:
    return generate()


def turns_of(conversation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every turn of a conversation by its id."""
    sessions = [value for value in conversation.values() if isinstance(value, list)]
    return {turn["dia_id"]: turn for session in sessions for turn in session}


def evidence_of(benchmark: Benchmark, item: Item) -> list[dict[str, Any]]:
    turns = turns_of(benchmark.contexts[item.group])
    return [turns[identifier] for identifier in item.gold["evidence"]]


def shown(turns: list[dict[str, Any]]) -> str:
    return " ".join(f"{turn['text']} {turn.get('blip_caption', '')}" for turn in turns)


def dates_of(conversation: dict[str, Any]) -> list[datetime]:
    stamps = [conversation[key] for key in conversation if key.endswith("_date_time")]
    assert all(SESSION_DATE.fullmatch(stamp) for stamp in stamps)
    return [datetime.strptime(stamp.upper(), "%I:%M %p ON %d %B, %Y") for stamp in stamps]


def test_the_same_arguments_give_the_same_digest():
    assert generate(3, 2, 3, 8, 6).digest == generate(3, 2, 3, 8, 6).digest


def test_another_seed_changes_every_conversation_and_every_item():
    one, other = generate(0, 4, 4, 10, 8), generate(1, 4, 4, 10, 8)
    assert not {item.id for item in one.items} & {item.id for item in other.items}
    ones = {json.dumps(context) for context in one.contexts.values()}
    assert not ones & {json.dumps(context) for context in other.contexts.values()}


def test_a_seed_s_first_conversations_do_not_depend_on_how_many_follow():
    few, many = generate(0, 2, 4, 10, 8), generate(0, 5, 4, 10, 8)
    assert few.contexts == {group: many.contexts[group] for group in few.groups}


def test_parameters_are_respected():
    benchmark = generate(seed=5, conversations=3, sessions=5, turns_per_session=9, questions=11)
    assert len(benchmark.contexts) == 3
    assert Counter(item.group for item in benchmark.items) == dict.fromkeys(benchmark.groups, 11)
    for conversation in benchmark.contexts.values():
        sessions = [value for value in conversation.values() if isinstance(value, list)]
        assert [len(session) for session in sessions] == [9] * 5


@pytest.mark.parametrize("name", ["conversations", "sessions", "turns_per_session", "questions"])
def test_sizes_below_the_least_are_refused(name: str):
    with pytest.raises(BenchmarkError, match=name):
        generate(**{name: 0})


def test_more_questions_than_the_dialogue_can_answer_are_refused():
    with pytest.raises(BenchmarkError, match="questions"):
        generate(conversations=1, sessions=2, turns_per_session=6, questions=200)


def test_nothing_needs_repair_and_ids_are_distinct():
    assert not +Counter(default().repairs)
    assert len({item.id for item in default().items}) == len(default().items) == 12 * 24


def test_the_mix_of_categories_is_near_locomo_s():
    counts = Counter(item.gold["category"] for item in default().items)
    for category, share in SHARES.items():
        assert counts[category] / len(default().items) == pytest.approx(share, abs=0.04)


def test_sessions_are_dated_in_order_over_more_than_one_year():
    everything = [dates_of(conversation) for conversation in default().contexts.values()]
    assert all(dates == sorted(dates) for dates in everything)
    assert len({date.year for dates in everything for date in dates}) >= 3


def test_every_turn_is_said_by_one_of_the_two_speakers():
    for conversation in default().contexts.values():
        speakers = {conversation["speaker_a"], conversation["speaker_b"]}
        assert {turn["speaker"] for turn in turns_of(conversation).values()} == speakers
        assert len(speakers) == 2


def test_every_question_has_evidence_and_only_adversarial_ones_lack_an_answer():
    for item in default().items:
        assert evidence_of(default(), item)
        adversarial = item.gold["category"] == 5
        assert (item.gold["answer"] is None) == adversarial
        assert bool(item.gold["adversarial_answer"]) == adversarial


def test_single_hop_evidence_holds_the_answer():
    for item in default().items:
        if item.gold["category"] == 4:
            said = set(tokens(shown(evidence_of(default(), item))))
            assert set(tokens(item.gold["answer"])) <= said, item


def test_multi_hop_parts_come_from_different_turns():
    for item in default().items:
        if item.gold["category"] == 1:
            parts = [part.strip() for part in item.gold["answer"].split(",")]
            turns = [set(tokens(shown([turn]))) for turn in evidence_of(default(), item)]
            assert len(parts) >= 2
            assert len(turns) >= 2
            assert all(any(set(tokens(part)) <= turn for turn in turns) for part in parts), item


def test_open_domain_answers_are_not_spelled_out_in_the_evidence():
    for item in default().items:
        if item.gold["category"] == 3:
            answer = set(tokens(item.gold["answer"].split(";")[0]))
            assert not answer <= set(tokens(shown(evidence_of(default(), item)))), item


def test_adversarial_questions_name_the_speaker_who_did_not_say_it():
    swapped = 0
    for item in default().items:
        if item.gold["category"] == 5:
            asked = item.question["question"]
            swapped += all(turn["speaker"] not in asked for turn in evidence_of(default(), item))
    assert swapped >= 0.5 * sum(item.gold["category"] == 5 for item in default().items)


def test_temporal_answers_are_dates_and_rarely_stand_in_the_dialogue():
    temporal = [item for item in default().items if item.gold["category"] == 2]
    spelled = [i for i in temporal if i.gold["answer"] in shown(evidence_of(default(), i))]
    assert all(re.search(r"\d|yes|no", item.gold["answer"].lower()) for item in temporal)
    assert len(spelled) <= 0.2 * len(temporal)


def test_no_sentence_of_the_dialogue_is_an_answer():
    for item in default().items:
        said = [shown([turn]) for turn in turns_of(default().contexts[item.group]).values()]
        sentences = {tokens(part) for text in said for part in re.split(r"[.!?]\s", text)}
        assert tokens(str(item.gold["answer"])) not in sentences, item


def test_the_question_does_not_give_the_answer_away():
    for item in default().items:
        if item.gold["category"] in (1, 4):
            asked = set(tokens(item.question["question"]))
            assert not set(tokens(item.gold["answer"])) <= asked, item


def test_a_refusal_scores_on_the_unanswerable_alone():
    said = [(i.gold["category"], score("Not mentioned", i.gold)) for i in default().items]
    means = summarise(said)
    assert means["5"] == 1
    assert means["1-4"] < 0.02
    assert means["overall"] == pytest.approx(0.23, abs=0.04)


@given(
    seed=st.integers(0, 2**32),
    conversations=st.integers(1, 3),
    sessions=st.integers(3, 8),
    turns=st.integers(8, 18),
    questions=st.integers(1, 20),
)
@settings(max_examples=20, deadline=None)
def test_any_size_gives_a_whole_benchmark(
    seed: int, conversations: int, sessions: int, turns: int, questions: int
):
    benchmark = generate(seed, conversations, sessions, turns, questions)
    assert len(benchmark.contexts) == conversations
    assert len(benchmark.items) == conversations * questions
    for item in benchmark.items:
        assert evidence_of(benchmark, item)
        assert item.gold["category"] == 5 or score(item.gold["answer"], item.gold) == 1

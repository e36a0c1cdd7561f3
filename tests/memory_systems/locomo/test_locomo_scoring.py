"""The official scoring: its rules, its properties, and its figures on the real file."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory_systems.locomo import load, score, summarise, token_f1

WORDS = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9), min_size=1, max_size=8
)
TEXTS = st.text(max_size=60)
FILE = os.environ.get("WHETSTONE_LOCOMO")


@pytest.mark.parametrize(
    ("prediction", "answer", "category", "expected"),
    [
        ("The Dogs!", "a dog", 4, 1.0),
        ("dog dog", "dog", 4, 2 / 3),
        ("running", "runs", 4, 1.0),
        ("7 May, 2023", "7 May 2023", 2, 1.0),
        ("yes", "Yes; because she likes it", 3, 1.0),
        ("hiking, pottery", "pottery, camping", 1, 0.5),
        ("pottery", "pottery, camping", 1, 0.5),
        ("pottery camping", "pottery, camping", 1, 2 / 3),
        ("", "pottery", 4, 0.0),
        ("the", "the", 4, 0.0),
    ],
)
def test_rules_by_category(prediction: str, answer: str, category: int, expected: float) -> None:
    assert score(prediction, {"answer": answer, "category": category}) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("prediction", "expected"),
    [("Not mentioned.", 1), ("There is NO information available", 1), ("not in the mentioned", 0)],
)
def test_the_adversarial_category_wants_a_refusal(prediction: str, expected: int) -> None:
    gold = {"answer": None, "category": 5, "adversarial_answer": "not mentioned"}
    assert score(prediction, gold) == expected


@pytest.mark.parametrize(("one", "other"), [("skies", "sky"), ("dying", "die"), ("lying", "lie")])
def test_words_that_only_nltk_would_bring_together_stay_apart(one: str, other: str) -> None:
    assert token_f1(one, other) == 0.0


@given(TEXTS, TEXTS, st.integers(1, 5))
def test_a_score_is_between_0_and_1(prediction: str, answer: str, category: int) -> None:
    assert 0.0 <= score(prediction, {"answer": answer, "category": category}) <= 1.0


@given(TEXTS, TEXTS)
def test_token_f1_is_symmetric(one: str, other: str) -> None:
    assert token_f1(one, other) == pytest.approx(token_f1(other, one))


@given(WORDS.map(lambda words: " ".join([*words, "zebra"])), st.sampled_from([1, 2, 3, 4]))
def test_the_answer_itself_scores_1(answer: str, category: int) -> None:
    assert score(answer, {"answer": answer, "category": category}) == pytest.approx(1.0)


@given(WORDS, st.randoms(use_true_random=False))
def test_order_does_not_matter(words: list[str], random: object) -> None:
    mixed = sorted(words)
    assert token_f1(" ".join(words), "zebra " + " ".join(mixed)) == pytest.approx(
        token_f1(" ".join(mixed), "zebra " + " ".join(words))
    )


def test_means_are_apart_for_the_adversarial_category() -> None:
    means = summarise([(4, 0.5), (4, 1.0), (2, 0.0), (5, 1.0)])
    assert means["overall"] == pytest.approx(0.625)
    assert means["1-4"] == pytest.approx(0.5)
    assert means["5"] == 1.0
    assert means["single-hop"] == pytest.approx(0.75)


@pytest.mark.skipif(FILE is None, reason="WHETSTONE_LOCOMO does not name the real file")
@pytest.mark.parametrize(
    ("refusal", "overall"),
    [("Not mentioned", 0.226), ("Not mentioned in the conversation", 0.233), ("", 0.0)],
)
def test_a_constant_refusal_on_the_real_file(refusal: str, overall: float) -> None:
    benchmark = load(Path(str(FILE)))
    began = time.perf_counter()
    means = summarise((i.gold["category"], score(refusal, i.gold)) for i in benchmark.items)
    assert time.perf_counter() - began < 1.0
    assert means["5"] == float(bool(refusal))
    assert means["overall"] == pytest.approx(overall, abs=0.0005)
    assert means["1-4"] < 0.012

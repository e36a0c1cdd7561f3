"""LoCoMo: the loader's tolerance, and the official scoring."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory_systems import locomo
from memory_systems.errors import BenchmarkError
from memory_systems.locomo.loader import mend_evidence
from memory_systems.locomo.scoring import tokens

REAL = os.environ.get("WHETSTONE_LOCOMO")
needs_real = pytest.mark.skipif(
    not REAL or not Path(REAL).is_file(),
    reason="WHETSTONE_LOCOMO does not name the real file; its licence forbids shipping it",
)

SAMPLE = {
    "sample_id": "conv-1",
    "conversation": {
        "speaker_a": "Ann",
        "speaker_b": "Bob",
        "session_1_date_time": "1:56 pm on 8 May, 2023",
        "session_1": [
            {"speaker": "Ann", "dia_id": "D1:1", "text": "hi"},
            {"speaker": "Bob", "dia_id": "D1:2", "text": "look", "blip_caption": "a dog"},
        ],
        "session_2_date_time": "1:56 pm on 9 May, 2023",
    },
    "session_summary": {"s": "not to be shown"},
    "qa": [
        {"question": "q", "answer": 2022, "category": 2, "evidence": ["D1:1; D1:2"]},
        {"question": "q", "answer": "x", "category": 4, "evidence": ["D1:2"]},
        {"question": "r", "category": 5, "adversarial_answer": "y", "evidence": ["D", "D9:9"]},
    ],
}


def test_dirt_is_mended_and_counted():
    benchmark = locomo.parse([SAMPLE], "sample")
    assert benchmark.repairs["answers that are no text"] == 1
    assert benchmark.repairs["repeated questions"] == 1
    assert benchmark.repairs["session dates without a session"] == 1
    assert benchmark.repairs["evidence ids mended"] == 1
    assert benchmark.repairs["evidence ids dropped"] == 1
    assert benchmark.repairs["evidence ids of turns that do not exist"] == 1
    assert benchmark.repairs["questions without evidence"] == 1
    assert len({item.id for item in benchmark.items}) == 3


def test_contexts_hold_the_conversation_alone():
    benchmark = locomo.parse([SAMPLE], "sample")
    assert "not to be shown" not in json.dumps(benchmark.contexts)
    assert "session_2_date_time" not in benchmark.contexts["conv-1"]


def test_items_show_nothing_but_the_question():
    for item in locomo.parse([SAMPLE], "sample").items:
        assert set(item.question) == {"question"}
        assert not any(name in item.id for name in ("conv", "temporal", "adversarial"))


@pytest.mark.parametrize(
    ("entry", "ids"),
    [
        ("D8:6; D9:17", ("D8:6", "D9:17")),
        ("D:11:26", ("D11:26",)),
        ("D1:18 D1:20", ("D1:18", "D1:20")),
        ("D30:05", ("D30:5",)),
        ("D", ()),
    ],
)
def test_evidence_ids(entry: str, ids: tuple[str, ...]):
    known = dict.fromkeys(["D8:6", "D9:17", "D11:26", "D1:18", "D1:20", "D30:5"])
    assert mend_evidence([entry], known)[0] == ids


def gold(category: int, answer: str) -> dict[str, object]:
    return {"category": category, "answer": answer}


@pytest.mark.parametrize(
    ("prediction", "category", "answer", "expected"),
    [
        ("7 May 2023", 2, "7 May 2023", 1.0),
        ("on 7 May 2023", 2, "7 May 2023", 2 * 3 / 4 * 1 / (3 / 4 + 1)),
        ("The dogs", 4, "a dog", 1.0),
        ("running, swimming", 1, "swim, running", 1.0),
        ("running", 1, "swimming, running", 0.5),
        ("yes", 3, "yes; because she likes it", 1.0),
        ("No information available.", 5, "", 1.0),
        ("It is NOT MENTIONED here", 5, "", 1.0),
        ("blue", 5, "", 0.0),
        ("", 4, "blue", 0.0),
    ],
)
def test_official_scoring(prediction: str, category: int, answer: str, expected: float):
    assert locomo.score(prediction, gold(category, answer)) == pytest.approx(expected)


WORDS = st.text(st.characters(codec="utf-8"), max_size=60)


@given(WORDS, WORDS, st.sampled_from([1, 2, 3, 4, 5]))
def test_scores_lie_between_0_and_1(prediction: str, answer: str, category: int):
    assert 0.0 <= locomo.score(prediction, gold(category, answer)) <= 1.0


@given(WORDS, WORDS)
def test_token_f1_is_symmetric(left: str, right: str):
    assert locomo.token_f1(left, right) == pytest.approx(locomo.token_f1(right, left))


@given(WORDS)
def test_the_answer_itself_is_perfect_where_it_has_a_token(answer: str):
    assert locomo.token_f1(answer, answer) == (1.0 if tokens(answer) else 0.0)


def test_fetch_keeps_nothing_with_a_wrong_digest(tmp_path: Path):
    wrong = tmp_path / "wrong.json"
    wrong.write_text("[]")
    with pytest.raises(BenchmarkError, match="SHA-256"):
        locomo.fetch(tmp_path / "kept" / "locomo10.json", str(wrong))
    assert list((tmp_path / "kept").iterdir()) == []
    with pytest.raises(BenchmarkError, match="SHA-256"):
        locomo.load(wrong)


def test_missing_file_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("WHETSTONE_LOCOMO", raising=False)
    monkeypatch.setenv("WHETSTONE_HOME", str(tmp_path))
    with pytest.raises(BenchmarkError, match="data fetch locomo"):
        locomo.load()


@needs_real
def test_the_real_file(tmp_path: Path):
    assert REAL is not None
    benchmark = locomo.load(locomo.fetch(tmp_path / "locomo10.json", REAL))
    counts = dict.fromkeys(locomo.CATEGORIES.values(), 0)
    for item in benchmark.items:
        counts[item.slices["category"]] += 1
    assert list(counts.values()) == [282, 321, 96, 841, 446]
    assert len({item.id for item in benchmark.items}) == 1986
    assert benchmark.repairs["answers that are no text"] == 6
    assert benchmark.repairs["repeated questions"] == 12
    assert benchmark.repairs["questions without evidence"] >= 4


@needs_real
def test_a_constant_refusal_earns_category_5_and_nothing_else():
    summary = locomo.summarise(
        (int(i.gold["category"]), locomo.score("Not mentioned", i.gold))
        for i in locomo.load().items
    )
    assert summary["5"] == 1.0
    assert summary["1-4"] < 0.02
    assert summary["overall"] == pytest.approx(0.2246, abs=0.01)

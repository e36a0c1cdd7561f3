"""The loader: what it keeps, what it mends, what it refuses; and the download."""

import json
import os
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from memory_systems.errors import BenchmarkError
from memory_systems.locomo import fetch, fetching, load, loader, parse

FILE = os.environ.get("WHETSTONE_LOCOMO")
TURNS = [
    {"speaker": "Ana", "dia_id": "D1:1", "text": "Hello"},
    {"speaker": "Bo", "dia_id": "D1:2", "text": "Look", "blip_caption": "a photo of a cat"},
    {"speaker": "Ana", "dia_id": "D1:3", "text": "Nice"},
]


def sample(*entries: dict[str, Any]) -> dict[str, Any]:
    return {
        "sample_id": "conv-1",
        "conversation": {
            "speaker_a": "Ana",
            "speaker_b": "Bo",
            "session_1_date_time": "1:56 pm on 8 May, 2023",
            "session_1": TURNS,
            "session_2_date_time": "2:00 pm on 9 May, 2023",
        },
        "qa": list(entries),
        "session_summary": {"session_1": "They said hello."},
    }


def entry(**changes: Any) -> dict[str, Any]:
    return {
        "question": "What?",
        "answer": "cat",
        "category": 4,
        "evidence": ["D1:2"],
    } | changes


@pytest.mark.parametrize(
    ("said", "ids", "kinds"),
    [
        (["D1:1", "D1:2"], ("D1:1", "D1:2"), set()),
        (["D1:1; D1:3"], ("D1:1", "D1:3"), {"evidence ids mended"}),
        (["D1:1 D1:2"], ("D1:1", "D1:2"), {"evidence ids mended"}),
        (["D:1:02"], ("D1:2",), {"evidence ids mended"}),
        (["D"], (), {"evidence ids dropped"}),
        (["D9:9"], (), {"evidence ids of turns that do not exist"}),
    ],
)
def test_evidence_is_mended(said: list[str], ids: tuple[str, ...], kinds: set[str]) -> None:
    found, repairs = loader.mend_evidence(list(said), {turn["dia_id"]: turn for turn in TURNS})
    assert found == ids
    assert set(repairs) == kinds


def test_what_people_derived_and_empty_sessions_are_left_out() -> None:
    benchmark = parse([sample(entry())], "test")
    assert set(benchmark.contexts["conv-1"]) == {
        "speaker_a",
        "speaker_b",
        "session_1",
        "session_1_date_time",
    }
    assert benchmark.repairs["session dates without a session"] == 1


def test_repeated_questions_get_ids_of_their_own() -> None:
    benchmark = parse([sample(entry(), entry(), entry(answer=5))], "test")
    assert len({item.id for item in benchmark.items}) == 3
    assert [item.id for item in benchmark.items] == sorted(item.id for item in benchmark.items)
    assert benchmark.repairs["repeated questions"] == 2
    assert benchmark.repairs["answers that are no text"] == 1
    assert {item.gold["answer"] for item in benchmark.items} == {"cat", "5"}


def test_slices_and_gold_stay_out_of_the_question() -> None:
    item = parse([sample(entry(evidence=["D1:1", "D1:2"]))], "test").items[0]
    assert item.question == {"question": "What?"}
    assert item.slices == {"category": "single-hop", "modality": "picture", "evidence": "many"}


def test_an_unanswerable_question_needs_no_answer_and_others_do() -> None:
    unanswerable = {"question": "Why?", "category": 5, "evidence": [], "adversarial_answer": "x"}
    benchmark = parse([sample(unanswerable)], "test")
    assert benchmark.items[0].gold["answer"] is None
    assert benchmark.items[0].slices["evidence"] == "none"
    with pytest.raises(BenchmarkError, match="no answer"):
        parse([sample({"question": "Why?", "category": 4})], "test")


def test_another_file_is_refused_unless_told(tmp_path: Path) -> None:
    path = tmp_path / "locomo10.json"
    path.write_text(json.dumps([sample(entry())]))
    with pytest.raises(BenchmarkError, match="SHA-256") as caught:
        load(path)
    assert "fetch" in caught.value.cure
    assert len(load(path, verify=False).items) == 1


def test_a_missing_file_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WHETSTONE_LOCOMO", raising=False)
    monkeypatch.setenv("WHETSTONE_HOME", str(tmp_path))
    with pytest.raises(BenchmarkError, match="LoCoMo is not here"):
        load()


def test_a_download_is_kept_only_with_the_right_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "source.json", tmp_path / "home" / "locomo10.json"
    source.write_bytes(b"[]" * 50_000)
    with pytest.raises(BenchmarkError, match="expected"):
        fetch(target, str(source))
    assert list(target.parent.iterdir()) == []
    monkeypatch.setattr(fetching, "SHA256", sha256(source.read_bytes()).hexdigest())
    told: list[int] = []
    assert fetch(target, source.as_uri(), told.append) == target
    assert target.read_bytes() == source.read_bytes()
    assert told == sorted(told)
    assert told[-1] == 100_000


def test_a_source_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="cannot be fetched"):
        fetch(tmp_path / "x.json", str(tmp_path / "absent.json"))


@pytest.mark.skipif(FILE is None, reason="WHETSTONE_LOCOMO does not name the real file")
def test_the_real_file() -> None:
    benchmark = load(Path(str(FILE)))
    assert len(benchmark.groups) == 10
    counts = Counter(item.gold["category"] for item in benchmark.items)
    assert counts == {1: 282, 2: 321, 3: 96, 4: 841, 5: 446}
    assert len({item.id for item in benchmark.items}) == 1986
    assert benchmark.repairs["repeated questions"] == 12
    assert benchmark.repairs["answers that are no text"] == 6
    assert benchmark.repairs["questions without evidence"] == 4
    evidence = [
        benchmark.repairs[kind]
        for kind in (
            "evidence ids mended",
            "evidence ids dropped",
            "evidence ids of turns that do not exist",
        )
    ]
    assert sum(evidence) == 9

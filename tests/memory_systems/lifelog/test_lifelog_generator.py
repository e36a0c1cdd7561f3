"""The generator as a whole: the same everywhere, another for another seed, errors that help."""

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from memory_systems.benchmark import Benchmark
from memory_systems.lifelog import generate
from memory_systems.lifelog.__main__ import main
from memory_systems.lifelog.generator import MIX

DIGEST = "b9e14166e829f18ea10ce896040774d1d486b3e1c80cf4327405ad67c9df1fb2"


@pytest.fixture(scope="module")
def benchmark() -> Benchmark:
    return generate()


def said(benchmark: Benchmark) -> list[str]:
    return [
        turn["text"]
        for context in benchmark.contexts.values()
        for session in context.values()
        if isinstance(session, list)
        for turn in session
    ]


def test_the_default_is_the_same_on_every_platform(benchmark: Benchmark) -> None:
    assert benchmark.digest == DIGEST


def test_it_is_fast_and_the_same_in_another_process(benchmark: Benchmark, tmp_path: Path) -> None:
    began = time.perf_counter()
    generate(assets=tmp_path)
    assert time.perf_counter() - began < 3
    code = "from memory_systems.lifelog import generate; print(generate().digest)"
    environment = {"LC_ALL": "C", "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert run.stdout.strip() == benchmark.digest


def test_another_seed_shares_next_to_nothing(benchmark: Benchmark) -> None:
    other = generate(seed=1)
    questions = {item.question["question"] for item in benchmark.items}
    shared = sum(item.question["question"] in questions for item in other.items)
    assert shared < 0.02 * len(other.items)
    texts = set(said(benchmark))
    assert sum(text in texts for text in said(other)) < 0.1 * len(said(other))


def test_the_mix_is_kept_to_the_question(benchmark: Benchmark) -> None:
    counts = Counter(item.gold["category"] for item in benchmark.items)
    for category, share in MIX.items():
        assert abs(counts[category] - share * len(benchmark.items)) <= 1.5


def test_conversations_share_few_answers(benchmark: Benchmark) -> None:
    single = [item for item in benchmark.items if item.gold["category"] == 4]
    first = {item.gold["answer"] for item in single if item.group in benchmark.groups[::2]}
    rest = [item.gold["answer"] for item in single if item.group in benchmark.groups[1::2]]
    assert sum(answer in first for answer in rest) < 0.1 * len(rest)


def test_unanswerable_questions_are_asked_nowhere_with_an_answer(benchmark: Benchmark) -> None:
    asked = Counter((item.group, item.question["question"]) for item in benchmark.items)
    assert max(asked.values()) == 1


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--out", str(tmp_path / "new"), "--questions", "0"]) == 1
    assert "cure: ask for at least 1" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()

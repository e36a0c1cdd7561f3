"""The naive memory system works and is as weak as planned; every planted defect can be mended."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from benchmarks.planted_defects import (
    Defect,
    copy_tree,
    load_defects,
)
from benchmarks.planted_effects import predict, score_items, write_input
from memory_systems import locomo
from memory_systems.benchmark import Benchmark, Item

DEFECTS = load_defects()
CEILING = 0.117
TREE = Path(locomo.__file__).parents[1] / "naive"
CHANGE_TYPES = {"bug_fix", "architecture", "prompt", "hyperparameter"}
FINE_TYPES = CHANGE_TYPES | {"data_repair", "format_alignment"}
CONVERSATION = {
    "speaker_a": "Ana",
    "speaker_b": "Ben",
    "session_1_date_time": "1:56 pm on 8 May, 2023",
    "session_1": [
        {"speaker": "Ana", "dia_id": "D1:1", "text": "Hi Ben, it has been a long while!"},
        {
            "speaker": "Ben",
            "dia_id": "D1:2",
            "text": "I adopted a greyhound yesterday. Her name is Zelda.",
            "blip_caption": "a photo of a dog on a sofa",
            "img_file": "D1_2.png",
        },
        {"speaker": "Ana", "dia_id": "D1:3", "text": "Lovely. My brother repairs old clocks."},
    ],
}
QUESTIONS = {
    "when": "When did Ben adopt a greyhound?",
    "what": "What does Ana's brother repair?",
    "swapped": "What did Ana adopt?",
}


def run_own_tests(tree: Path) -> bool:
    ran = subprocess.run(
        [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        print(ran.stdout)
    return ran.returncode == 0


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assets = tmp_path_factory.mktemp("assets")
    (assets / "g").mkdir()
    Image.new("RGB", (64, 64), (30, 60, 200)).save(assets / "g" / "D1_2.png")
    items = [Item(key, "g", {"question": text}, {}) for key, text in QUESTIONS.items()]
    benchmark = Benchmark("small", tuple(items), {"g": CONVERSATION}, assets=assets)
    return write_input(benchmark, tmp_path_factory.mktemp("small") / "input")


def predictions(tree: Path, source: Path, cache: Path) -> list[dict[str, Any]]:
    output = tree.with_suffix(".jsonl")
    predict(tree, source, output, cache)
    return [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]


def test_the_tree_stands_alone() -> None:
    assert not (TREE / "__init__.py").exists()
    own = ("memory_systems", "tasks", "stages", "flows", "researchers", "kernels", "whetstone")
    for path in TREE.rglob("*.py"):
        imported = [
            line.split()[1].split(".")[0]
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.strip().startswith(("import ", "from "))
        ]
        assert not set(imported) & set(own), path


def test_settings_offer_knobs() -> None:
    settings = yaml.safe_load((TREE / "settings.yaml").read_text(encoding="utf-8"))
    numbers = [v for part in ("retrieval", "reader") for v in settings[part].values()]
    assert sum(isinstance(value, int | float) for value in numbers) >= 8


def test_its_own_tests_pass(tmp_path: Path) -> None:
    assert run_own_tests(copy_tree(tmp_path / "tree"))


def test_own_tests_pass_when_mended(tmp_path: Path) -> None:
    assert run_own_tests(copy_tree(tmp_path / "tree", DEFECTS))


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.id)
def test_each_fix_alone_parses(tmp_path: Path, defect: Defect) -> None:
    tree = copy_tree(tmp_path / "tree", [defect])
    for edit in defect.edits:
        text = (tree / edit.file).read_text(encoding="utf-8")
        assert text != (TREE / edit.file).read_text(encoding="utf-8")
        if edit.file.endswith(".py"):
            ast.parse(text)


def test_defects_cover_every_type() -> None:
    assert len(DEFECTS) >= 12
    assert len({defect.id for defect in DEFECTS}) == len(DEFECTS)
    assert {defect.change_type for defect in DEFECTS} == CHANGE_TYPES
    assert {defect.fine_type for defect in DEFECTS} == FINE_TYPES
    assert all(edit.old != edit.new for defect in DEFECTS for edit in defect.edits)


def test_fixes_apply_in_any_order(tmp_path: Path) -> None:
    there = copy_tree(tmp_path / "there", DEFECTS)
    back = copy_tree(tmp_path / "back", DEFECTS[::-1])
    for path in there.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (back / path.relative_to(there)).read_bytes()


def test_a_fix_that_does_not_match_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not exactly once"):
        copy_tree(tmp_path / "tree", [DEFECTS[0], DEFECTS[0]])


def test_predicts_for_every_question_and_always_the_same(
    tmp_path: Path, small: Path, cache: Path
) -> None:
    rows = predictions(copy_tree(tmp_path / "one"), small, cache)
    assert {row["id"] for row in rows} == set(QUESTIONS)
    assert all(row["prediction"].strip() for row in rows)
    assert all(set(row["retrieved"]) <= {"D1:1", "D1:2", "D1:3"} for row in rows)
    assert predictions(copy_tree(tmp_path / "two"), small, cache) == rows


def test_mended_tree_answers(tmp_path: Path, small: Path, cache: Path) -> None:
    rows = predictions(copy_tree(tmp_path / "tree", DEFECTS), small, cache)
    said = {row["id"]: row["prediction"] for row in rows}
    assert said["when"] == "7 May 2023"
    assert said["what"].startswith("old clocks")
    assert said["swapped"] == "No information available"


@pytest.mark.slow
@pytest.mark.skipif("WHETSTONE_LOCOMO" not in os.environ, reason="WHETSTONE_LOCOMO is not set")
def test_starts_low_and_ends_well_on_locomo(tmp_path: Path, cache: Path) -> None:
    """On three conversations: embedding all ten from a cold cache can take minutes."""
    whole = locomo.load()
    groups = whole.groups[:3]
    items = tuple(item for item in whole.items if item.group in groups)
    contexts = {group: whole.contexts[group] for group in groups}
    benchmark = Benchmark("locomo-3", items, contexts)
    source = write_input(benchmark, tmp_path / "input")
    score = {}
    for name, fixes in {"defective": (), "mended": DEFECTS}.items():
        tree = copy_tree(tmp_path / name, fixes)
        said = predict(tree, source, tmp_path / f"{name}.jsonl", cache)
        score[name] = score_items(benchmark, said).mean()
    assert score["defective"] <= CEILING
    assert score["mended"] >= 0.27

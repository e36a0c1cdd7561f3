"""Pictures are really drawn, and show what their captions say."""

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from memory_systems.benchmark import Benchmark
from memory_systems.lifelog import generate
from memory_systems.locomo import parse

COLOURS = {
    "red": (208, 38, 38),
    "orange": (240, 138, 28),
    "yellow": (242, 218, 48),
    "green": (44, 150, 66),
    "blue": (44, 86, 205),
    "purple": (134, 54, 176),
    "pink": (244, 130, 176),
    "brown": (122, 74, 38),
    "black": (18, 18, 18),
    "white": (248, 248, 248),
    "grey": (132, 132, 132),
}


def pictured(benchmark: Benchmark) -> list[tuple[str, dict[str, Any]]]:
    return [
        (group, turn)
        for group, conversation in benchmark.contexts.items()
        for session in conversation.values()
        if isinstance(session, list)
        for turn in session
        if "img_file" in turn
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lifelog")


@pytest.fixture(scope="module")
def benchmark(folder: Path) -> Benchmark:
    return generate(assets=folder)


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.png"))
    }


def test_every_picture_opens_and_holds_the_colours_of_its_caption(
    benchmark: Benchmark, folder: Path
):
    assert benchmark.assets == folder
    assert pictured(benchmark)
    for group, turn in pictured(benchmark):
        with Image.open(folder / group / turn["img_file"]) as image:
            assert 64 <= image.width <= 128
            assert 64 <= image.height <= 128
            colours = {colour for _, colour in image.convert("RGB").getcolors(1 << 16) or []}
        named = [colour for colour in COLOURS if colour in turn["blip_caption"].split()]
        assert named, turn
        assert all(COLOURS[colour] in colours for colour in named), turn


def test_no_picture_lies_about_without_a_turn(benchmark: Benchmark, folder: Path):
    shown = {f"{group}/{turn['img_file']}" for group, turn in pictured(benchmark)}
    assert set(digests(folder)) == shown


def test_about_a_third_of_the_captions_have_no_url(benchmark: Benchmark):
    turns = [turn for _, turn in pictured(benchmark)]
    assert all(turn["blip_caption"] for turn in turns)
    share = sum("img_url" not in turn for turn in turns) / len(turns)
    assert share == pytest.approx(1 / 3, abs=0.12)


def test_some_answers_stand_in_captions_alone(benchmark: Benchmark):
    turns = {(group, turn["dia_id"]): turn for group, turn in pictured(benchmark)}
    asked = 0
    for item in benchmark.items:
        shown = [turns[item.group, e] for e in item.gold["evidence"] if (item.group, e) in turns]
        answer = str(item.gold["answer"])
        asked += any(answer in t["blip_caption"] and answer not in t["text"] for t in shown)
    assert asked >= 0.04 * len(benchmark.items)


def test_bytes_are_the_same_every_time_and_pictures_do_not_change_the_digest(tmp_path: Path):
    one = generate(7, 2, 3, 8, 6, assets=tmp_path / "one")
    other = generate(7, 2, 3, 8, 6, assets=tmp_path / "other")
    assert digests(tmp_path / "one") == digests(tmp_path / "other") != {}
    assert one.digest == other.digest == generate(7, 2, 3, 8, 6).digest


def test_the_command_writes_what_the_loader_reads(tmp_path: Path):
    arguments = {"seed": 4, "conversations": 2, "sessions": 3, "turns-per-session": 8}
    options = [text for key, value in arguments.items() for text in (f"--{key}", str(value))]
    command = [sys.executable, "-m", "memory_systems.lifelog", "--out", str(tmp_path), *options]
    subprocess.run([*command, "--questions", "6"], check=True, timeout=60)
    (file,) = tmp_path.glob("*.json")
    written = parse(json.loads(file.read_text()), "lifelog")
    assert written.digest == generate(4, 2, 3, 8, 6).digest
    assert all((tmp_path / "assets" / g / t["img_file"]).is_file() for g, t in pictured(written))

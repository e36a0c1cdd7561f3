"""A benchmark of your own: a folder with `items.jsonl` and, if there is any, `contexts/`."""

from __future__ import annotations

import json
from pathlib import Path

from memory_systems.benchmark import Benchmark, Item, opaque_id
from memory_systems.errors import BenchmarkError

REQUIRED = ("group", "question", "gold")


def load(folder: Path) -> Benchmark:
    """Reads `folder`.

    Each line of `items.jsonl` is an object with `group`, `question` (shown to candidates), `gold`
    (never shown) and optionally `slices`. `contexts/<group>.json` is what the target may read for
    the items of a group, `assets/<group>/` further files. Raises BenchmarkError with the line.
    """
    path = folder / "items.jsonl"
    if not path.is_file():
        raise BenchmarkError(
            f"{folder} has no items.jsonl",
            "write one JSON object a line with the keys group, question, gold and slices",
        )
    lines = path.read_text(encoding="utf-8").splitlines()
    items = [_item(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if len({item.id for item in items}) != len(items):
        raise BenchmarkError(f"{path} holds an item twice", "remove the repeated lines")
    contexts = {
        group: _context(folder / "contexts" / f"{group}.json")
        for group in sorted({item.group for item in items})
    }
    assets = folder / "assets"
    return Benchmark(
        name=folder.name,
        items=tuple(sorted(items, key=lambda item: item.id)),
        contexts=contexts,
        assets=assets if assets.is_dir() else None,
    )


def _item(path: Path, number: int, line: str) -> Item:
    try:
        document = json.loads(line)
        missing = [key for key in REQUIRED if key not in document]
    except (ValueError, TypeError) as error:
        raise BenchmarkError(f"{path}:{number} is not JSON: {error}", "mend that line") from error
    if missing:
        raise BenchmarkError(f"{path}:{number} lacks {', '.join(missing)}", "add the missing keys")
    group = str(document["group"])
    if "/" in group or group in {"", ".", ".."}:
        raise BenchmarkError(f"{path}:{number}: group '{group}' is no file name", "rename it")
    question, gold = document["question"], document["gold"]
    return Item(
        id=opaque_id(group, json.dumps(question, sort_keys=True), json.dumps(gold, sort_keys=True)),
        group=group,
        question=question if isinstance(question, dict) else {"question": question},
        gold=gold if isinstance(gold, dict) else {"answer": gold},
        slices={str(k): str(v) for k, v in document.get("slices", {}).items()},
    )


def _context(path: Path) -> object:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}

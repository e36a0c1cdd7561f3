"""The loader of the real file: tolerant of its known dirt, each repair counted."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from memory_systems.benchmark import Benchmark, Item, opaque_id
from memory_systems.errors import BenchmarkError
from memory_systems.locomo.scoring import ADVERSARIAL, CATEGORIES

SHA256 = "79fa87e90f04081343b8c8debecb80a9a6842b76a7aa537dc9fdf651ea698ff4"
FILE = "locomo10.json"
_TURN_ID = re.compile(r"D:?(\d+):(\d+)")
_SESSION = re.compile(r"session_(\d+)")


def load(path: Path | None = None, *, verify: bool = True) -> Benchmark:
    """Reads LoCoMo from `path`, else $WHETSTONE_LOCOMO, else the cache.

    Raises BenchmarkError when there is no file, or when its digest is another's and `verify` is
    set. Contexts hold the conversation alone: summaries, observations and events, which people
    derived from it, are left out.
    """
    source = path or _found()
    content = _read(source)
    if verify and sha256(content).hexdigest() != SHA256:
        raise BenchmarkError(
            f"{source} has SHA-256 {sha256(content).hexdigest()}, LoCoMo's is {SHA256}",
            "`whetstone data fetch locomo` fetches the published file",
        )
    return parse(json.loads(content), "locomo")


def parse(samples: list[Mapping[str, Any]], name: str) -> Benchmark:
    """A benchmark from documents of LoCoMo's shape."""
    repairs: Counter[str] = Counter()
    items: list[Item] = []
    contexts: dict[str, Any] = {}
    for sample in samples:
        group = str(sample["sample_id"])
        contexts[group] = _conversation(sample["conversation"], repairs)
        turns = {turn["dia_id"]: turn for turn in _turns(contexts[group])}
        seen: Counter[str] = Counter()
        items += [_item(group, entry, turns, seen, repairs) for entry in sample["qa"]]
    ordered = tuple(sorted(items, key=lambda item: item.id))
    return Benchmark(name=name, items=ordered, contexts=contexts, repairs=dict(+repairs))


def cache_path() -> Path:
    """Where `fetch` keeps the file: $WHETSTONE_HOME, else the user's cache folder."""
    home = os.environ.get("WHETSTONE_HOME")
    return (Path(home) if home else Path.home() / ".cache" / "whetstone") / FILE


def mend_evidence(
    entries: Iterator[object] | list[object], known: Mapping[str, Any]
) -> tuple[tuple[str, ...], Counter[str]]:
    """Turn ids out of what the file says, which may hold lists in a string, and typing slips."""
    repairs: Counter[str] = Counter()
    ids: list[str] = []
    for entry in entries:
        text = str(entry)
        found = [f"D{int(a)}:{int(b)}" for a, b in _TURN_ID.findall(text)]
        if [text] != found:
            repairs["evidence ids mended" if found else "evidence ids dropped"] += 1
        for identifier in found:
            if identifier in known:
                ids.append(identifier)
            else:
                repairs["evidence ids of turns that do not exist"] += 1
    return tuple(dict.fromkeys(ids)), repairs


def _found() -> Path:
    named = os.environ.get("WHETSTONE_LOCOMO")
    if named:
        return Path(named)
    if cache_path().is_file():
        return cache_path()
    raise BenchmarkError(
        f"LoCoMo is not here: WHETSTONE_LOCOMO is not set and there is no {cache_path()}",
        "`whetstone data fetch locomo`, or give its path with --data or WHETSTONE_LOCOMO",
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BenchmarkError(
            f"{path} cannot be read: {error.strerror}",
            "mend the path, or fetch the file with `whetstone data fetch locomo`",
        ) from error


def _conversation(conversation: Mapping[str, Any], repairs: Counter[str]) -> dict[str, Any]:
    """The conversation without dates that belong to no session."""
    kept = {}
    for key, value in conversation.items():
        session = _SESSION.match(key)
        if session and not conversation.get(f"session_{session[1]}"):
            repairs["session dates without a session"] += key.endswith("_date_time")
            continue
        kept[key] = value
    return kept


def _turns(conversation: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for key, value in conversation.items():
        if _SESSION.fullmatch(key) and isinstance(value, list):
            yield from value


def _item(
    group: str,
    entry: Mapping[str, Any],
    turns: Mapping[str, Mapping[str, Any]],
    seen: Counter[str],
    repairs: Counter[str],
) -> Item:
    question, category = str(entry["question"]), int(entry["category"])
    evidence, mended = mend_evidence(list(entry.get("evidence") or []), turns)
    repairs.update(mended)
    repairs["questions without evidence"] += not evidence
    answer = entry.get("answer")
    repairs["answers that are no text"] += answer is not None and not isinstance(answer, str)
    repairs["repeated questions"] += question in seen
    seen[question] += 1
    if answer is None and category != ADVERSARIAL:
        raise BenchmarkError(f"{group}: '{question}' has no answer", "restore the published file")
    gold = {
        "answer": None if answer is None else str(answer),
        "category": category,
        "evidence": list(evidence),
        "adversarial_answer": entry.get("adversarial_answer"),
    }
    pictured = any("img_url" in turns[t] or "blip_caption" in turns[t] for t in evidence)
    return Item(
        id=opaque_id(group, question, str(seen[question])),
        group=group,
        question={"question": question},
        gold=gold,
        slices={
            "category": CATEGORIES[category],
            "modality": "picture" if pictured else "text",
            "evidence": {0: "none", 1: "one"}.get(len(evidence), "many"),
        },
    )

"""Scorers: shipped ones by name, or a function of the user's beside the contract."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from memory_systems.benchmark import Json, Scorer
from tasks.errors import ContractError


def resolve_scorer(name: str, folder: Path) -> Scorer:
    """A scorer by name (`locomo`, `token_f1`, `exact_match`) or as `file.py:function`.

    Runs in the trusted process: a scorer file belongs to the contract, never to the target.
    """
    if name in _SHIPPED:
        return _SHIPPED[name]()
    if ":" in name:
        return _from_file(name, folder)
    raise ContractError(
        f"metric.scorer: unknown scorer '{name}'",
        f"use one of {', '.join(sorted(_SHIPPED))}, or file.py:function beside the contract",
    )


def scorer_digest(name: str, folder: Path) -> str:
    """Identifies a scorer's behaviour in cache keys: its name, or its file's content."""
    if ":" in name and name not in _SHIPPED:
        path = folder / name.rpartition(":")[0]
        return sha256(path.read_bytes()).hexdigest()
    return name


def exact_match(prediction: str, gold: Mapping[str, Json]) -> float:
    """1 where prediction and `gold["answer"]` agree up to case and surrounding space."""
    return float(prediction.strip().casefold() == str(gold["answer"]).strip().casefold())


def token_f1(prediction: str, gold: Mapping[str, Json]) -> float:
    """Multiset F1 over lower-cased words, as SQuAD does without its article rule."""
    said = Counter(re.findall(r"\w+", prediction.lower()))
    meant = Counter(re.findall(r"\w+", str(gold["answer"]).lower()))
    shared = sum((said & meant).values())
    if not shared:
        return float(not said and not meant)
    precision, recall = shared / sum(said.values()), shared / sum(meant.values())
    return 2 * precision * recall / (precision + recall)


def _locomo() -> Scorer:
    from memory_systems.locomo import score

    return score


_SHIPPED: Mapping[str, Callable[[], Scorer]] = {
    "locomo": _locomo,
    "token_f1": lambda: token_f1,
    "exact_match": lambda: exact_match,
}


def _from_file(name: str, folder: Path) -> Scorer:
    file, _, function = name.rpartition(":")
    path = folder / file
    spec = importlib.util.spec_from_file_location(f"whetstone_scorer_{path.stem}", path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise ContractError(f"metric.scorer: there is no file {path}", "mend the path")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    scorer = getattr(module, function, None)
    if not callable(scorer):
        raise ContractError(
            f"metric.scorer: {path} defines no function '{function}'",
            "define it as `def name(prediction: str, gold: dict) -> float`",
        )

    def scored(prediction: str, gold: Mapping[str, Json]) -> float:
        return float(scorer(prediction, gold))

    return scored

"""LoCoMo's official scoring, implemented from its published description.

Maharana et al., "Evaluating Very Long-Term Conversational Memory of LLM Agents", ACL 2024. The
official script stems with NLTK's PorterStemmer, which adds small extensions to the published
algorithm; here it is Snowball's `porter`, the algorithm as published.
"""

from __future__ import annotations

import re
import string
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import snowballstemmer

from memory_systems.benchmark import Json

MULTI_HOP, TEMPORAL, OPEN_DOMAIN, SINGLE_HOP, ADVERSARIAL = 1, 2, 3, 4, 5
CATEGORIES = {
    MULTI_HOP: "multi-hop",
    TEMPORAL: "temporal",
    OPEN_DOMAIN: "open-domain",
    SINGLE_HOP: "single-hop",
    ADVERSARIAL: "adversarial",
}
REFUSALS = ("no information available", "not mentioned")

_STEMMER = snowballstemmer.stemmer("porter")
_GUARD = threading.Lock()
_DROPPED = str.maketrans("", "", string.punctuation)
_ARTICLES = re.compile(r"\b(a|an|the|and)\b")


def score(prediction: str, gold: Mapping[str, Json]) -> float:
    """One answer's score in 0 to 1; `gold` holds `category` and, but for category 5, `answer`."""
    category = int(gold["category"])
    if category == ADVERSARIAL:
        said = prediction.lower()
        return float(any(refusal in said for refusal in REFUSALS))
    answer = str(gold["answer"])
    if category == OPEN_DOMAIN:
        answer = answer.split(";")[0].strip()
    if category == MULTI_HOP:
        return _multi_part(prediction, answer)
    return token_f1(prediction, answer)


def token_f1(prediction: str, answer: str) -> float:
    """Multiset F1 over normalised, stemmed tokens; 0 where nothing is shared."""
    said, meant = tokens(prediction), tokens(answer)
    shared = sum((Counter(said) & Counter(meant)).values())
    if not shared:
        return 0.0
    precision, recall = shared / len(said), shared / len(meant)
    return 2 * precision * recall / (precision + recall)


def tokens(text: str) -> tuple[str, ...]:
    """Commas and punctuation dropped, lower-cased, articles dropped, split, stemmed."""
    plain = text.replace(",", "").lower().translate(_DROPPED)
    return tuple(_stem(word) for word in _ARTICLES.sub(" ", plain).split())


def summarise(scores: Iterable[tuple[int, float]]) -> dict[str, Any]:
    """Means of `(category, score)` pairs: `overall`, `1-4`, `5`, and by category name."""
    by_category: dict[int, list[float]] = {}
    for category, value in scores:
        by_category.setdefault(category, []).append(value)
    answerable = [v for c, vs in by_category.items() if c != ADVERSARIAL for v in vs]
    everything = [v for vs in by_category.values() for v in vs]
    return {
        "overall": _mean(everything),
        "1-4": _mean(answerable),
        "5": _mean(by_category.get(ADVERSARIAL, [])),
        **{name: _mean(by_category.get(number, [])) for number, name in CATEGORIES.items()},
    }


def _multi_part(prediction: str, answer: str) -> float:
    """Each gold part takes the predicted part that fits it best; the mean over gold parts."""
    said = [part.strip() for part in prediction.split(",")]
    meant = [part.strip() for part in answer.split(",")]
    return sum(max(token_f1(s, m) for s in said) for m in meant) / len(meant)


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    with _GUARD:  # the stemmer keeps state while it works, and scoring goes on in threads
        return str(_STEMMER.stemWord(word))


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else float("nan")

"""Rankings: reciprocal rank fusion, a lexical ranker, neighbours, and records told apart.

Reciprocal rank fusion after Cormack, Clarke and Büttcher (2009); BM25 after Robertson et al.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from researchers.program_analysis.recipes.parts.lexical_terms import lexical_terms
from researchers.program_analysis.recipes.parts.record_view import listed, text_of

CONSTANT = 60


def fuse_rankings(*rankings: Any) -> list[Any]:
    """One ranking of all, by the sum of reciprocal ranks; an item keeps its first form."""
    scores: dict[Any, float] = {}
    items: dict[Any, Any] = {}
    for ranking in rankings:
        for rank, item in enumerate(listed(ranking)):
            key = _identity(item)
            items.setdefault(key, item)
            scores[key] = scores.get(key, 0.0) + 1.0 / (CONSTANT + rank + 1)
    return [items[key] for key in sorted(scores, key=lambda k: -scores[k])]


def lexical_rank(records: Sequence[Any], query: str, limit: int) -> list[Any]:
    """The records that match a query best by BM25, best first."""
    documents = [Counter(lexical_terms(text_of(r))) for r in records]
    lengths = [sum(d.values()) for d in documents]
    average = sum(lengths) / max(len(lengths), 1) or 1.0
    present = Counter(term for d in documents for term in d)
    scores = [0.0] * len(documents)
    for term in set(lexical_terms(query)):
        weight = math.log(1 + (len(documents) - present[term] + 0.5) / (present[term] + 0.5))
        for i, d in enumerate(documents):
            if d[term]:
                scores[i] += (
                    weight * d[term] * 2.2 / (d[term] + 1.2 * (0.25 + 0.75 * lengths[i] / average))
                )
    order = sorted((i for i, s in enumerate(scores) if s > 0), key=lambda i: -scores[i])
    return [records[i] for i in order[:limit]]


def rerank(hits: Sequence[Any], query: str) -> list[Any]:
    """Hits fused with their own order by lexical match."""
    found = listed(hits)
    return fuse_rankings(found, lexical_rank(found, query, len(found)))


def with_neighbours(hits: Sequence[Any], records: Sequence[Any], reach: int = 1) -> list[Any]:
    """Each hit followed by the records beside it in their original order, each record once."""
    places = {_identity(record): i for i, record in enumerate(records)}
    found: list[Any] = []
    for hit in listed(hits):
        place = places.get(_identity(hit))
        found.append(hit)
        if place is not None:
            found.extend(records[max(0, place - reach) : place])
            found.extend(records[place + 1 : place + 1 + reach])
    return _once(found, _identity)


def distinct(hits: Sequence[Any]) -> list[Any]:
    """Hits without repeated texts, the first of each kept."""
    return _once(listed(hits), lambda h: " ".join(text_of(h).lower().split()) or _identity(h))


def _once(items: list[Any], key: Callable[[Any], Any]) -> list[Any]:
    kept: dict[Any, Any] = {}
    for item in items:
        kept.setdefault(key(item), item)
    return list(kept.values())


def _identity(item: Any) -> Any:
    if isinstance(item, tuple | list) and len(item) == 2:
        scored = [x for x in item if not isinstance(x, float)]
        item = scored[0] if len(scored) == 1 else tuple(item)
    if isinstance(item, dict):
        return next(
            (("id", item[k]) for k in ("id", "key", "uid") if k in item),
            repr(sorted(item.items(), key=str)),
        )
    try:
        hash(item)
    except TypeError:
        return ("object", id(item))
    return item

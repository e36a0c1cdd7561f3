"""Questions as a search wants them: without function words, or with words of the first results.

Expansion keeps the question's own ranking in the sum, as RM3 keeps its words (Lavrenko and Croft
2001; Abdul-Jaleel et al. 2004).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Any

from researchers.program_analysis.recipes.parts.lexical_terms import STOP_WORDS, stem, words
from researchers.program_analysis.recipes.parts.rank_fusion import fuse_rankings
from researchers.program_analysis.recipes.parts.record_view import listed, text_of

FIRST_RESULTS = 3
ADDED_WORDS = 5


def plain_query(query: Any) -> Any:
    """The words of a question that can find something; what is no text stays as it is."""
    if not isinstance(query, str):
        return query
    tokens = unicodedata.normalize("NFKC", query).split()
    kept = [t.strip(" ,;:.!?\"'()") for t in tokens if set(words(t)) - STOP_WORDS]
    return " ".join(t for t in kept if t) or query


def search_expanded(search: Callable[[str], Any], query: Any) -> Any:
    """What a search finds, ranked together with a second search by words of its first results.

    As many records as the first search gave. A word has to stand in two of the first results.
    """
    first = search(query)
    if not isinstance(query, str):
        return first
    found = listed(first)
    asked = {stem(w) for w in words(query)}
    counts: Counter[str] = Counter()
    for record in found[:FIRST_RESULTS]:
        counts.update(set(words(text_of(record))))
    added = [
        w
        for w, n in sorted(counts.items(), key=lambda c: (-c[1], c[0]))
        if n > 1 and len(w) > 2 and w not in STOP_WORDS and stem(w) not in asked
    ]
    if not added:
        return first
    second = search(" ".join([query, *added[:ADDED_WORDS]]))
    return fuse_rankings(found, second)[: len(found)]

"""The one sentence among all records found that answers best, instead of the first record."""

from __future__ import annotations

import re
from typing import Any

from researchers.program_analysis.recipes.parts.lexical_terms import lexical_terms
from researchers.program_analysis.recipes.parts.record_view import (
    author_of,
    listed,
    sentences,
    text_of,
)

LOOKED_AT = 10
FEW_WORDS = 4
ASIDE = 0.4
"""What a sentence loses that is a question itself, and one by somebody not asked about."""


def best_sentence(question: str, records: Any, answer: Any) -> Any:
    """The sentence with most of the question's terms and something beside them.

    An answer of few words is somebody's finding already and stays.
    """
    if isinstance(answer, str) and 0 < len(answer.split()) <= FEW_WORDS:
        return answer
    wanted = set(lexical_terms(question))
    named = {w.lower().removesuffix("'s") for w in re.findall(r"\b[A-Z][\w'’]+", str(question))}
    best, best_score = answer, 0.0
    for rank, record in enumerate(listed(records)[:LOOKED_AT]):
        whole = _share(wanted, text_of(record))
        author = author_of(record).lower()
        other = (
            bool(author) and bool(named) and not (author in named or set(author.split()) & named)
        )
        for sentence in sentences(text_of(record)):
            fresh = set(lexical_terms(sentence)) - wanted
            score = _share(wanted, sentence) + 0.5 * whole + 0.05 * min(len(fresh), 4) - 0.03 * rank
            score -= ASIDE * ("?" in sentence) + ASIDE * other
            if fresh and score > best_score:
                best, best_score = sentence, score
    return best


def _share(wanted: set[str], text: str) -> float:
    return len(wanted & set(lexical_terms(text))) / max(len(wanted), 1)

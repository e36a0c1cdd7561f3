"""Refuses where nothing retrieved speaks of the one who is asked about, or of what is asked."""

from __future__ import annotations

import re
from typing import Any

from researchers.program_analysis.recipes.parts.lexical_terms import lexical_terms
from researchers.program_analysis.recipes.parts.record_view import author_of, listed, text_of

REFUSAL = "unknown"
CHECK_AUTHOR = True
MINIMUM_SUPPORT = 0.0
"""Share of the question's terms that some record must hold."""
LOOKED_AT = 10


def answer_or_refuse(question: str, records: Any, answer: Any) -> Any:
    """The answer, or the refusal where the evidence is somebody else's or too thin."""
    found = listed(records)[:LOOKED_AT]
    authors = {author_of(r).lower() for r in found} - {""}
    wanted = [
        t
        for t in lexical_terms(question)
        if t not in {s for a in authors for s in lexical_terms(a)}
    ]
    scored = [(_support(wanted, text_of(r)) - 0.01 * i, r) for i, r in enumerate(found)]
    if not scored:
        return REFUSAL if MINIMUM_SUPPORT > 0 else answer
    support, best = max(scored, key=lambda pair: pair[0])
    if support < MINIMUM_SUPPORT:
        return REFUSAL
    if CHECK_AUTHOR:
        named = {w.lower().removesuffix("'s") for w in re.findall(r"\b[A-Z][\w'’]+", str(question))}
        about = {a for a in authors if a in named or set(a.split()) & named}
        if about and author_of(best).lower() not in about:
            return REFUSAL
    return answer


def _support(wanted: list[str], text: str) -> float:
    terms = set(lexical_terms(text))
    return sum(t in terms for t in wanted) / max(len(wanted), 1)

"""Words of a text for lexical matching: lower case, no punctuation, no stop words, stems."""

from __future__ import annotations

import re
from functools import lru_cache

STOP_WORDS = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "did", "do", "does", "for",
    "from", "had", "has", "have", "he", "her", "his", "how", "i", "if", "in", "is", "it", "its",
    "me", "my", "of", "on", "or", "our", "she", "so", "that", "the", "their", "them", "there",
    "they", "this", "to", "was", "we", "were", "what", "when", "where", "which", "who", "whom",
    "whose", "why", "will", "with", "would", "you", "your"
})  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_ENDINGS = (
    "ational",
    "ization",
    "fulness",
    "ousness",
    "iveness",
    "tional",
    "ingly",
    "edly",
    "ation",
    "ments",
    "ment",
    "ness",
    "ings",
    "ies",
    "ing",
    "ed",
    "es",
    "ly",
    "s",
)


def lexical_terms(text: str) -> list[str]:
    """The terms of a text in order; stop words alone are kept when there is nothing else."""
    tokens = words(text)
    kept = [token for token in tokens if token not in STOP_WORDS]
    return [stem(token) for token in (kept or tokens)]


def words(text: str) -> list[str]:
    """Lower-case words without punctuation and possessive endings."""
    return [w.removesuffix("'s").replace("'", "") for w in _WORD.findall(str(text).lower())]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The Porter stem where a stemmer is installed, else the word without a common ending."""
    if _PORTER is not None:
        return str(_PORTER.stemWord(word))
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word


try:
    from snowballstemmer import stemmer as _stemmer

    _PORTER = _stemmer("porter")
except ImportError:
    _PORTER = None

"""The informative part of a long answer: the sentence that fits, or the words new in it."""

from __future__ import annotations

import re
from typing import Any

from researchers.program_analysis.recipes.parts.lexical_terms import STOP_WORDS, lexical_terms, stem
from researchers.program_analysis.recipes.parts.record_view import sentences

MAXIMUM_WORDS = 8
SENTENCE_ONLY = False
FILLERS = frozenset({
    "a", "about", "actually", "all", "also", "always", "am", "been", "being", "can", "could",
    "definitely", "even", "get", "glad", "go", "going", "good", "got", "great", "hello", "hey",
    "hi", "i'm", "i've", "it's", "just", "know", "like", "lot", "lots", "make", "making", "more",
    "much", "nice", "no", "oh", "one", "out", "quite", "really", "so", "some", "sure", "than",
    "thank", "thanks", "that's", "then", "thing", "things", "think", "too", "totally", "up", "us",
    "very", "well", "wow", "yeah", "yes",
})  # fmt: skip


def informative_span(question: str, answer: Any) -> Any:
    """A shorter answer; short ones, and what is no text, stay as they are."""
    if not isinstance(answer, str) or len(answer.split()) <= MAXIMUM_WORDS:
        return answer
    text = re.sub(r"^\W*[A-Z]\w+\s*(?:said)?:\s*", "", answer.strip())
    asked = set(lexical_terms(question))
    best = max(sentences(text) or [text], key=lambda s: _fit(asked, s))
    return best if SENTENCE_ONLY else new_words(asked, best)


def new_words(asked: set[str], sentence: str) -> str:
    """Content words that the question does not hold, in order; the sentence where none is new."""
    kept = []
    for token in sentence.split():
        word = re.sub(r"[^\w']", "", token.replace("’", "'").lower())
        plain = word.removesuffix("'s").replace("'", "")
        if word and word not in STOP_WORDS | FILLERS and stem(plain) not in asked:
            kept.append(token.strip(" ,;:.!?\"'()"))
    return " ".join(kept[:MAXIMUM_WORDS]) or sentence


def _fit(asked: set[str], sentence: str) -> float:
    terms = set(lexical_terms(sentence))
    return len(asked & terms) + 0.1 * min(len(terms - asked), 5) - (1.0 if "?" in sentence else 0.0)

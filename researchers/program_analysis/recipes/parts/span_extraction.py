"""The informative part of a long answer: the sentence that fits, and the words that are new in it."""

from __future__ import annotations

import re
from typing import Any

from researchers.program_analysis.recipes.parts.lexical_terms import STOP_WORDS, lexical_terms, stem
from researchers.program_analysis.recipes.parts.record_view import sentences

MAXIMUM_WORDS = 8
SENTENCE_ONLY = False


def informative_span(question: str, answer: Any) -> Any:
    """A shorter answer; short ones, and what is no text, stay as they are."""
    if not isinstance(answer, str) or len(answer.split()) <= MAXIMUM_WORDS:
        return answer
    text = re.sub(r"^\W*[A-Z]\w+\s*(?:said)?:\s*", "", answer.strip())
    asked = set(lexical_terms(question))
    best = max(sentences(text) or [text], key=lambda s: _fit(asked, s))
    if SENTENCE_ONLY or len(best.split()) <= MAXIMUM_WORDS:
        return best
    return _window(question, asked, best)


def _fit(asked: set[str], sentence: str) -> float:
    terms = set(lexical_terms(sentence))
    return len(asked & terms) + 0.1 * min(len(terms - asked), 5) - (1.0 if "?" in sentence else 0.0)


def _window(question: str, asked: set[str], sentence: str) -> str:
    tokens = sentence.split()
    best, best_score = tokens[:MAXIMUM_WORDS], float("-inf")
    for start in range(len(tokens)):
        for end in range(start + 1, min(len(tokens), start + MAXIMUM_WORDS) + 1):
            score = sum(
                _worth(question, asked, t, i + start) for i, t in enumerate(tokens[start:end])
            )
            crosses = any(t[-1] in ",;:" for t in tokens[start : end - 1])
            score -= 0.5 if crosses else 0.0
            score -= sum(_bare(t) in STOP_WORDS for t in (tokens[start], tokens[end - 1]))
            if score > best_score:
                best, best_score = tokens[start:end], score
    return " ".join(best).strip(" ,;:.!?\"'")


def _worth(question: str, asked: set[str], token: str, position: int) -> float:
    word = _bare(token)
    if not word or word in STOP_WORDS:
        return -0.15
    if stem(word) in asked:
        return -0.6
    number = any(c.isdigit() for c in word)
    name = token[:1].isupper() and position > 0
    kind = question.strip().lower()
    bonus = 1.0 if (name and kind.startswith(("who", "where", "which"))) else 0.0
    return 0.4 + bonus + (1.0 if number and kind.startswith("how ") else 0.0)


def _bare(token: str) -> str:
    return re.sub(r"\W", "", token.lower())

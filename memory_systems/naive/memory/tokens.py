"""Turning text into search terms."""

import re
from functools import cache

import snowballstemmer

WORD = re.compile(r"[a-z0-9]+")
STOP_WORDS = frozenset(
    """a about after all also am an and any are as at be been before being both but by can could
    did do does doing for from get got had has have he her hers him his how i if in into is it its
    just kind kinds like me mention mentioned my of on or our ours out own s say said she should so
    some such t than that the their theirs them then there these they this those to too type types
    up us very was we were what when where which while who whom why will with would you your yours
    re ve ll d m don didn doesn isn wasn according""".split()
)

_stemmer = snowballstemmer.stemmer("porter")


@cache
def stem(word: str) -> str:
    return _stemmer.stemWord(word)


def words(text: str) -> list[str]:
    """Lower-cased words without punctuation."""
    return WORD.findall(text.lower())


def terms(text: str) -> list[str]:
    """Stems of the words that carry meaning."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS]

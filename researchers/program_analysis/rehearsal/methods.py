"""Attributes of built-in kinds that rehearsed code may read.

None leads beyond the value: methods are bounded by what they are given, and change it alone.
"""

from __future__ import annotations

import collections
import datetime
import enum
import fractions
import functools
import hashlib
import itertools
import random
import types

from researchers.program_analysis.rehearsal import patterns


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TEXT = _words(
    """startswith endswith strip lstrip rstrip lower upper title capitalize casefold split rsplit
    splitlines find rfind index rindex count replace isdigit isalpha isalnum isspace isupper islower
    isdecimal isnumeric isidentifier istitle isascii isprintable join partition rpartition
    removeprefix removesuffix swapcase ljust rjust center zfill translate maketrans expandtabs
    encode"""
)
_FROZEN = _words(
    "union intersection difference symmetric_difference issubset issuperset isdisjoint copy"
)
_SET = _FROZEN | _words(
    """add discard remove pop clear update intersection_update difference_update
    symmetric_difference_update"""
)
_DICT = _words("get keys values items copy pop popitem setdefault update clear fromkeys")
_LIST = _words("append extend insert remove pop clear index count sort reverse copy")
_DATE = _words(
    """year month day weekday isoweekday isoformat toordinal fromordinal replace fromisoformat min
    max resolution timetuple isocalendar"""
)
_MOMENT = _DATE | _words("hour minute second microsecond date time combine tzinfo")
_RANDOM = _words(
    """random randint randrange choice choices sample shuffle uniform gauss seed getrandbits
    betavariate expovariate normalvariate triangular"""
)
_NUMBER = _words("real imag as_integer_ratio is_integer")
METHODS: dict[type, frozenset[str]] = {
    object: frozenset(),
    str: _TEXT,
    bytes: _words("startswith endswith find count decode hex strip split join index"),
    list: _LIST,
    tuple: _words("index count _replace _asdict _fields _make"),
    dict: _DICT,
    set: _SET,
    frozenset: _FROZEN,
    int: _NUMBER | _words("bit_length bit_count numerator denominator to_bytes from_bytes"),
    float: _NUMBER | _words("hex fromhex"),
    bool: frozenset(),
    type(None): frozenset(),
    range: _words("start stop step index count"),
    slice: _words("start stop step"),
    collections.deque: _LIST | _words("appendleft popleft extendleft rotate maxlen"),
    collections.Counter: _DICT | _words("most_common elements total subtract"),
    collections.defaultdict: _DICT | _words("default_factory"),
    collections.OrderedDict: _DICT | _words("move_to_end"),
    types.GeneratorType: _words("send close throw"),
    BaseException: _words("args with_traceback"),
    StopIteration: _words("value"),
    fractions.Fraction: _words("numerator denominator limit_denominator"),
    datetime.date: _DATE,
    datetime.datetime: _MOMENT,
    datetime.timedelta: _words("days seconds microseconds total_seconds"),
    random.Random: _RANDOM,
    enum.Enum: _words("name value"),
    property: _words("setter getter deleter"),
    type(hashlib.sha256()): _words("hexdigest digest update"),
    itertools.chain: _words("from_iterable"),
    patterns.Match: patterns.MATCH,
    patterns.Pattern: patterns.PATTERN,
    functools._lru_cache_wrapper: _words("cache_clear cache_info"),
}
RISKY = _words(
    """ljust rjust center zfill expandtabs to_bytes bytes round getrandbits choices sample product
    replace Fraction translate join"""
)
"""What makes long things of short ones: refused large numbers and much text."""

"""Attributes of built-in kinds that rehearsed code may read.

None leads beyond the value: methods are bounded by what they are given, and change it alone.
"""

from __future__ import annotations

import collections
import datetime
import decimal
import enum
import fractions
import functools
import hashlib
import random
import time
import types
from collections.abc import ItemsView, KeysView, ValuesView

from researchers.program_analysis.rehearsal import patterns


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


_TEXT = words(
    """startswith endswith strip lstrip rstrip lower upper title capitalize casefold split rsplit
    splitlines find rfind index rindex count replace isdigit isalpha isalnum isspace isupper islower
    isdecimal isnumeric isidentifier istitle isascii isprintable join partition rpartition
    removeprefix removesuffix swapcase ljust rjust center zfill translate maketrans expandtabs
    encode"""
)
_BYTES = words(
    """startswith endswith find rfind index rindex count decode hex fromhex strip lstrip rstrip
    split rsplit splitlines join lower upper title isdigit isalpha isalnum isspace isupper islower
    partition rpartition removeprefix removesuffix replace translate maketrans ljust rjust center
    zfill"""
)
_FROZEN = words(
    "union intersection difference symmetric_difference issubset issuperset isdisjoint copy"
)
_SET = _FROZEN | words(
    """add discard remove pop clear update intersection_update difference_update
    symmetric_difference_update"""
)
_DICT = words("get keys values items copy pop popitem setdefault update clear fromkeys")
_LIST = words("append extend insert remove pop clear index count sort reverse copy")
_DATE = words(
    """year month day weekday isoweekday isoformat toordinal fromordinal replace fromisoformat min
    max resolution timetuple isocalendar fromisocalendar strftime today ctime"""
)
_ZONED = words("tzinfo utcoffset tzname dst fold")
_CLOCK = _ZONED | words(
    "hour minute second microsecond isoformat replace fromisoformat min max resolution strftime"
)
_MOMENT = (
    _DATE
    | _CLOCK
    | words(
        """date time timetz combine astimezone timestamp fromtimestamp now utcnow strptime
        utctimetuple
    utcfromtimestamp"""
    )
)
_RANDOM = words(
    """random randint randrange choice choices sample shuffle uniform gauss seed getrandbits
    betavariate expovariate normalvariate triangular"""
)
_NUMBER = words("real imag as_integer_ratio is_integer")
METHODS: dict[type, frozenset[str]] = {
    object: frozenset(),
    str: _TEXT,
    bytes: _BYTES,
    bytearray: _BYTES | words("append extend clear insert pop remove reverse copy"),
    list: _LIST,
    tuple: words("index count _replace _asdict _fields _make"),
    dict: _DICT,
    set: _SET,
    frozenset: _FROZEN,
    int: _NUMBER | words("bit_length bit_count numerator denominator to_bytes from_bytes"),
    float: _NUMBER | words("hex fromhex"),
    bool: frozenset(),
    type(None): frozenset(),
    range: words("start stop step index count"),
    slice: words("start stop step"),
    collections.deque: _LIST | words("appendleft popleft extendleft rotate maxlen"),
    collections.Counter: _DICT | words("most_common total subtract"),
    collections.defaultdict: _DICT | words("default_factory"),
    collections.OrderedDict: _DICT | words("move_to_end"),
    types.GeneratorType: words("send close throw"),
    BaseException: words("args with_traceback"),
    StopIteration: words("value"),
    fractions.Fraction: words("numerator denominator limit_denominator"),
    decimal.Decimal: words(
        """quantize to_integral_value to_integral normalize as_tuple is_nan is_finite is_infinite
        is_zero is_signed copy_abs copy_negate adjusted compare max min"""
    ),
    datetime.date: _DATE,
    datetime.datetime: _MOMENT,
    datetime.timedelta: words("days seconds microseconds total_seconds min max resolution"),
    datetime.time: _CLOCK,
    datetime.tzinfo: words("utcoffset tzname dst fromutc"),
    datetime.timezone: words("utcoffset tzname dst fromutc utc min max"),
    time.struct_time: words(
        """tm_year tm_mon tm_mday tm_hour tm_min tm_sec tm_wday tm_yday tm_isdst tm_zone
        tm_gmtoff"""
    ),
    random.Random: _RANDOM,
    enum.Enum: words("name value"),
    property: words("setter getter deleter fget fset fdel"),
    type(hashlib.sha256()): words("hexdigest digest update"),
    patterns.Match: patterns.MATCH,
    patterns.Pattern: patterns.PATTERN,
    functools._lru_cache_wrapper: words("cache_clear cache_info cache_parameters __wrapped__"),
    functools.partial: words("func args keywords"),
    KeysView: words("isdisjoint"),
    ItemsView: words("isdisjoint"),
    ValuesView: frozenset(),
    types.MappingProxyType: words("get keys values items copy"),
}
RISKY = words(
    """ljust rjust center zfill expandtabs to_bytes bytes round getrandbits choices sample product
    replace Fraction translate bytearray strftime strptime join indent wrap fill shorten seek"""
)
"""What makes long things of short ones: refused large numbers and much text."""
KEEPING = words("append appendleft insert get setdefault")
"""Methods of containers that keep a value, or give it back, and read nothing of it."""
KEYED = words("get setdefault")
"""Those whose first argument is a key, which is read."""
COMPARING = words("sort index count remove most_common")
"""Methods that read all of a container, however deep."""
CALLING = words(
    """map filter sorted min max reduce partial property cached_property lru_cache cache cmp_to_key
    nlargest nsmallest merge sort bisect bisect_left bisect_right insort insort_left insort_right
    starmap accumulate groupby takewhile dropwhile filterfalse sub subn staticmethod classmethod
    _dumps _managing"""
)
"""What calls what it is given."""
TAKING = words("extend extendleft")
"""What takes in any records."""
READING = words(
    """max min sorted set frozenset dict Counter OrderedDict defaultdict update fromkeys union
    intersection difference symmetric_difference issubset issuperset isdisjoint subtract
    intersection_update difference_update symmetric_difference_update nlargest nsmallest merge
    groupby heapify __init__ __new__"""
)
"""What compares or hashes the records that it is given."""
CALLING_FIRST = words("reduce partial")
"""Those of them that call their first argument alone."""

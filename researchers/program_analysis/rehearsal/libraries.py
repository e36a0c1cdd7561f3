"""More modules that rehearsed code may use: texts, numbers, and what makes contexts."""

from __future__ import annotations

import base64
import binascii
import calendar
import codecs
import hashlib
import html
import inspect
import io
import json
import numbers
import posixpath
import socket
import statistics
import string
import sys
import textwrap
import types
import unicodedata
import urllib.parse
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from researchers.program_analysis.rehearsal.closed import Closed
from researchers.program_analysis.rehearsal.limits import CONTROL, RUNNING, Refused
from researchers.program_analysis.rehearsal.made import is_function
from researchers.program_analysis.rehearsal.methods import METHODS
from researchers.program_analysis.rehearsal.output import ERR, OUT
from researchers.program_analysis.rehearsal.parsing import PARSING
from researchers.program_analysis.rehearsal.warned import WARNINGS
from researchers.program_analysis.rehearsal.weights import weighed

_STREAM = frozenset(
    {"write", "read", "getvalue", "readline", "readlines", "seek", "close", "tell", "flush",
     "closed", "writelines", "readable", "writable", "seekable", "isatty", "encoding"}
)  # fmt: skip
METHODS[io.StringIO] = METHODS[io.BytesIO] = _STREAM


class Managed:
    """A context made of a generator, as `contextlib.contextmanager` makes it."""

    rehearsed_context = True

    def __init__(self, steps: Iterator[Any]) -> None:
        self._steps: Any = steps

    def __enter__(self) -> Any:
        return next(self._steps)

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> bool:
        if error is None:
            next(self._steps, None)
            return False
        try:
            self._steps.throw(error)
        except StopIteration as stopped:
            return stopped is not error
        except BaseException as raised:
            if raised is error:
                return False
            raise
        return True


class Suppressing:
    """`contextlib.suppress`."""

    rehearsed_context = True

    def __init__(self, *kinds: type[BaseException]) -> None:
        self._kinds = kinds

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> bool:
        return isinstance(error, self._kinds)


class Lock:
    """A lock that nobody else wants."""

    rehearsed_context = True

    def __enter__(self) -> Lock:
        return self

    def __exit__(self, *ended: Any) -> None:
        return None

    def acquire(self, *given: Any, **named: Any) -> bool:
        """Always."""
        return True

    def release(self) -> None:
        """Nothing."""


METHODS[type(sys.float_info)] = frozenset({"max", "min", "epsilon", "dig", "mant_dig"})
METHODS[Lock] = frozenset({"acquire", "release", "__enter__", "__exit__"})


def _managing(function: Callable[..., Any]) -> Callable[..., Managed]:
    @wraps(function)
    def make(*given: Any, **named: Any) -> Managed:
        return Managed(function(*given, **named))

    return make


def _weighing(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that goes through values, of bounded size."""

    @wraps(function)
    def run(*given: Any, **named: Any) -> Any:
        for value in (*given, *named.values()):
            weighed(value)
        return function(*given, **named)

    return run


def _dumps(
    value: Any,
    *,
    indent: int | None = None,
    separators: Any = None,
    default: Any = None,
    **named: Any,
) -> str:
    if set(named) - {"sort_keys", "ensure_ascii"} or indent not in (None, *range(9)):
        raise Refused("json.dumps")
    if separators is not None and len("".join(separators)) > 8:
        raise Refused("json.dumps")
    told = None if default is None else lambda held: weighed(default(held))
    weighed(value)
    return json.dumps(value, indent=indent, separators=separators, default=told, **named)


def _loads(text: Any) -> Any:
    return weighed(json.loads(text))


def _of_numbers(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of plain numbers; sums of fractions would grow without bound."""

    def run(numbers: Any, *given: Any) -> Any:
        kept = weighed(list(numbers))
        if not all(isinstance(number, int | float) for number in kept):
            raise Refused("statistics of what are no plain numbers")
        return function(kept, *given)

    return run


def _only(module: Any, names: str) -> dict[str, Any]:
    return {name: getattr(module, name) for name in names.split()}


_HANDLERS = frozenset(
    {"strict", "ignore", "replace", "xmlcharrefreplace", "backslashreplace", "namereplace",
     "surrogateescape", "surrogatepass"}
)  # fmt: skip
_CHANCE = (
    "random", "randint", "randrange", "choice", "choices", "sample", "shuffle", "uniform", "seed",
    "gauss", "getrandbits",
)  # fmt: skip


def _error_handler(name: Any) -> None:
    """`codecs.lookup_error`, of which nothing can be done with the handler."""
    if name not in _HANDLERS:
        raise LookupError(f"unknown error handler name {name!r}")


def _chance(name: str) -> Callable[..., Any]:
    """A function of `random`: of a generator that each test has for itself."""

    def run(*given: Any, **named: Any) -> Any:
        return getattr(RUNNING.get().chance, name)(*given, **named)

    run.__name__ = name
    return run


def _caught() -> tuple[Any, Any, None]:
    """`sys.exc_info`, without a traceback."""
    error = sys.exc_info()[1]
    if error is None or isinstance(error, CONTROL):
        return None, None, None
    return type(error), error, None


LIBRARIES: dict[str, dict[str, Any]] = {
    "json": {"dumps": _dumps, "loads": _loads,
             "JSONDecodeError": json.JSONDecodeError},
    "unicodedata": _only(unicodedata, "normalize category combining name east_asian_width"),
    "textwrap": {n: _weighing(getattr(textwrap, n))
                 for n in ("dedent", "indent", "wrap", "fill", "shorten")},
    "statistics": {n: _of_numbers(getattr(statistics, n))
                   for n in ("mean", "median", "stdev", "pstdev", "variance", "mode", "fmean")},
    "calendar": _only(calendar, "monthrange isleap month_name month_abbr day_name day_abbr "
                                "leapdays"),
    "html": _only(html, "escape unescape"),
    "urllib.parse": {n: _weighing(getattr(urllib.parse, n))
                     for n in ("quote", "unquote", "quote_plus", "unquote_plus")},
    "base64": _only(base64, "b64encode b64decode urlsafe_b64encode urlsafe_b64decode"),
    "binascii": _only(binascii, "hexlify unhexlify"),
    "hashlib": _only(hashlib, "sha256 sha1 md5 blake2b"),
    "numbers": _only(numbers, "Number Integral Real Rational Complex"),
    "io": _only(io, "StringIO BytesIO IOBase TextIOBase RawIOBase BufferedIOBase TextIOWrapper "
                    "UnsupportedOperation SEEK_SET SEEK_CUR SEEK_END"),
    "contextlib": {"contextmanager": _managing, "suppress": Suppressing},
    "ast": PARSING,
    "codecs": {"lookup_error": _error_handler, "BOM_UTF8": codecs.BOM_UTF8},
    "socket": {**_only(socket, "AF_INET AF_INET6 error gaierror timeout"),
               "inet_pton": _weighing(socket.inet_pton), "inet_aton": _weighing(socket.inet_aton),
               "inet_ntop": _weighing(socket.inet_ntop)},
    "inspect": {"currentframe": lambda: Closed("inspect.currentframe"),
                "getfile": lambda frame: "<rehearsed>",
                "isclass": lambda value: isinstance(value, type),
                "isfunction": is_function, "isgenerator": inspect.isgenerator,
                "ismethod": lambda value: type(value) is types.MethodType,
                "isroutine": inspect.isroutine, "isbuiltin": inspect.isbuiltin},
    "random": {name: _chance(name) for name in _CHANCE},
    "threading": {"Lock": Lock, "RLock": Lock},
    "warnings": WARNINGS,
    "sys": {**_only(sys, "maxsize version_info byteorder maxunicode platform hexversion float_info "
                         "implementation"),
            "stdout": OUT, "stderr": ERR, "exc_info": _caught,
            "getrecursionlimit": lambda: 1000},
    "os.path": {n: _weighing(getattr(posixpath, n))
                for n in ("basename", "dirname", "join", "splitext", "split", "normpath", 
                          "normcase", "isabs", "splitdrive")},
    "string": _only(string, "ascii_letters ascii_lowercase ascii_uppercase digits punctuation "
                            "whitespace hexdigits octdigits printable"),
}  # fmt: skip

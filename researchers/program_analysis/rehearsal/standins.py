"""Small modules that stand for parts of Python's own, in rehearsed source."""

from __future__ import annotations

from researchers.program_analysis.rehearsal.files import PATHLIB

TEXTS = {
    "pathlib": PATHLIB,
    "threading": """
class local:
    pass
class Thread:
    def __init__(self, *given, **named):
        return input()
    def start(self):
        return input()
class Event:
    def __init__(self):
        self._is_set = False
    def is_set(self):
        return self._is_set
    def set(self):
        self._is_set = True
    def clear(self):
        self._is_set = False
class Condition:
    def __init__(self, lock=None):
        self._lock = lock
    def __enter__(self):
        return self
    def __exit__(self, *ended):
        return None
    def acquire(self, *given, **named):
        return True
    def release(self):
        return None
    def notify(self, n=1):
        return None
    def notify_all(self):
        return None
    def wait_for(self, predicate, timeout=None):
        if not predicate():
            return input()
        return True
""",
    "gettext": """
def gettext(message):
    return message
def ngettext(singular, plural, n):
    return singular if n == 1 else plural
def pgettext(context, message):
    return message
def npgettext(context, singular, plural, n):
    return singular if n == 1 else plural
def dgettext(domain, message):
    return message
def textdomain(domain=None):
    return domain or "messages"
def bindtextdomain(domain, localedir=None):
    return localedir
class NullTranslations:
    def __init__(self, fp=None):
        self._fallback = None
    def add_fallback(self, fallback):
        self._fallback = fallback
    def gettext(self, message):
        return message
    def ngettext(self, singular, plural, n):
        return singular if n == 1 else plural
    def pgettext(self, context, message):
        return message
    def npgettext(self, context, singular, plural, n):
        return singular if n == 1 else plural
def translation(domain, localedir=None, languages=None, class_=None, fallback=False):
    return NullTranslations() if fallback else input()
""",
    "os": """
environ = {}
sep, linesep, name, curdir, pardir, extsep, altsep = "/", "\\n", "posix", ".", "..", ".", None
class PathLike:
    pass
def getenv(key, default=None):
    return environ.get(key, default)
def fspath(path):
    return path if isinstance(path, str) else path.__fspath__()
""",
    "shutil": """
class _Size:
    columns, lines = 80, 24
def get_terminal_size(fallback=None):
    return _Size()
""",
    "locale": """
LC_ALL, LC_CTYPE, LC_COLLATE, LC_TIME, LC_MONETARY, LC_MESSAGES, LC_NUMERIC = 6, 0, 3, 2, 4, 5, 1
class Error(Exception):
    pass
def normalize(localename):
    return localename
""",
    "types": """
class SimpleNamespace:
    def __init__(self, **named):
        self.__dict__.update(named)
    def __eq__(self, other):
        if not isinstance(other, SimpleNamespace):
            return NotImplemented
        return self.__dict__ == other.__dict__
    def __repr__(self):
        told = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"namespace({told})"
""",
    "functools": """
WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__")
WRAPPER_UPDATES = ("__dict__",)
def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        if name != "__annotations__" and hasattr(wrapped, name):
            setattr(wrapper, name, getattr(wrapped, name))
    wrapper.__wrapped__ = wrapped
    return wrapper
def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    def wrap(wrapper):
        return update_wrapper(wrapper, wrapped, assigned, updated)
    return wrap
class partialmethod:
    def __init__(self, func, *given, **named):
        self.func, self.args, self.keywords = func, given, named
    def __get__(self, holder, kind=None):
        def run(*given, **named):
            return self.func(holder, *self.args, *given, **{**self.keywords, **named})
        return run
def singledispatch(func):
    known = {object: func}
    def register(kind, given=None):
        if given is None:
            return lambda wrapped: register(kind, wrapped)
        known[kind] = given
        return given
    def run(*given, **named):
        for base in known:
            if type(given[0]) is base:
                return known[base](*given, **named)
        best = func
        for base in known:
            if base is not object and isinstance(given[0], base):
                best = known[base]
        return best(*given, **named)
    run.register = register
    return update_wrapper(run, func)
""",
}
"""By the name of the module. `input()` is where nothing can be said."""

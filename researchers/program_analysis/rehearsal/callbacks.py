"""What Python's own functions are given to call: called as rehearsed code would call it."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from researchers.program_analysis.rehearsal.limits import RUNNING, Refused
from researchers.program_analysis.rehearsal.made import is_function, is_made, is_own
from researchers.program_analysis.rehearsal.methods import CALLING, CALLING_FIRST
from researchers.program_analysis.rehearsal.natives import BUILTINS
from researchers.program_analysis.rehearsal.weights import weighed

Call = Callable[[Any, list[Any], dict[str, Any]], Any]
_OF_CHANCE = ("random", "getrandbits", "_randbelow", "gammavariate")
"""Methods that others of `random.Random` call until they are content."""


def guarded(value: Any, call: Call) -> Any:
    """The same to be called, metered and refused like all else."""
    if not callable(value) or is_own(value):
        return value

    def run(*given: Any, **named: Any) -> Any:
        RUNNING.get().count()
        return call(value, list(given), named)

    run.__name__ = getattr(value, "__name__", "run")
    return run


def arguments(
    function: Any, given: list[Any], named: dict[str, Any], call: Call
) -> tuple[list[Any], dict[str, Any]]:
    """The arguments of one of Python's own functions, guarded where it calls them."""
    name, holder = getattr(function, "__name__", ""), getattr(function, "__self__", None)
    if name in CALLING or isinstance(holder, property) or _is_a(function, property):
        first = 1 if name in CALLING_FIRST else len(given)
        given = [*(guarded(value, call) for value in given[:first]), *given[first:]]
        if name == "groupby" and len(given) > 1:
            given = [given[0], _keyed(given[1])]
        if callable(named.get("key")):
            named = {**named, "key": _keyed(named["key"])}
        if name not in CALLING_FIRST:
            named = {key: guarded(value, call) for key, value in named.items()}
    elif (function is BUILTINS["iter"] and len(given) == 2) or _makes_missing(function, name):
        given = [factory(given[0], call), *given[1:]] if given else given
    elif "default_factory" in named:
        named = {**named, "default_factory": factory(named["default_factory"], call)}
    return given, named


def _keyed(key: Any) -> Any:
    """A function whose results are compared, and so weighed."""
    return (lambda record: weighed(key(record))) if is_own(key) else key


def factory(value: Any, call: Call) -> Any:
    """What makes missing values; classes of Python's make nothing long of nothing."""
    return value if isinstance(value, type) else guarded(value, call)


def check_chance(holder: Any) -> None:
    """Raises Refused for a kind of `Random` that draws by what is neither its own nor rehearsed."""
    kind = type(holder)
    if not isinstance(holder, random.Random) or not is_made(kind):
        return
    own = list(vars(random.Random).values())
    for space in (vars(holder), *(vars(base) for base in kind.__mro__ if is_made(base))):
        for name in _OF_CHANCE:
            if name in space and not is_function(space[name]) and space[name] not in own:
                raise Refused("a generator of chance")


def _makes_missing(function: Any, name: str) -> bool:
    holder = getattr(function, "__self__", None)
    return _is_a(function, defaultdict) or (name == "__init__" and isinstance(holder, defaultdict))


def _is_a(function: Any, kind: type) -> bool:
    return isinstance(function, type) and issubclass(function, kind)

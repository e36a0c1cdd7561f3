"""`getattr` and its kin, which see what dots see, and what else calls back: `print`, `vars`."""

from __future__ import annotations

from typing import Any

from researchers.program_analysis.rehearsal import attributes
from researchers.program_analysis.rehearsal.limits import Refused, paid
from researchers.program_analysis.rehearsal.output import OUT
from researchers.program_analysis.rehearsal.weights import weighed

_ABSENT = object()


def _has(holder: Any, name: str) -> bool:
    try:
        attributes.read(holder, name)
    except AttributeError:
        return False
    return True


def _get(holder: Any, name: str, default: Any = _ABSENT) -> Any:
    try:
        return attributes.read(holder, name)
    except AttributeError:
        if default is _ABSENT:
            raise
        return default


def _real(kinds: Any) -> Any:
    several = isinstance(kinds, tuple)
    return tuple(map(_real, kinds)) if several else type if kinds is attributes.kind_of else kinds


def _is_instance(value: Any, kinds: Any) -> bool:
    return isinstance(value, _real(kinds))


def _is_subclass(value: Any, kinds: Any) -> bool:
    return issubclass(value, _real(kinds))


def _vars(*holder: Any) -> Any:
    if not holder:
        raise Refused("vars()")
    return attributes.read(holder[0], "__dict__")


def _print(
    *values: Any, sep: str | None = " ", end: str | None = "\n", file: Any = None, flush: Any = None
) -> None:
    """`print`, to what has a method to write."""
    text = (" " if sep is None else sep).join(str(weighed(value)) for value in values)
    write = attributes.read(OUT if file is None else file, "write")
    attributes.call(write, [paid(text + ("\n" if end is None else end))], {})


REFLECTION: dict[str, Any] = {
    "getattr": _get, "hasattr": _has, "setattr": attributes.write, "delattr": attributes.delete,
    "type": attributes.kind_of, "isinstance": _is_instance, "issubclass": _is_subclass,
    "vars": _vars, "print": _print,
}  # fmt: skip

"""Kinds: short descriptions of values by type and field presence, such as `list[Turn{text}]`.

Nothing here calls code of the target: no `__getattr__`, `__len__`, `__bool__` or `__repr__` of a
class that the target defines.
"""

from __future__ import annotations

import re
import types
from typing import Any

FIELDS = 12
LOOKED_AT = 3
DEPTH = 2
LENGTH = 160
COUNTED = 500
SIZED = (str, bytes, list, tuple, dict, set, frozenset)
PLAIN = frozenset(SIZED)
OPAQUE = (type, types.FunctionType, types.ModuleType, types.GeneratorType)
ARRAY_LIBRARIES = ("numpy", "torch")
_NUMBER = re.compile(r"[0-9]+")


def kind(value: Any, depth: int = DEPTH) -> str:
    """The kind of a value: `None`, `empty str`, `dict{caption,speaker}`, `list[Turn{text}]`.

    A field that holds None reads `caption=None`. Where numbers make keys many, as in `day_1`,
    `day_2`, they read `day_#`. At most LENGTH characters.
    """
    return _kind(value, depth)[:LENGTH]


def size(value: Any) -> int | None:
    """The length of a built-in container, string or array; None for anything else."""
    if type(value) in PLAIN:
        return len(value)
    shape = getattr(value, "shape", None) if _is_array(type(value)) else None
    return int(shape[0]) if shape else None


def fields_of(value: Any) -> dict[str, Any]:
    """The instance attributes of an object, from its `__dict__` and its slots."""
    try:
        found = object.__getattribute__(value, "__dict__")
    except AttributeError:
        found = {}
    fields = dict(found) if type(found) is dict else {}
    for base in type(value).__mro__:
        for name, member in vars(base).items():
            if type(member) is types.MemberDescriptorType:
                try:
                    fields.setdefault(name, member.__get__(value))
                except AttributeError:
                    continue  # a slot that was never filled
    return fields


def _kind(value: Any, depth: int) -> str:
    if value is None:
        return "None"
    cls = type(value)
    if cls in PLAIN and not value:
        return f"empty {cls.__name__}"
    if cls in (str, bytes, int, float, bool):
        return cls.__name__
    if cls is dict:
        return f"dict{_mapping(value, depth)}"
    if cls in (list, tuple, set, frozenset):
        return f"{cls.__name__}[{_elements(value, depth)}]"
    if _is_array(cls):
        return f"{cls.__name__}[{getattr(value, 'dtype', '?')},{len(getattr(value, 'shape', ()))}d]"
    names = getattr(cls, "_fields", None) if issubclass(cls, tuple) else None
    if isinstance(names, tuple):
        return f"{cls.__name__}{{{','.join(map(str, names[:FIELDS]))}}}"
    if issubclass(cls, OPAQUE):
        return cls.__name__
    return cls.__name__ + (_present(fields_of(value)) if depth > 0 else "")


def _mapping(value: dict[Any, Any], depth: int) -> str:
    if len(value) <= FIELDS and all(type(key) is str and len(key) < 24 for key in value):
        return _present(value)
    if len(value) <= COUNTED and all(type(key) is str and len(key) < 40 for key in value):
        patterns = {_NUMBER.sub("#", key) for key in value}
        if len(patterns) <= FIELDS:
            return f"{{{','.join(sorted(patterns))}}}"
    key, entry = next(iter(value.items()))
    return f"[{type(key).__name__}:{_kind(entry, depth - 1) if depth > 0 else '...'}]"


def _present(fields: dict[str, Any]) -> str:
    names = [name if entry is not None else f"{name}=None" for name, entry in fields.items()]
    return f"{{{','.join(sorted(names)[:FIELDS])}}}" if names else ""


def _elements(value: Any, depth: int) -> str:
    if depth <= 0:
        return "..."
    kinds: list[str] = []
    for index, entry in enumerate(value):
        if index == LOOKED_AT:
            break
        found = _kind(entry, depth - 1)
        if found not in kinds:
            kinds.append(found)
    return "|".join(kinds)


def _is_array(cls: type) -> bool:
    module = cls.__module__
    return (
        type(module) is str
        and module.partition(".")[0] in ARRAY_LIBRARIES
        and cls.__name__ in ("ndarray", "Tensor")
    )

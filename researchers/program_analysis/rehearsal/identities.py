"""The cases of a parametrized test, with the identities that pytest gives them."""

from __future__ import annotations

import enum
import inspect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from typing import Any

from researchers.program_analysis.rehearsal import attributes
from researchers.program_analysis.rehearsal.limits import STEP, Refused, charge
from researchers.program_analysis.rehearsal.marks import Group, Param
from researchers.program_analysis.rehearsal.patterns import Pattern

_UNPRINTED = {code: f"\\x{code:02x}" for code in (*range(32), 127)} | {
    ord("\t"): "\\t", ord("\r"): "\\r", ord("\n"): "\\n"
}  # fmt: skip
_MOST_ORDERS = 3


@dataclass(frozen=True)
class Case:
    """Values of one case: given to the test itself, and for fixtures to ask for."""

    values: dict[str, Any]
    asked: dict[str, Any]


def case(groups: Sequence[Group], told: str) -> Case:
    """The case that has an identity; raises Refused where none has it, or it is barred."""
    rows = [list(_rows(group)) for group in groups]
    orders = permutations(rows) if len(rows) <= _MOST_ORDERS else [rows]
    for order in orders:
        for parts in product(*order):
            charge(STEP)
            if "-".join(identity for identity, _ in parts) == told:
                return _joined([row for _, row in parts])
    raise Refused(f"no case [{told}]")


@dataclass(frozen=True)
class _Row:
    group: Group
    values: dict[str, Any]
    barred: bool


def _joined(rows: list[_Row]) -> Case:
    if any(row.barred for row in rows):
        raise Refused("a marked case")
    made = Case({}, {})
    for row in rows:
        for name, value in row.values.items():
            (made.asked if name in row.group.indirect else made.values)[name] = value
    return made


def _rows(group: Group) -> Iterator[tuple[str, _Row]]:
    made: list[tuple[str, _Row]] = []
    for place, row in enumerate(group.rows):
        charge(STEP)
        given = row.values if isinstance(row, Param) else tuple(row)
        values = dict(zip(group.names, given, strict=True))
        barred = isinstance(row, Param) and row.barred
        made.append((_identity(group, row, values, place), _Row(group, values, barred)))
    names = _apart([identity for identity, _ in made])
    yield from zip(names, [row for _, row in made], strict=True)


def _identity(group: Group, row: Any, values: dict[str, Any], place: int) -> str:
    if isinstance(row, Param) and row.id is not None:
        return _plain(row.id)
    maker = group.ids if callable(group.ids) else None
    if maker is None and group.ids is not None and group.ids[place] is not None:
        return _told("", group.ids[place], place, None)
    return "-".join(_told(name, value, place, maker) for name, value in values.items())


def _apart(told: list[str]) -> list[str]:
    """Identities of which none is another one: numbers tell equal ones apart."""
    often, used = Counter(told), set(told)
    numbers: Counter[str] = Counter()
    made: list[str] = []
    for identity in told:
        new, tie = identity, "_" if identity[-1:].isdigit() else ""
        while often[identity] > 1 and new in used:
            new = f"{identity}{tie}{numbers[identity]}"
            numbers[identity] += 1
        made.append(new)
        used.add(new)
    return made


def _told(name: str, value: Any, place: int, maker: Any) -> str:
    if maker is not None:
        made = attributes.call(maker, [value], {})
        if made is not None:
            value = made
    if isinstance(value, Pattern):
        value = value.pattern
    if isinstance(value, bytes):
        return value.decode("ascii", "backslashreplace").translate(_UNPRINTED)
    if isinstance(value, str):
        return _plain(value)
    if value is None or isinstance(value, int | float | bool | complex):
        return str(value)
    if isinstance(value, enum.Enum):
        return str(value)
    if isinstance(value, type) or inspect.isroutine(value):
        return str(value.__name__)
    return f"{name}{place}"


def _plain(text: str) -> str:
    return text.encode("unicode_escape").decode("ascii").translate(_UNPRINTED)

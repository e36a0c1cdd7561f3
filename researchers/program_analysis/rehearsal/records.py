"""`dataclasses` for rehearsed classes: what Python writes for them is counted and weighed."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable
from typing import Any

from researchers.program_analysis.rehearsal import copying
from researchers.program_analysis.rehearsal.limits import RUNNING, STEP, Refused, charge, paid
from researchers.program_analysis.rehearsal.made import is_function, is_made
from researchers.program_analysis.rehearsal.weights import weighed

_READS_ALL = ("__repr__", "__eq__", "__hash__", "__lt__", "__le__", "__gt__", "__ge__")


def dataclass(kind: Any = None, **options: Any) -> Any:
    """`dataclasses.dataclass`, of a class that the interpreter made."""
    if kind is None:
        return lambda given: dataclass(given, **options)
    if not isinstance(kind, type) or not is_made(kind):
        raise Refused("a dataclass of Python's own")
    made: Any = dataclasses.dataclass(**options)(kind)
    for name in _READS_ALL:
        function = vars(made).get(name)
        if isinstance(function, types.FunctionType) and not is_function(function):
            setattr(made, name, _counted(function))
    return made


def _counted(function: Callable[..., Any]) -> Callable[..., Any]:
    def run(*records: Any) -> Any:
        for record in records:
            names = getattr(type(record), "__dataclass_fields__", ())
            weighed([getattr(record, name, None) for name in names])
        meter = RUNNING.get()
        with meter.deeper():
            return paid(function(*records))

    run.__name__ = function.__name__
    return run


def asdict(record: Any, **named: Any) -> Any:
    """`dataclasses.asdict`."""
    if named:
        raise Refused("asdict")
    return {f.name: _spread(getattr(record, f.name), asdict) for f in dataclasses.fields(record)}


def astuple(record: Any, **named: Any) -> Any:
    """`dataclasses.astuple`."""
    if named:
        raise Refused("astuple")
    return tuple(_spread(getattr(record, f.name), astuple) for f in dataclasses.fields(record))


def _spread(value: Any, of_record: Callable[[Any], Any]) -> Any:
    charge(STEP)
    kind = type(value)
    if dataclasses.is_dataclass(kind):
        return of_record(value)
    if isinstance(value, tuple):
        return tuple.__new__(kind, [_spread(part, of_record) for part in tuple.__iter__(value)])
    if kind is list:
        return [_spread(part, of_record) for part in value]
    if kind is dict:
        return {_spread(key, of_record): _spread(held, of_record) for key, held in value.items()}
    return copying.deep(value)

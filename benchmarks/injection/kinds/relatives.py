"""Functions that somebody might call in place of another."""

from __future__ import annotations

import ast

from benchmarks.injection.module import Function, Module

_FAMILIES = (
    ("min", "max"),
    ("any", "all"),
    ("floor", "ceil", "round", "trunc"),
    ("strip", "lstrip", "rstrip"),
    ("startswith", "endswith"),
    ("find", "rfind", "index"),
    ("split", "rsplit", "splitlines"),
    ("partition", "rpartition"),
    ("lower", "upper", "title", "capitalize"),
    ("isdigit", "isalpha", "isalnum"),
    ("isupper", "islower"),
    ("append", "extend"),
    ("append", "appendleft"),
    ("pop", "popleft"),
    ("add", "discard", "remove"),
    ("union", "intersection", "difference", "symmetric_difference"),
    ("issubset", "issuperset"),
    ("keys", "values", "items"),
    ("match", "search", "fullmatch"),
    ("bisect", "bisect_left", "bisect_right"),
    ("heappop", "heappush"),
    ("sorted", "reversed"),
    ("list", "set", "tuple"),
    ("isinstance", "issubclass"),
    ("ljust", "rjust", "center"),
    ("get", "pop", "setdefault"),
    ("first", "last"),
    ("head", "tail"),
    ("left", "right"),
    ("encode", "decode"),
    ("islice", "takewhile", "dropwhile"),
    ("getattr", "hasattr"),
)


def relatives_of(module: Module, call: ast.Call, name: str) -> tuple[str, ...]:
    """Names of the same family, then functions of this module that take as many arguments."""
    family = [other for members in _FAMILIES if name in members for other in members]
    own = [n for n in ast.walk(module.tree) if isinstance(n, Function)]
    mine = next((n for n in own if n.name == name), None)
    if mine is not None:
        scope = module.parents[mine]
        family += [
            other.name
            for other in own
            if module.parents[other] is scope and _takes(other) == _takes(mine)
        ]
    return tuple(dict.fromkeys(other for other in family if other != name))


def _takes(function: Function) -> int:
    return len(function.args.posonlyargs) + len(function.args.args)

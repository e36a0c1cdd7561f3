"""Calls the other function of a pair: min for max, append for extend, find for rfind."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import brief, draft, each

_NAMES = (
    ("min", "max"), ("any", "all"), ("sum", "max"), ("sum", "len"), ("floor", "ceil"),
    ("sorted", "reversed"), ("range", "len"), ("int", "float"), ("int", "round"), ("set", "list"),
    ("list", "tuple"), ("str", "repr"), ("zip", "enumerate"), ("type", "isinstance"),
    ("nlargest", "nsmallest"), ("min", "sum"), ("zip", "zip_longest"), ("abs", "int"),
)  # fmt: skip
_METHODS = (
    ("append", "extend"), ("pop", "popleft"), ("append", "appendleft"), ("append", "add"),
    ("add", "update"), ("add", "discard"), ("startswith", "endswith"), ("lstrip", "rstrip"),
    ("strip", "rstrip"), ("strip", "lstrip"), ("upper", "lower"), ("find", "rfind"),
    ("index", "rindex"), ("split", "rsplit"), ("keys", "values"), ("values", "items"),
    ("keys", "items"), ("union", "intersection"), ("union", "difference"),
    ("intersection", "difference"), ("issubset", "issuperset"), ("remove", "discard"),
    ("isdigit", "isalpha"), ("isalnum", "isalpha"), ("isalnum", "isdigit"), ("isupper", "islower"),
    ("heappush", "heappop"), ("capitalize", "title"), ("capitalize", "upper"), ("get", "pop"),
    ("read", "readlines"), ("search", "match"), ("match", "fullmatch"), ("floor", "ceil"),
    ("partition", "rpartition"), ("ljust", "rjust"), ("extendleft", "extend"), ("insort", "append"),
    ("bisect_left", "bisect_right"), ("count", "index"), ("split", "splitlines"),
    ("heappop", "heappushpop"), ("search", "findall"), ("items", "get"), ("add", "remove"),
)  # fmt: skip


def drafts(context: Context) -> Iterator[Draft]:
    """Names of pairs wherever they are called or handed on."""
    for module, _, node in each(context, ast.Name, ast.Attribute):
        parent = module.parents.get(node)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            for other in _others(node.id, _NAMES):
                yield _draft(module, node, other)
        elif isinstance(node, ast.Attribute) and isinstance(parent, ast.Call):
            for other in _others(node.attr, _METHODS) if parent.func is node else ():
                yield _draft(module, node, f"{module.code(node.value)}.{other}")


def _others(name: str, pairs: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for one, other in pairs:
        if name in {one, other}:
            yield other if name == one else one


def _draft(module: Module, node: ast.expr, code: str) -> Draft:
    call = module.parents.get(node, node)
    return draft(
        module, node, f"Call `{code}` in `{brief(module, call)}`",
        "the other function of a pair may be meant", 0.6, edits.swap(module, node, code),
    )  # fmt: skip


OPERATOR = Operator("exchange_callee", "wrong function name", "bug_fix", 0.1, drafts, blind=True)

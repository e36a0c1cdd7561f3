"""Keys that are looked up in a mapping which, as the trace saw it, never has them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from researchers.program_analysis.context import Context
from researchers.program_analysis.module import Function, Module
from tasks.records.change import Finding

ALIKE = 0.5
_FIELDS = re.compile(r"^dict\{(.*)\}$")


def find(context: Context) -> Iterator[Finding]:
    """Each look-up whose key was in no mapping that was passed, and the likest key that was."""
    for module, function in context.functions():
        seen = _seen_keys(context, module, function)
        if not seen:
            continue
        used = {key_pattern(key) for _, _, key in lookups(function)}
        for name, node, key in lookups(function):
            known, wanted = seen.get(name, frozenset()), key_pattern(key)
            if wanted is None or not known or wanted in known:
                continue
            closest = _closest(wanted, known - used)
            if closest:
                text = (
                    f"{function.name} looks up `{wanted}` in `{name}`, which has "
                    f"{', '.join(sorted(known))} and never that"
                )
                detail = {"wanted": wanted, "known": "\n".join(closest)}
                yield context.finding("absent_key", module, key, 0.9, text, detail)
                del node


def lookups(function: Function) -> Iterator[tuple[str, ast.AST, ast.expr]]:
    """Name of the mapping, the look-up, and its key, for `m[key]` and `m.get(key)`."""
    for node in ast.walk(function.node):
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
            yield node.value.id, node, node.slice
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "get"
            and isinstance(node.func.value, ast.Name)
            and node.args
        ):
            yield node.func.value.id, node, node.args[0]


def key_pattern(key: ast.expr) -> str | None:
    """A text key with numbers and inserted values as `#`; None where it is no text."""
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        return re.sub(r"[0-9]+", "#", key.value)
    if isinstance(key, ast.JoinedStr):
        parts = (p.value if isinstance(p, ast.Constant) else "#" for p in key.values)
        return re.sub(r"[0-9]+", "#", "".join(map(str, parts)))
    return None


def _seen_keys(context: Context, module: Module, function: Function) -> dict[str, frozenset[str]]:
    """Keys by parameter, over all kinds of mapping that the trace saw there."""
    seen: dict[str, set[str]] = {}
    opaque: set[str] = set()  # what was passed there is not wholly known by its keys
    for flow in context.program.dossier.trace.flows:
        if (flow.location.path, flow.location.function) != (module.path, function.name):
            continue
        for described in flow.inputs:
            name, _, kind = described.partition(": ")
            fields = _FIELDS.match(kind)
            if fields is None:
                opaque.add(name)
            else:
                keys = (field.partition("=")[0] for field in fields[1].split(","))
                seen.setdefault(name, set()).update(keys)
    return {name: frozenset(keys) for name, keys in seen.items() if name not in opaque}


def _closest(wanted: str, known: frozenset[str]) -> list[str]:
    """Likest first: those of as many inserted values, and those that share most letters."""
    rated = [
        (SequenceMatcher(None, wanted, key).ratio(), key)
        for key in known
        if key.count("#") == wanted.count("#")
    ]
    return [key for ratio, key in sorted(rated, reverse=True) if ratio >= ALIKE][:3]

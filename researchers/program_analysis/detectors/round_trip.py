"""Pairs of functions that undo one another, such as dump and parse, and that do not agree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import product

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import called, words
from tasks.records.change import Finding

PAIRS = (
    ({"dump", "dumps", "write", "save", "store", "export", "put"},
     {"load", "loads", "read", "parse", "restore", "import", "get"}),
    ({"encode", "pack", "serialize", "serialise", "join", "format", "escape", "quote", "render"},
     {"decode", "unpack", "deserialize", "deserialise", "split", "parse", "unescape", "unquote"}),
)  # fmt: skip
_THERE = {"join": "separator", "strftime": "date form"}
_BACK = {"split": "separator", "rsplit": "separator", "partition": "separator",
         "rpartition": "separator", "strptime": "date form"}  # fmt: skip


def find(context: Context) -> Iterator[Finding]:
    """Separators, date forms and encodings by which one of the pair writes and the other reads."""
    for module in context.program.editable:
        for there, back in product(module.functions, module.functions):
            if there.owner == back.owner and _undo(there.node.name, back.node.name):
                yield from _texts(context, module, there, back)
                yield from _encodings(context, module, there, back)


def _undo(one: str, other: str) -> bool:
    """Whether the rest of two names is the same beside verbs that undo one another."""
    first, second = words(one), words(other)
    return any(
        first & there and second & back and first - there == second - back
        for there, back in PAIRS
    )  # fmt: skip


def _texts(context: Context, module: Module, there: Function, back: Function) -> Iterator[Finding]:
    """One literal on either side, and not the same."""
    written, read = _literals(there, _THERE), _literals(back, _BACK)
    for what in sorted(set(_BACK.values())):
        ours, theirs = written.get(what, []), read.get(what, [])
        if len({n.value for n in ours}) != 1 or len({n.value for n in theirs}) != 1:
            continue
        one, other = ours[0], theirs[0]
        if one.value == other.value or str(one.value).strip() == str(other.value).strip() != "":
            continue
        text = (
            f"{back.name} reads with the {what} {other.value!r} what {there.name} "
            f"({module.path}) writes with {one.value!r}"
        )
        for node, code in ((other, module.code(one)), (one, module.code(other))):
            yield context.finding("round_trip", module, node, 0.6, text, {"mend": code})


def _literals(function: Function, roles: dict[str, str]) -> dict[str, list[ast.Constant]]:
    found: dict[str, list[ast.Constant]] = {}
    for node in ast.walk(function.node):
        if not isinstance(node, ast.Call) or called(node) not in roles:
            continue
        own = node.func.value if isinstance(node.func, ast.Attribute) else None
        place = 1 if called(node) == "strptime" else 0
        given = node.args[place] if len(node.args) > place else None
        text = own if called(node) == "join" else given
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            found.setdefault(roles[called(node)], []).append(text)
    return found


def _encodings(
    context: Context, module: Module, there: Function, back: Function
) -> Iterator[Finding]:
    """An encoding that one of both names and the other leaves to the machine."""
    for giver, taker in ((there, back), (back, there)):
        given = {c for n in _opened(giver) if (c := _encoding(module, n))}
        bare = [n for n in _opened(taker) if not _encoding(module, n) and not _binary(n)]
        for node in bare if len(given) == 1 else ():
            code = module.code(node)
            mend = f"{code[:-1].rstrip().rstrip(',')}, encoding={next(iter(given))})"
            text = (
                f"`{code}` in {where(module, node)} leaves the encoding to the machine, which "
                f"{giver.name} sets"
            )
            empty = not node.args and not node.keywords
            detail = {} if empty else {"mend": mend}
            yield context.finding("round_trip", module, node, 0.5, text, detail)


def _opened(function: Function) -> list[ast.Call]:
    names = {"open", "read_text", "write_text"}
    return [
        n for n in ast.walk(function.node) if isinstance(n, ast.Call) and called(n) in names
    ]  # fmt: skip


def _encoding(module: Module, node: ast.Call) -> str:
    return next((module.code(k.value) for k in node.keywords if k.arg == "encoding"), "")


def _binary(node: ast.Call) -> bool:
    values = [*node.args[1:2], *(k.value for k in node.keywords if k.arg == "mode")]
    return any(isinstance(v, ast.Constant) and "b" in str(v.value) for v in values)

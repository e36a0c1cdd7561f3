"""Evidence in the smallest differences of Python code: values, texts, and corrections."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tasks.ruling.alignment import Difference
from tasks.ruling.changed import Evidence
from tasks.ruling.prose import is_prose, names_prose

_TOLD = {
    "print", "warn", "warning", "info", "debug", "error", "exception", "critical", "fatal", "log",
    "echo", "secho", "add_argument", "add_parser", "option", "fail",
}  # fmt: skip
"""Calls whose texts a person reads while the program runs, which changes no result."""
_HELP = {"help", "description", "epilog", "metavar", "msg", "message", "title"}
_PATTERN = re.compile(r"\\[sSdDwWbB]|\.[*+]|\[\^|\(\?")
_PATTERNS = {"compile", "match", "search", "fullmatch", "findall", "finditer", "sub", "split"}


def leaf_evidence(found: Difference, path: str) -> Iterator[Evidence]:
    """What one smallest difference is; nothing for messages, and for new names of constants."""
    found = _whole_text(found)
    around = found.inside
    sides = [node for node in (found.before, found.after) if node is not None]
    texts = [node for node in sides if _is_text(node)]
    only_text = len(texts) == len(sides)
    if only_text and _is_message(around):
        return
    old, new = _literal(found.before), _literal(found.after)
    if found.before is None and _declares(found.after):
        return
    if _is_step(found):
        yield Evidence("structure", f"another step in {_setting_name(found)} in {path}")
        return
    if only_text:
        if not _in_pattern(around) and (_named_prose(around) or any(_prose(t) for t in texts)):
            yield Evidence("text", f"a text in {path}")
            return
        if _is_setting(found) and found.before is not None and not _is_pattern(*texts):
            yield Evidence("value", f"{_setting_name(found)} in {path}")
            return
    elif old and new and _is_setting(found):
        yield Evidence("value", f"{_setting_name(found)} in {path}")
        return
    yield Evidence("correction", f"{_place(found)} in {path}")


def _whole_text(found: Difference) -> Difference:
    """A difference inside of a text with values filled in is one of that text."""
    for place, node in enumerate(found.inside):
        if isinstance(node, ast.JoinedStr):
            return Difference(node, node, found.inside[:place], "value")
    return found


def _literal(node: ast.AST | None) -> bool:
    """A number, truth value or None, signed or not; or a container of such."""
    if isinstance(node, ast.UnaryOp):
        return _literal(node.operand)
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return all(_literal(element) or _is_text(element) for element in node.elts)
    return isinstance(node, ast.Constant) and not isinstance(node.value, str | bytes)


def _is_text(node: ast.AST | None) -> bool:
    """A text, with what is filled into it."""
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _prose(node: ast.AST) -> bool:
    if isinstance(node, ast.JoinedStr):
        parts = [n.value if isinstance(n, ast.Constant) else " " for n in node.values]
        return is_prose("".join(str(part) for part in parts))
    return isinstance(node, ast.Constant) and is_prose(str(node.value))


def _is_setting(found: Difference) -> bool:
    """Whether a literal is the whole value of a name, a default, or a number handed to a call.

    One inside a formula, comparison, index or return is part of the logic. So is a truth value
    handed to a call: it chooses what is done.
    """
    parent = found.inside[-1] if found.inside else None
    if isinstance(parent, ast.Assign | ast.AnnAssign) and found.field == "value":
        return not any(isinstance(n, ast.For | ast.While) for n in found.inside)
    if isinstance(parent, ast.arguments) and found.field in {"defaults", "kw_defaults"}:
        return True
    if isinstance(parent, ast.keyword | ast.Call):
        defaults = [n for n in found.inside if isinstance(n, ast.arguments)]
        return bool(defaults) or all(_is_number(n) for n in (found.before, found.after))
    if isinstance(parent, ast.Dict | ast.List | ast.Tuple | ast.UnaryOp):
        inner = Difference(found.before, found.after, found.inside[:-1], "value")
        return _is_setting(inner)
    return False


def _is_step(found: Difference) -> bool:
    """A name more or less in a list of names that the module holds: a pipeline, a registry."""
    where = found.inside[-1] if found.inside else None
    inner = any(isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef) for n in found.inside)
    named = isinstance(found.after or found.before, ast.Name | ast.Attribute)
    return (
        named
        and not inner
        and None in (found.before, found.after)
        and isinstance(where, ast.List | ast.Tuple | ast.Dict)
    )


def _is_pattern(*texts: ast.AST) -> bool:
    """A text that reads like a regular expression."""
    return any(_PATTERN.search(str(getattr(text, "value", ""))) for text in texts)


def _is_number(node: ast.AST | None) -> bool:
    if isinstance(node, ast.UnaryOp):
        return _is_number(node.operand)
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
    )


def _setting_name(found: Difference) -> str:
    for node in reversed(found.inside):
        if isinstance(node, ast.Assign):
            return ast.unparse(node.targets[0])
        if isinstance(node, ast.AnnAssign):
            return ast.unparse(node.target)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return f"a default of {node.name}"
        if isinstance(node, ast.Call):
            return f"an argument of {ast.unparse(node.func)}"
    return "a value"


def _named_prose(inside: tuple[ast.AST, ...]) -> bool:
    names = [
        ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
        for node in inside
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign)
    ]
    return any(names_prose(name) for name in names)


def _in_pattern(inside: tuple[ast.AST, ...]) -> bool:
    return any(_callee(node) in _PATTERNS for node in inside if isinstance(node, ast.Call))


def _is_message(inside: tuple[ast.AST, ...]) -> bool:
    for node in inside:
        if isinstance(node, ast.Raise):
            return True
        if isinstance(node, ast.Call) and _callee(node) in _TOLD:
            return True
        if isinstance(node, ast.keyword) and node.arg in _HELP:
            return True
    return False


def _callee(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _declares(node: ast.AST | None) -> bool:
    """A new name for a constant, or a new message: by itself it changes nothing."""
    if isinstance(node, ast.Assign | ast.AnnAssign):
        return _literal(node.value) or _is_text(node.value)
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and _callee(node.value) in _TOLD
    )


def _place(found: Difference) -> str:
    for node in reversed(found.inside):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            return f"code of {node.name}"
    return "code"

"""Withholding: takes held-out tests out of a copy of a tree, so that nobody learns from them."""

from __future__ import annotations

import ast
from collections.abc import Collection
from pathlib import Path

MARK = "# held out"


def withhold(tree: Path, groups: Collection[str]) -> None:
    """Rewrites the Python files below `tree` that hold tests of these groups, without them.

    A group is `package.module::function`, `package.module.Class::method`, or either with one
    case's `[...]`; of a function with a held-out case nothing is left. A file that cannot be
    parsed is emptied where its module has any such test.
    """
    names = {group.partition("[")[0] for group in groups}
    modules = {name.partition("::")[0] for name in names}
    for path in sorted(tree.rglob("*.py")):
        module = ".".join(path.relative_to(tree).with_suffix("").parts)
        if path.is_symlink() or not any(_within(named, module) for named in modules):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        path.write_text(without(text, module, names), encoding="utf-8")


def without(text: str, module: str, names: Collection[str]) -> str:
    """The text of a module without the tests of these names."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return f"{MARK}\n"
    lines = text.splitlines(keepends=True)
    for node, owner in reversed(_functions(tree, "")):
        wanted = f"{owner}::{node.name}"
        if any(name == wanted.lstrip(".") or _tail(name, module) == wanted for name in names):
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            indent = " " * node.col_offset
            last = node.end_lineno or node.lineno
            lines[first - 1 : last] = [f"{indent}pass  {MARK}\n"]
    return "".join(lines)


def _functions(
    node: ast.AST, owner: str
) -> list[tuple[ast.FunctionDef | ast.AsyncFunctionDef, str]]:
    """Functions with their classes as `.Outer.Inner`, in the order of their lines."""
    found: list[tuple[ast.FunctionDef | ast.AsyncFunctionDef, str]] = []
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            found.append((child, owner))
        elif isinstance(child, ast.ClassDef):
            found += _functions(child, f"{owner}.{child.name}")
        else:
            found += _functions(child, owner)
    return found


def _tail(name: str, module: str) -> str:
    """What of a test's name follows its module: `::function` or `.Class::method`."""
    home, _, function = name.partition("::")
    for base in _suffixes(module):
        if home == base:
            return f"::{function}"
        if home.startswith(f"{base}."):
            return f"{home[len(base) :]}::{function}"
    return ""


def _within(named: str, module: str) -> bool:
    """Whether a test's home is this module, or a class in it."""
    return any(named == base or named.startswith(f"{base}.") for base in _suffixes(module))


def _suffixes(module: str) -> tuple[str, ...]:
    """A module under every name that it may be imported by, the longest first."""
    parts = module.split(".")
    return tuple(".".join(parts[start:]) for start in range(len(parts)))

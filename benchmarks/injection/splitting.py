"""Splits a suite into visible and unseen tests, and takes unseen ones out of the test files."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from benchmarks.injection.module import Function, Module
from tasks.target import matches

_SALTS = 24
"""Splits that are drawn to find one with failing tests on both sides."""


@dataclass(frozen=True)
class FunctionIndex:
    """Where the test functions of a tree stand. A parametrised function is one unit."""

    tree: Path
    files: tuple[str, ...]

    @cached_property
    def _known(self) -> dict[str, frozenset[str]]:
        texts = {file: (self.tree / file).read_text(encoding="utf-8") for file in self.files}
        return {file: frozenset(_separable(ast.parse(text))) for file, text in texts.items()}

    def file_of(self, test: str) -> str | None:
        """The test file that a test id belongs to."""
        dotted = test.partition("::")[0]
        named = (f for f in self.files if f"{dotted}.".startswith(_dotted(f) + "."))
        return max(named, key=len, default=None)

    def name_of(self, test: str) -> str | None:
        """Class and function as written in the file; None for a test that cannot be taken out."""
        file = self.file_of(test)
        if file is None:
            return None
        dotted, _, rest = test.partition("::")
        classes = dotted.removeprefix(_dotted(file)).strip(".")
        name = f"{classes}.{rest.partition('[')[0]}".strip(".")
        return name if name in self._known[file] else None


@dataclass(frozen=True)
class Split:
    """Test ids on either side."""

    visible: frozenset[str]
    unseen: frozenset[str]


def split(
    functions: FunctionIndex,
    tests: Collection[str],
    failing: Collection[str],
    unseen: tuple[str, ...],
    salt: str,
) -> Split | None:
    """About half of the test functions on either side, by digest; None where no failing test can
    be visible.

    Tests that cannot be taken out of their file stay visible. `unseen` are globs of files that
    are never visible, in place of a draw.
    """
    best: Split | None = None
    for number in range(_SALTS):
        hidden = frozenset(
            test
            for test in tests
            if (matches(str(functions.file_of(test)), unseen) if unseen else False)
            or (not unseen and functions.name_of(test) and _odd(f"{salt}:{number}", test))
        )
        found = Split(frozenset(tests) - hidden, hidden)
        if found.visible & set(failing):
            if found.unseen & set(failing) or unseen:
                return found
            best = best or found
    return best


def hidden_names(functions: FunctionIndex, tests: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Test file to the functions that are to be taken out of it."""
    found: dict[str, set[str]] = {}
    for test in tests:
        file, name = functions.file_of(test), functions.name_of(test)
        if file is not None and name is not None:
            found.setdefault(file, set()).add(name)
    return {file: frozenset(names) for file, names in found.items()}


def hide(text: str, names: Collection[str]) -> str:
    """A test file's text without some functions (`name` or `Class.name`)."""
    module = Module(text)
    for owner, block in _owned(module.tree):
        cut = [s for s in block if isinstance(s, Function) and f"{owner}{s.name}" in names]
        for statement in reversed(cut):
            start = module.line_start(module.start(statement))
            end = min(module.line_end(module.end(statement)) + 1, len(text))
            indent = module.indent(statement)
            stand_in = f"{indent}pass\n" if statement is cut[0] and len(cut) == len(block) else ""
            text = text[:start] + stand_in + text[end:]
        if cut:
            return hide(text, [n for n in names if n not in {f"{owner}{s.name}" for s in cut}])
    return text


def _owned(tree: ast.Module) -> Iterable[tuple[str, list[ast.stmt]]]:
    yield "", tree.body
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield f"{node.name}.", node.body


def _separable(tree: ast.Module) -> Iterable[str]:
    """Functions that nothing else in their file names or inherits: it works without them."""
    walked = list(ast.walk(tree))
    named = {node.id for node in walked if isinstance(node, ast.Name)}
    named |= {node.attr for node in walked if isinstance(node, ast.Attribute)}
    for owner, block in _owned(tree):
        for node in block:
            if isinstance(node, Function) and not {node.name, owner.rstrip(".")} & named:
                yield f"{owner}{node.name}"


def _dotted(file: str) -> str:
    return file.removesuffix(".py").replace("/", ".")


def _odd(salt: str, test: str) -> bool:
    unit = test.partition("[")[0]
    return sha256(f"{salt}\x1f{unit}".encode()).digest()[0] % 2 == 1

"""Static scopes: where the value of a name is to be found when its code runs."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

Kind = Literal["module", "function", "class", "comprehension"]
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(eq=False)
class Names:
    """The names of one block and the block around it."""

    kind: Kind
    outer: Names | None = None
    local: set[str] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)
    """Names declared `global` here."""
    first: str = ""
    """The first parameter, which `super()` means."""
    title: str = ""
    """The name of a class."""

    def mangled(self, name: str) -> str:
        """An attribute's name as a class's own code means it: `__x` is `_Class__x`."""
        if not name.startswith("__") or name.endswith("__") or not self.owner:
            return name
        return f"_{self.owner.lstrip('_')}{name}"

    @property
    def owner(self) -> str:
        """The name of the innermost class around, if any."""
        around: Names | None = self
        while around is not None:
            if around.kind == "class":
                return around.title
            around = around.outer
        return ""

    def depth(self, name: str) -> int | None:
        """Frames outwards to the one that holds the name, 0 for this one; None if it is global."""
        if self.kind == "module" or name in self.shared:
            return None
        if name in self.local:
            return 0
        steps, around = 1, self._enclosing()
        while around is not None and around.kind != "module":
            if name in around.local:
                return steps
            if name in around.shared:
                return None
            steps, around = steps + 1, around._enclosing()
        return None

    @property
    def is_within_function(self) -> bool:
        """Whether a function is around this block, or it is one."""
        around: Names | None = self
        while around is not None:
            if around.kind in ("function", "comprehension"):
                return True
            around = around.outer
        return False

    def _enclosing(self) -> Names | None:
        """The next block outwards whose names are seen from here: classes are passed over."""
        around = self.outer
        while around is not None and around.kind == "class":
            around = around.outer
        return around


def of_function(node: ast.FunctionDef | ast.Lambda, outer: Names) -> Names:
    """The names of a function's own block."""
    spec = node.args
    named = [*spec.posonlyargs, *spec.args, *spec.kwonlyargs]
    named += [a for a in (spec.vararg, spec.kwarg) if a is not None]
    names = Names("function", outer, {a.arg for a in named})
    plain = [*spec.posonlyargs, *spec.args]
    names.first = plain[0].arg if plain else ""
    _collect(names, node.body if isinstance(node.body, list) else [node.body])
    return names


def of_class(node: ast.ClassDef, outer: Names) -> Names:
    """The names of a class's block."""
    names = Names("class", outer, title=node.name)
    _collect(names, node.body)
    return names


def of_comprehension(loops: Iterable[ast.comprehension], outer: Names) -> Names:
    """The names that a comprehension binds."""
    found = {n.id for loop in loops for n in ast.walk(loop.target) if isinstance(n, ast.Name)}
    return Names("comprehension", outer, found)


def _collect(names: Names, block: Iterable[ast.AST]) -> None:
    given_away: set[str] = set()
    for node in block:
        bound, shared, outer = _bound(node)
        names.local |= bound
        names.shared |= shared
        given_away |= outer
    names.local -= names.shared | given_away


@lru_cache(maxsize=16384)
def _bound(statement: ast.AST) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Names that a statement binds, and that it declares `global` and `nonlocal`.

    Kept, as an edit leaves most statements of a function what they were.
    """
    local: set[str] = set()
    shared: set[str] = set()
    outer: set[str] = set()
    for node in own([statement]):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            local.add(node.id)
        elif isinstance(node, DEFINITIONS):
            local.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            local |= {(a.asname or a.name).split(".")[0] for a in node.names}
        elif isinstance(node, ast.ExceptHandler) and node.name:
            local.add(node.name)
        elif isinstance(node, ast.Global):
            shared |= set(node.names)
        elif isinstance(node, ast.Nonlocal):
            outer |= set(node.names)
    return frozenset(local), frozenset(shared), frozenset(outer)


def own(block: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Nodes of a block that are not in blocks of their own, such as inner functions."""
    for node in block:
        yield node
        if isinstance(node, _COMPREHENSIONS):
            yield from _walrus(node)
        elif not isinstance(node, (*DEFINITIONS, ast.Lambda)):
            yield from own(ast.iter_child_nodes(node))


def _walrus(node: ast.AST) -> Iterator[ast.AST]:
    """Names that `:=` binds within a comprehension: they belong to the block around it."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.NamedExpr):
            yield inner.target

"""Key readers: who mentions a configuration key, by string, attribute or nested access."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tasks.diagnose.sources import Module
from tasks.records.evidence import Location

Chain = tuple[str, ...]


@dataclass(frozen=True)
class Mention:
    """A place that reads something by name; `chain` is the names before it and its own."""

    chain: Chain
    location: Location


class KeyReaders:
    """Finds the readers of keys by their last segment.

    Where several keys end alike (`dense.enabled`, `sparse.enabled`), a nested access counts for
    the keys that its names agree with best: `settings["dense"]["enabled"]`, `dense.enabled`, or
    `part["enabled"]` after `part = settings["dense"]`. A mention that agrees with none counts for
    all. Stores and keys of dict displays write, and do not count; parameters count where mappings
    are unpacked into calls.
    """

    def __init__(self, modules: Sequence[Module], keys: Sequence[str]) -> None:
        self._readers: dict[str, list[Location]] = {key: [] for key in keys}
        by_last: dict[str, list[str]] = {}
        for key in self._readers:
            by_last.setdefault(key.split(".")[-1], []).append(key)
        unpacks = any(_unpacks(node) for module in modules for node in ast.walk(module.tree))
        for module in modules:
            for mention in _Scan(module, frozenset(by_last), frozenset(keys), unpacks).mentions:
                for key in _meant(mention.chain, by_last):
                    self._readers[key].append(mention.location)

    def of(self, key: str) -> tuple[Location, ...]:
        """The places that read a key, each once, in order."""
        unique = dict.fromkeys(self._readers[key])
        return tuple(sorted(unique, key=lambda place: (place.path, place.line)))


class _Scan(ast.NodeVisitor):
    """Collects the mentions in one module."""

    def __init__(
        self, module: Module, names: frozenset[str], keys: frozenset[str], unpacks: bool
    ) -> None:
        self.mentions: list[Mention] = []
        self._path = module.path
        self._names = names
        self._keys = keys
        self._unpacks = unpacks
        self._scope: Chain = ()
        self._aliases: dict[str, Chain] = {}
        self._silent = set(_written(module.tree))
        self.visit(module.tree)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._inside(node, node.name)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._function(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        self.generic_visit(node)
        chain = self._chain(node.value)
        for target in node.targets:
            if isinstance(target, ast.Name) and chain:
                self._aliases[target.id] = chain

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.ctx, ast.Load):
            self._mention(self._chain(node), node)
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and id(node) not in self._silent:
            whole = node.value in self._keys
            self._mention(tuple(node.value.split(".")) if whole else (node.value,), node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self._access(node, node.slice, store=not isinstance(node.ctx, ast.Load))

    def visit_Call(self, node: ast.Call) -> None:
        if node.args and isinstance(node.func, ast.Attribute):
            self._access(node, node.args[0], store=False)
        else:
            self.generic_visit(node)

    def _access(self, node: ast.Subscript | ast.Call, name: ast.expr, store: bool) -> None:
        if isinstance(name, ast.Constant) and isinstance(name.value, str):
            self._silent.add(id(name))
            if not store:
                self._mention(self._chain(node) or tuple(name.value.split(".")), name)
        self.generic_visit(node)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        outer, self._aliases = self._aliases, dict(self._aliases)
        for argument in (*node.args.args, *node.args.kwonlyargs) if self._unpacks else ():
            self._mention((argument.arg,), argument)
        self._inside(node, node.name)
        self._aliases = outer

    def _inside(self, node: ast.AST, name: str) -> None:
        outer, self._scope = self._scope, (*self._scope, name)
        self.generic_visit(node)
        self._scope = outer

    def _mention(self, chain: Chain, node: ast.expr | ast.arg) -> None:
        if chain and chain[-1] in self._names:
            place = Location(
                path=self._path,
                line=node.lineno,
                end_line=node.end_lineno or node.lineno,
                function=".".join(self._scope),
            )
            self.mentions.append(Mention(chain, place))

    def _chain(self, node: ast.expr) -> Chain:
        """The names along an access: `s["a"].get("b")` is (s, a, b); empty for other nodes."""
        if isinstance(node, ast.Name):
            return self._aliases.get(node.id, (node.id,))
        if isinstance(node, ast.Attribute):
            return (*self._chain(node.value), node.attr)
        if isinstance(node, ast.Subscript):
            return self._extended(node.value, node.slice)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            return self._extended(node.func.value, node.args[0])
        if isinstance(node, ast.BoolOp):
            return self._chain(node.values[0])
        return ()

    def _extended(self, value: ast.expr, name: ast.expr) -> Chain:
        if not (isinstance(name, ast.Constant) and isinstance(name.value, str)):
            return ()
        return (*self._chain(value), *name.value.split("."))


def _meant(chain: Chain, by_last: dict[str, list[str]]) -> Iterable[str]:
    keys = by_last[chain[-1]]
    if len(keys) == 1:
        return keys
    agreement = {key: _agreement(chain, tuple(key.split("."))) for key in keys}
    best = max(agreement.values())
    return [key for key in keys if agreement[key] == best]


def _agreement(chain: Chain, key: Chain) -> int:
    """How many segments, from the last, the two share."""
    shared = 0
    for ours, theirs in zip(reversed(chain), reversed(key), strict=False):
        if ours.strip("_") != theirs:
            break
        shared += 1
    return shared


def _unpacks(node: ast.AST) -> bool:
    """Whether a call takes a mapping apart that is not just its own function's `**kwargs`."""
    return isinstance(node, ast.Call) and any(
        keyword.arg is None and not _is_kwargs(keyword.value) for keyword in node.keywords
    )


def _is_kwargs(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("kwargs", "kw", "options")


def _written(tree: ast.Module) -> Iterator[int]:
    """Ids of string constants that read nothing: docstrings and keys of dict displays."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            yield from (id(key) for key in node.keys if key is not None)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)

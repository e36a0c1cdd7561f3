"""Symbols: what names mean across the target's modules."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tasks.diagnose.sources import Module

Function = ast.FunctionDef | ast.AsyncFunctionDef
COMMON = frozenset(dir(str)) | frozenset(dir(list)) | frozenset(dir(dict)) | frozenset(dir(set))
"""Method names that say nothing about whose they are."""


@dataclass(frozen=True)
class Symbol:
    """Something with a name: `path` is its module's file, `name` its dotted name inside it."""

    kind: Literal["module", "function", "class", "instance"]
    path: str
    name: str = ""


@dataclass
class ClassInfo:
    """A class: its bases as written, its methods, and what its attributes hold."""

    path: str
    name: str
    bases: list[ast.expr]
    methods: dict[str, Function] = field(default_factory=dict)
    attributes: dict[str, ast.expr] = field(default_factory=dict)
    """Attribute to an annotation, or to the call that made it."""


class Symbols:
    """Functions, classes and imports of all modules, and how to get from one to another."""

    def __init__(self, modules: Sequence[Module]) -> None:
        self._modules = {module.name: module for module in modules}
        self._by_path = {module.path: module for module in modules}
        self._functions: dict[tuple[str, str], Function] = {}
        self._classes: dict[tuple[str, str], ClassInfo] = {}
        self._imports: dict[str, dict[str, tuple[str, str]]] = {}
        self._stars: dict[str, list[str]] = {}
        self._owners: dict[str, list[Symbol]] = {}
        for module in modules:
            self._collect(module.path, module.tree, ())
            self._collect_imports(module)
        for info in self._classes.values():
            for name in info.methods:
                symbol = Symbol("function", info.path, f"{info.name}.{name}")
                self._owners.setdefault(name, []).append(symbol)

    def class_at(self, module: Module, name: str) -> ClassInfo | None:
        """The class of that dotted name in a module."""
        return self._classes.get((module.path, name))

    def named(self, module: Module, name: str, scope: tuple[str, ...] = ()) -> Symbol | None:
        """What a bare name means in a module, seen from inside `scope`."""
        for depth in range(len(scope), -1, -1):
            found = self._own(module.path, ".".join((*scope[:depth], name)))
            enclosed = (module.path, ".".join(scope[:depth])) in self._classes
            if found is not None and (depth == 0 or not enclosed):
                return found
        return self._imported(module, name, frozenset())

    def member(self, owner: Symbol | None, name: str) -> Symbol | None:
        """What `owner.name` means."""
        if owner is None or owner.kind == "function":
            return None
        if owner.kind == "module":
            module = self._by_path.get(owner.path)
            inner = self._modules.get(f"{module.name}.{name}" if module else "")
            found = self.named(module, name) if module else None
            return found or (Symbol("module", inner.path) if inner else None)
        return self._class_member(owner.path, owner.name, name, frozenset())

    def result(self, called: Symbol | None) -> Symbol | None:
        """What calling a symbol gives: an instance of a class, or of the annotated return."""
        if called is None:
            return None
        if called.kind == "class":
            return Symbol("instance", called.path, called.name)
        function = self._functions.get((called.path, called.name))
        module = self._by_path.get(called.path)
        if function is None or module is None:
            return None
        return self.annotated(module, function.returns)

    def annotated(self, module: Module, annotation: ast.expr | None) -> Symbol | None:
        """An instance of the target's class that an annotation names, `X | None` included."""
        for node in _named_types(annotation):
            found = self._expression(module, node)
            if found is not None and found.kind == "class":
                return Symbol("instance", found.path, found.name)
        return None

    def only_method(self, name: str) -> Symbol | None:
        """The method of that name, when just one class of the target has one."""
        owners = self._owners.get(name, [])
        return owners[0] if len(owners) == 1 and name not in COMMON else None

    def callable_of(self, symbol: Symbol | None) -> str | None:
        """`path:function` of what runs when the symbol is called; a class runs its `__init__`."""
        if symbol is None or symbol.kind in ("module", "instance"):
            return None
        if symbol.kind == "class":
            start = self._class_member(symbol.path, symbol.name, "__init__", frozenset())
            return f"{start.path}:{start.name}" if start else None
        return f"{symbol.path}:{symbol.name}"

    def _own(self, path: str, name: str) -> Symbol | None:
        if (path, name) in self._functions:
            return Symbol("function", path, name)
        return Symbol("class", path, name) if (path, name) in self._classes else None

    def _imported(self, module: Module, name: str, seen: frozenset[str]) -> Symbol | None:
        if module.name in seen:
            return None
        seen = seen | {module.name}
        if name in self._imports[module.path]:
            return self._from(*self._imports[module.path][name], seen)
        for star in self._stars[module.path]:
            found = self._from(star, name, seen)
            if found is not None:
                return found
        return None

    def _from(self, source: str, name: str, seen: frozenset[str]) -> Symbol | None:
        """`name` of module `source`, through re-exports; the module itself for no name."""
        inner = self._modules.get(f"{source}.{name}" if name else source)
        module = self._modules.get(source)
        if name and module is not None:
            found = self._own(module.path, name) or self._imported(module, name, seen)
            if found is not None:
                return found
        return Symbol("module", inner.path) if inner is not None else None

    def _class_member(
        self, path: str, owner: str, name: str, seen: frozenset[tuple[str, str]]
    ) -> Symbol | None:
        info, module = self._classes.get((path, owner)), self._by_path.get(path)
        if info is None or module is None or (path, owner) in seen:
            return None
        if name in info.methods:
            return Symbol("function", path, f"{owner}.{name}")
        if name in info.attributes:
            return self._held(module, info.attributes[name])
        for base in info.bases:
            above = self._expression(module, base)
            if above is not None and above.kind == "class":
                found = self._class_member(above.path, above.name, name, seen | {(path, owner)})
                if found is not None:
                    return found
        return None

    def _held(self, module: Module, made: ast.expr) -> Symbol | None:
        if isinstance(made, ast.Call):
            return self.result(self._expression(module, made.func))
        return self.annotated(module, made)

    def _expression(self, module: Module, node: ast.expr) -> Symbol | None:
        if isinstance(node, ast.Name):
            return self.named(module, node.id)
        if isinstance(node, ast.Attribute):
            return self.member(self._expression(module, node.value), node.attr)
        return None

    def _collect(self, path: str, node: ast.AST, names: tuple[str, ...]) -> None:
        for child in ast.iter_child_nodes(node):
            inner = names
            if isinstance(child, ast.ClassDef):
                inner = (*names, child.name)
                info = ClassInfo(path, ".".join(inner), child.bases)
                _fill(info, child)
                self._classes[path, info.name] = info
            elif isinstance(child, Function):
                inner = (*names, child.name)
                self._functions[path, ".".join(inner)] = child
            self._collect(path, child, inner)

    def _collect_imports(self, module: Module) -> None:
        names: dict[str, tuple[str, str]] = {}
        stars: list[str] = []
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    whole = alias.name if alias.asname else alias.name.partition(".")[0]
                    names[alias.asname or whole] = (whole, "")
            elif isinstance(node, ast.ImportFrom):
                source = _absolute(module, node)
                for alias in node.names:
                    if alias.name == "*":
                        stars.append(source)
                    else:
                        names[alias.asname or alias.name] = (source, alias.name)
        self._imports[module.path], self._stars[module.path] = names, stars


def _absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = module.package.split(".") if module.package else []
    base = parts[: len(parts) - (node.level - 1)]
    return ".".join([*base, *([node.module] if node.module else [])])


def _fill(info: ClassInfo, node: ast.ClassDef) -> None:
    """Methods, class-level annotations, and `self.x = Class(...)` or `self.x = parameter`."""
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            info.attributes[statement.target.id] = statement.annotation
        elif isinstance(statement, Function):
            info.methods[statement.name] = statement
    for method in info.methods.values():
        hints = {a.arg: a.annotation for a in (*method.args.args, *method.args.kwonlyargs)}
        for name, value in _self_assignments(method):
            hint = hints.get(value.id) if isinstance(value, ast.Name) else value
            if isinstance(hint, ast.expr):
                info.attributes.setdefault(name, hint)


def _self_assignments(method: Function) -> Iterator[tuple[str, ast.expr]]:
    targets: list[ast.expr]
    for node in ast.walk(method):
        if isinstance(node, ast.AnnAssign):
            targets, value = [node.target], node.annotation
        elif isinstance(node, ast.Assign):
            targets, value = node.targets, node.value
        else:
            continue
        for target in targets:
            if not (isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name)):
                continue
            if target.value.id == "self":
                yield target.attr, value


def _named_types(annotation: ast.expr | None) -> Iterator[ast.expr]:
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            annotation = ast.parse(annotation.value, mode="eval").body
        except SyntaxError:
            return
    if isinstance(annotation, ast.BinOp):
        yield from _named_types(annotation.left)
        yield from _named_types(annotation.right)
    elif isinstance(annotation, (ast.Name, ast.Attribute)):
        yield annotation
    elif isinstance(annotation, ast.Subscript) and "Optional" in ast.unparse(annotation.value):
        yield from _named_types(annotation.slice)

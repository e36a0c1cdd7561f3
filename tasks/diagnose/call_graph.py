"""The call graph inside the target, as far as names, imports and annotations tell."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from tasks.diagnose.sources import Module
from tasks.diagnose.symbols import ClassInfo, Symbol, Symbols

TOP = "<module>"


def call_graph(modules: Sequence[Module]) -> dict[str, tuple[str, ...]]:
    """`path:function` to the `path:function` it calls or passes on as a value.

    Resolved through imports, `self`, base classes, constructors, annotations, and attribute names
    that only one class of the target has. Module-level code is the function `<module>`.
    """
    symbols = Symbols(modules)
    edges: dict[str, set[str]] = {}
    for module in modules:
        _Calls(symbols, module, edges).visit(module.tree)
    return {caller: tuple(sorted(callees)) for caller, callees in sorted(edges.items())}


class _Calls(ast.NodeVisitor):
    """Collects the edges of one module."""

    def __init__(self, symbols: Symbols, module: Module, edges: dict[str, set[str]]) -> None:
        self._symbols = symbols
        self._module = module
        self._edges = edges
        self._names: tuple[str, ...] = ()
        self._owner: ClassInfo | None = None
        self._locals: list[dict[str, Symbol]] = [{}]

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        outer = self._names, self._owner
        self._names = (*self._names, node.name)
        self._owner = self._symbols.class_at(self._module, ".".join(self._names))
        self.generic_visit(node)
        self._names, self._owner = outer

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._function(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        made = self._value(node.value)
        for target in node.targets:
            self.visit(target)
            if isinstance(target, ast.Name) and made is not None:
                self._locals[-1][target.id] = made

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.generic_visit(node)
        made = self._symbols.annotated(self._module, node.annotation)
        if isinstance(node.target, ast.Name) and made is not None:
            self._locals[-1][node.target.id] = made

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self._edge(self._resolve(node))

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.ctx, ast.Load):
            self._edge(self._resolve(node) or self._symbols.only_method(node.attr))
        self.visit(node.value)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for decorator in node.decorator_list:
            self.visit(decorator)
        self.visit(node.args)
        own: dict[str, Symbol] = {}
        for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
            made = self._symbols.annotated(self._module, argument.annotation)
            if made is not None:
                own[argument.arg] = made
        if self._owner is not None and node.args.args and not self._in_function():
            first = node.args.args[0].arg
            if first in ("self", "cls"):
                own[first] = Symbol("instance", self._owner.path, self._owner.name)
        outer = self._names
        self._names = (*self._names, node.name)
        self._locals.append(own)
        for statement in node.body:
            self.visit(statement)
        self._locals.pop()
        self._names = outer

    def _in_function(self) -> bool:
        return self._owner is None or ".".join(self._names) != self._owner.name

    def _edge(self, symbol: Symbol | None) -> None:
        callee = self._symbols.callable_of(symbol)
        if callee is not None:
            caller = f"{self._module.path}:{'.'.join(self._names) or TOP}"
            self._edges.setdefault(caller, set()).add(callee)

    def _resolve(self, node: ast.expr) -> Symbol | None:
        """What an expression names: a function, class, module or an instance of a class."""
        if isinstance(node, ast.Name):
            for names in reversed(self._locals):
                if node.id in names:
                    return names[node.id]
            return self._symbols.named(self._module, node.id, self._names)
        if isinstance(node, ast.Attribute):
            return self._symbols.member(self._resolve(node.value), node.attr)
        if isinstance(node, ast.Call):
            return self._value(node)
        return None

    def _value(self, node: ast.expr) -> Symbol | None:
        """What an expression evaluates to, where that is an instance or a known function."""
        if isinstance(node, ast.Call):
            return self._symbols.result(self._resolve(node.func))
        return self._resolve(node) if isinstance(node, (ast.Name, ast.Attribute)) else None

"""Which functions are pure, as far as syntax shows: same arguments, same result, no effect."""

from __future__ import annotations

import ast

from researchers.program_analysis.context import Context
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import called, root

_FUNCTIONS = frozenset({
    "abs", "all", "any", "bool", "chr", "dict", "divmod", "enumerate", "filter", "float",
    "frozenset", "int", "isinstance", "len", "list", "map", "max", "min", "ord", "pow", "range",
    "reversed", "round", "set", "sorted", "str", "sum", "tuple", "zip", "Counter",
})  # fmt: skip
_MODULES = frozenset({"math", "re", "unicodedata", "string", "operator"})
_METHODS = frozenset({
    "capitalize", "casefold", "count", "endswith", "find", "format", "get", "group", "groups",
    "index", "isalnum", "isalpha", "isdigit", "islower", "isspace", "isupper", "items", "join",
    "keys", "lower", "lstrip", "match", "most_common", "partition", "removeprefix",
    "removesuffix", "replace", "rfind", "rpartition", "rsplit", "rstrip", "search", "span",
    "split", "splitlines", "start", "end", "startswith", "strip", "title", "translate", "upper",
    "values", "zfill", "findall", "finditer", "fullmatch", "sub", "year", "month", "day",
    "isoformat", "union", "intersection", "difference", "copy", "encode", "decode",
})  # fmt: skip
_CHANGING = frozenset({
    "add", "append", "clear", "discard", "extend", "insert", "pop", "popleft", "remove",
    "reverse", "setdefault", "sort", "update",
})  # fmt: skip
_FORBIDDEN = (
    ast.Global, ast.Nonlocal, ast.Yield, ast.YieldFrom, ast.Await, ast.With, ast.Delete,
    ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.NamedExpr,
)  # fmt: skip
_DEPTH = 6


class Purity:
    """Answers for the functions of one program; what is not seen to be pure is not."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._known: dict[str, bool] = {}

    def of(self, module: Module, function: Function, depth: int = _DEPTH) -> bool:
        """Whether the function is pure; a function that calls itself is judged by the rest."""
        if function.key not in self._known:
            self._known[function.key] = True
            self._known[function.key] = depth > 0 and all(
                self._allowed(module, function, node, depth)
                for statement in function.node.body
                for node in ast.walk(statement)
            )
        return self._known[function.key]

    def _allowed(self, module: Module, function: Function, node: ast.AST, depth: int) -> bool:
        if isinstance(node, _FORBIDDEN):
            return False
        if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store):
            return root(node) in _fresh(function)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            return self._known_name(module, function, node.id, depth)
        if isinstance(node, ast.Call):
            return self._call(function, node)
        return True

    def _call(self, function: Function, node: ast.Call) -> bool:
        if not isinstance(node.func, ast.Attribute):
            return isinstance(node.func, ast.Name)
        if root(node.func) in _MODULES - set(function.parameters) - _stored(function):
            return True
        if node.func.attr in _CHANGING:
            return root(node.func) in _fresh(function)
        return node.func.attr in _METHODS

    def _known_name(self, module: Module, function: Function, name: str, depth: int) -> bool:
        local = _stored(function) | set(function.parameters)
        if name in local | _FUNCTIONS | _MODULES:
            return True
        if name == function.node.name:
            return True
        other = next((f for f in module.functions if f.name == name and not f.owner), None)
        if other is not None:
            return self.of(module, other, depth - 1)
        return _constant(module, name)


def _stored(function: Function) -> set[str]:
    names = (n for n in ast.walk(function.node) if isinstance(n, ast.Name))
    return {n.id for n in names if isinstance(n.ctx, ast.Store)}


def _fresh(function: Function) -> frozenset[str]:
    """Locals that only ever hold containers made in the function itself."""
    made: dict[str, bool] = {}
    for node in ast.walk(function.node):
        targets = node.targets if isinstance(node, ast.Assign) else ()
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            targets = [node.target]
        for target in targets:
            if isinstance(target, ast.Name):
                new = _new(node.value)  # type: ignore[attr-defined]
                made[target.id] = made.get(target.id, True) and new
    bound = {
        n.id
        for f in ast.walk(function.node)
        if isinstance(f, ast.For | ast.comprehension)
        for n in ast.walk(f.target)
        if isinstance(n, ast.Name)
    }
    return frozenset(n for n, new in made.items() if new) - bound - set(function.parameters)


def _new(value: ast.expr) -> bool:
    literal = ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp
    return isinstance(value, literal) or called(value) in {
        "list", "dict", "set", "sorted", "Counter", "split", "findall",
    }  # fmt: skip


def _constant(module: Module, name: str) -> bool:
    """Whether a global is an upper-case name that is assigned once and never changed."""
    if name != name.upper():
        return False
    assigned = 0
    for node in module.nodes:
        if isinstance(node, ast.Name) and node.id == name:
            assigned += isinstance(node.ctx, ast.Store)
        elif isinstance(node, ast.Attribute | ast.Subscript) and root(node) == name:
            changing = isinstance(node, ast.Attribute) and node.attr in _CHANGING
            if changing or not isinstance(node.ctx, ast.Load):
                return False
    return assigned == 1

"""What kind of value an expression holds, as far as annotations, literals and calls tell."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from researchers.program_analysis.module import Function
from researchers.program_analysis.names import TEXT, called, says, tail
from researchers.program_analysis.program import Program

UNKNOWN = ""
NUMBERS = frozenset({"int", "float", "number"})
_DEPTH = 6
_RESULT = "return"
_TRACED = frozenset({"str", "int", "float", "bool", "bytes", "list", "dict", "set", "tuple"})
_PLAIN = re.compile(r"^(tuple|dict|set|list)(?:[\[{](?!(?:str|int|float)\]$).*|(?<!list)\[.*)$")
"""Kinds of the trace whose elements tell nothing here: all but those of lists of one plain kind."""
_BUILTIN = {
    "set": "set", "frozenset": "set", "list": "list", "sorted": "list", "dict": "dict",
    "str": "str", "int": "int", "len": "int", "float": "float", "sum": "number", "abs": "number",
    "bool": "bool", "tuple": "tuple", "Counter": "dict", "defaultdict": "dict", "round": "number",
    "open": "file", "repr": "str", "enumerate": "iterator", "zip": "iterator", "range": "range",
    "input": "str",
}  # fmt: skip
_METHOD = {
    "split": "list[str]", "splitlines": "list[str]", "findall": "list[str]", "lower": "str",
    "upper": "str", "strip": "str", "lstrip": "str", "rstrip": "str", "replace": "str",
    "casefold": "str", "join": "str", "format": "str", "title": "str", "isoformat": "str",
    "strftime": "str", "now": "datetime", "utcnow": "datetime", "today": "date", "date": "date",
    "strptime": "datetime", "fromisoformat": "datetime", "keys": "iterator", "copy": "",
    "values": "iterator", "items": "iterator", "union": "set", "intersection": "set",
    "read_text": "str", "total_seconds": "float", "timestamp": "float",
}  # fmt: skip
_SEQUENCES = {"Sequence", "List", "Iterable", "Collection", "Iterator", "tuple", "Tuple", "list"}
_MAPPINGS = {"Mapping", "Dict", "dict", "MutableMapping", "DefaultDict", "Counter", "OrderedDict"}


def annotation_kind(node: ast.expr | None) -> str:
    """The kind an annotation names: `str`, `list[str]`, `dict`, a class name, or unknown."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            return annotation_kind(ast.parse(node.value, mode="eval").body)
        except SyntaxError:
            return UNKNOWN
    if isinstance(node, ast.BinOp):
        sides = [annotation_kind(side) for side in (node.left, node.right)]
        return next((side for side in sides if side not in {"None", UNKNOWN}), UNKNOWN)
    if isinstance(node, ast.Constant) and node.value is None:
        return "None"
    if isinstance(node, ast.Subscript):
        base = tail(node.value) or getattr(node.value, "id", "")
        inner = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) else node.slice
        if base == "Optional":
            return annotation_kind(inner)
        if base in _SEQUENCES:
            return f"list[{annotation_kind(inner)}]"
        if base in _MAPPINGS:
            return "dict"
        return "set" if base.lower() in {"set", "frozenset"} else base
    name = tail(node) if node is not None else ""
    if name in _SEQUENCES:
        return "list"
    if name in {"Any", "object"}:
        return UNKNOWN
    return "dict" if name in _MAPPINGS else name


def element(kind: str) -> str:
    """The kind of a list's elements."""
    return kind[5:-1] if kind.startswith("list[") else UNKNOWN


def is_sequence(kind: str) -> bool:
    """Whether the kind is a list or tuple."""
    return kind.startswith("list") or kind == "tuple"


@lru_cache(maxsize=8)
def traced(program: Program) -> Mapping[tuple[str, str], str]:
    """Plain kinds that the trace knows, by function and parameter, or `return` for its result.

    One that was now of this kind and now of that is left out; None counts for nothing.
    """
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for flow in program.dossier.trace.flows:
        key = f"{flow.location.path}:{flow.location.function}"
        told = [(_RESULT, kind) for kind in flow.outputs]
        told += [(name, kind) for name, _, kind in (text.partition(": ") for text in flow.inputs)]
        for name, kind in told:
            full = kind.removeprefix("empty ")
            if full != "None":
                found[key, name].add(_PLAIN.sub(r"\1", full))
    return {place: kind for place, (kind, *more) in found.items()
            if not more and kind.split("[")[0] in _TRACED}  # fmt: skip


class Kinds:
    """Kinds of expressions within one program."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._returns: dict[str, str] = {}
        self._locals: dict[str, dict[str, list[ast.expr | ast.comprehension | ast.For]]] = {}

    def of(self, function: Function | None, node: ast.AST | None, depth: int = _DEPTH) -> str:
        """The kind of an expression inside a function; '' when nothing tells."""
        if node is None or depth <= 0:
            return UNKNOWN
        if isinstance(node, ast.Constant):
            return type(node.value).__name__
        simple = _LITERALS.get(type(node))
        if simple:
            return simple
        if isinstance(node, ast.Name):
            return self._name(function, node.id, depth)
        if isinstance(node, ast.Attribute):
            return self._attribute(function, node, depth)
        if isinstance(node, ast.Call):
            return self._call(function, node, depth)
        if isinstance(node, ast.Subscript):
            base = self.of(function, node.value, depth - 1)
            return base if isinstance(node.slice, ast.Slice) else element(base)
        if isinstance(node, ast.ListComp):
            return f"list[{self.of(function, node.elt, depth - 1)}]"
        if isinstance(node, ast.BinOp):
            left = self.of(function, node.left, depth - 1)
            return left or self.of(function, node.right, depth - 1)
        if isinstance(node, ast.BoolOp):
            return self.of(function, node.values[0], depth - 1)
        if isinstance(node, ast.IfExp):
            return self.of(function, node.body, depth - 1)
        return UNKNOWN

    def is_text(self, function: Function | None, node: ast.AST) -> bool:
        """Whether an expression is a string by kind, or by name where no kind is known."""
        kind = self.of(function, node)
        return kind == "str" or (kind == UNKNOWN and says(tail(node), TEXT))

    def returns(self, function: Function) -> str:
        """The kind that a function returns."""
        if function.node.returns is not None:
            return annotation_kind(function.node.returns)
        if function.key not in self._returns:
            self._returns[function.key] = UNKNOWN
            returned = [n for n in ast.walk(function.node) if isinstance(n, ast.Return)]
            kinds = (self.of(function, node.value, 3) for node in returned)
            known = (kind for kind in kinds if kind not in {UNKNOWN, "NoneType"})
            told = traced(self._program).get((function.key, _RESULT), UNKNOWN)
            self._returns[function.key] = next(known, told)
        return self._returns[function.key]

    def _name(self, function: Function | None, name: str, depth: int) -> str:
        if function is None:
            return UNKNOWN
        for argument in function.arguments:
            if argument.arg == name:
                if argument.annotation is not None:
                    return annotation_kind(argument.annotation)
                default = function.defaults.get(name)
                kind = self.of(None, default, 1)
                if kind in {UNKNOWN, "NoneType"}:
                    return traced(self._program).get((function.key, name), UNKNOWN)
                return kind
        for source in self._bound(function).get(name, []):
            if isinstance(source, ast.comprehension | ast.For):
                kind = element(self.of(function, source.iter, depth - 1))
            else:
                kind = self.of(function, source, depth - 1)
            if kind not in {UNKNOWN, "NoneType"}:
                return kind
        return UNKNOWN

    def _attribute(self, function: Function | None, node: ast.Attribute, depth: int) -> str:
        classes = self._program.classes
        base = node.value
        if isinstance(base, ast.Name) and base.id == "self" and function and function.owner:
            owner = function.owner
        else:
            owner = self.of(function, base, depth - 1)
        infos = [classes[owner]] if owner in classes else []
        infos = infos or [c for c in classes.values() if node.attr in c.fields]
        kinds = {annotation_kind(c.fields[node.attr]) for c in infos if node.attr in c.fields}
        if len(kinds) == 1:
            return kinds.pop()
        for info in infos:
            for home, value in info.attributes.get(node.attr, []):
                kind = self.of(home, value, depth - 1)
                if kind:
                    return kind
        return UNKNOWN

    def _call(self, function: Function | None, node: ast.Call, depth: int) -> str:
        name = called(node)
        if isinstance(node.func, ast.Name) and name in _BUILTIN:
            kind = _BUILTIN[name]
            if kind == "list" and node.args:
                inner = self.of(function, node.args[0], depth - 1)
                return inner if inner.startswith("list") else "list"
            return kind
        if name in self._program.classes:
            return name
        target = self._program.callee(node)
        if target is not None:
            return self.returns(target) if depth > 2 else annotation_kind(target.node.returns)
        if name == "get" and isinstance(node.func, ast.Attribute) and len(node.args) == 2:
            return self.of(function, node.args[1], depth - 1)
        return _METHOD.get(name, UNKNOWN) if isinstance(node.func, ast.Attribute) else UNKNOWN

    def _bound(self, function: Function) -> dict[str, list[ast.expr | ast.comprehension | ast.For]]:
        if function.key not in self._locals:
            self._locals[function.key] = _bindings(function.node)
        return self._locals[function.key]


def _bindings(node: ast.AST) -> dict[str, list[ast.expr | ast.comprehension | ast.For]]:
    found: dict[str, list[ast.expr | ast.comprehension | ast.For]] = {}
    for inner in ast.walk(node):
        if isinstance(inner, ast.Assign):
            for target in inner.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(inner.value)
        elif isinstance(inner, ast.AnnAssign) and isinstance(inner.target, ast.Name):
            value = _Annotated.of(inner)
            if value is not None:
                found.setdefault(inner.target.id, []).insert(0, value)
        elif isinstance(inner, ast.For | ast.comprehension) and isinstance(inner.target, ast.Name):
            found.setdefault(inner.target.id, []).append(inner)
    return found


class _Annotated:
    """Stands in for an annotated local: an empty literal of the annotated kind."""

    @staticmethod
    def of(node: ast.AnnAssign) -> ast.expr | None:
        kind = annotation_kind(node.annotation)
        examples = {"str": "''", "int": "0", "float": "0.0", "dict": "{}", "set": "set()"}
        if kind in examples:
            return ast.parse(examples[kind], mode="eval").body
        if element(kind) == "str":
            return ast.parse("''.split()", mode="eval").body
        return ast.parse("[]", mode="eval").body if kind.startswith("list") else node.value


_LITERALS: dict[type[ast.AST], str] = {
    ast.JoinedStr: "str", ast.List: "list", ast.Set: "set", ast.SetComp: "set", ast.Dict: "dict",
    ast.DictComp: "dict", ast.Tuple: "tuple", ast.Compare: "bool", ast.GeneratorExp: "iterator",
}  # fmt: skip

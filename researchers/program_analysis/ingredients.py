"""What a mend may be made of: names, conditions, literals and statements of the target itself.

Reuse of code from the same program follows SimFix (Jiang et al., 2018).
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from functools import lru_cache

from researchers.program_analysis.context import Context
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import words

BUILTINS = frozenset(dir(builtins))
_MIRRORS = (
    ("left", "right"), ("first", "second"), ("low", "high"), ("lo", "hi"), ("min", "max"),
    ("start", "end"), ("begin", "end"), ("start", "stop"), ("i", "j"), ("x", "y"), ("a", "b"),
    ("row", "column"), ("row", "col"), ("rows", "columns"), ("rows", "cols"), ("width", "height"),
    ("source", "target"), ("src", "dst"), ("top", "bottom"), ("up", "down"), ("head", "tail"),
    ("prev", "next"), ("previous", "following"), ("old", "new"), ("key", "value"), ("one", "two"),
    ("before", "after"), ("lower", "upper"), ("front", "back"), ("slow", "fast"), ("n", "m"),
)  # fmt: skip


def free(node: ast.AST) -> frozenset[str]:
    """Names that an expression or statement reads, its own comprehension variables left out."""
    names = [n for n in ast.walk(node) if isinstance(n, ast.Name)]
    bound = {
        n.id for inner in ast.walk(node) if isinstance(inner, ast.comprehension)
        for n in ast.walk(inner.target) if isinstance(n, ast.Name)
    }  # fmt: skip
    bound |= {a.arg for n in ast.walk(node) if isinstance(n, ast.Lambda) for a in n.args.args}
    return frozenset(n.id for n in names if isinstance(n.ctx, ast.Load)) - bound


@lru_cache(maxsize=4096)
def _stores(function: Function) -> tuple[tuple[str, int], ...]:
    """Names bound in a function, each with its first line; comprehension variables left out."""
    found: dict[str, int] = {}
    inside = {
        n for c in ast.walk(function.node) if isinstance(c, ast.comprehension)
        for n in ast.walk(c.target)
    }  # fmt: skip
    for node in ast.walk(function.node):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node not in inside:
            found[node.id] = min(node.lineno, found.get(node.id, node.lineno))
    return tuple(found.items())


def locals_at(module: Module, node: ast.AST) -> list[str]:
    """Variables that may be read at a node: its loops', the function's, then its closures'."""
    line = getattr(node, "lineno", 0)
    found: list[str] = []
    for around in module.ancestors(node):
        if isinstance(around, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
            found += [n.id for g in around.generators for n in ast.walk(g.target)
                      if isinstance(n, ast.Name)]  # fmt: skip
        elif isinstance(around, ast.Lambda):
            found += [a.arg for a in around.args.args]
        elif isinstance(around, ast.For):
            found += [n.id for n in ast.walk(around.target) if isinstance(n, ast.Name)]
    function = module.function_of(node)
    looped = [a for a in module.ancestors(node) if isinstance(a, ast.For | ast.While)]
    last = max((a.end_lineno or 0 for a in looped), default=line)
    while function is not None:
        found += [n for n, first in sorted(_stores(function), key=lambda s: -s[1]) if first < last
                  or first < line]  # fmt: skip
        found += function.parameters
        outer = module.parents.get(function.node)
        function = module.function_of(outer) if outer is not None else None
        line = last = 10**9
    return [name for name in dict.fromkeys(found) if name != "_"]  # by its name, never meant


@lru_cache(maxsize=512)
def globals_of(module: Module) -> tuple[str, ...]:
    """Variables of a module, functions and classes left out."""
    targets = [t for s in module.tree.body if isinstance(s, ast.Assign | ast.AnnAssign)
               for t in (s.targets if isinstance(s, ast.Assign) else [s.target])]  # fmt: skip
    names = [n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)]
    return tuple(dict.fromkeys(n for n in names if not n.startswith("__")))


def stand_ins(context: Context, module: Module, function: Function, name: str) -> list[str]:
    """What may stand in for a parameter: constants of the module and attributes like it."""
    kind = context.kinds.of(function, ast.Name(id=name))
    own = words(name)
    found: dict[str, bool] = {}
    for statement in module.tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            known = context.kinds.of(None, statement.value).split("[")[0]
            for target in (t for t in targets if isinstance(t, ast.Name)):
                alike = bool(words(target.id) & own)
                if alike or (kind and known == kind.split("[")[0]):
                    found[target.id] = alike
    if function.owner in context.program.classes and not function.is_static:
        attributes = context.program.classes[function.owner].attributes
        found |= {f"self.{a}": True for a in attributes if words(a) & own}
    return sorted(found, key=lambda code: not found[code])


@lru_cache(maxsize=512)
def defined(module: Module) -> frozenset[str]:
    """Functions, classes and imports of a module by name."""
    names: set[str] = set()
    for statement in module.tree.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(statement.name)
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            names |= {(a.asname or a.name).split(".")[0] for a in statement.names}
    return frozenset(names)


def readable(module: Module, node: ast.AST) -> frozenset[str]:
    """Every name that may be read at a node."""
    own = {"self", "cls"} if (f := module.function_of(node)) and f.owner else set()
    known = {*locals_at(module, node), *globals_of(module), *own}
    return frozenset(known | defined(module) | BUILTINS)


@lru_cache(maxsize=1024)
def clauses(module: Module) -> tuple[ast.expr, ...]:
    """Conditions without `and` and `or` that a module tests anywhere, each text once."""
    found: dict[str, ast.expr] = {}
    for node in module.nodes:
        tests = [*node.ifs] if isinstance(node, ast.comprehension) else []
        if isinstance(node, ast.If | ast.While | ast.IfExp | ast.Assert):
            tests.append(node.test)
        for test in tests:
            for clause in _atoms(test):
                found.setdefault(ast.dump(clause), clause)
    return tuple(found.values())


def _atoms(test: ast.expr) -> Iterator[ast.expr]:
    if isinstance(test, ast.BoolOp):
        for value in test.values:
            yield from _atoms(value)
    else:
        yield test


def outcomes(module: Module, function: Function) -> Iterator[str]:
    """How a function may end early: what it returns, what its siblings raise, empty values."""
    known = {*function.parameters}
    returned = [n.value for n in ast.walk(function.node) if isinstance(n, ast.Return)]
    generator = any(isinstance(n, ast.Yield | ast.YieldFrom) for n in ast.walk(function.node))
    made = [f"return {module.code(v)}" for v in returned
            if isinstance(v, ast.Constant | ast.Name | ast.List) and free(v) <= known]  # fmt: skip
    if any(isinstance(v, ast.Compare | ast.BoolOp) for v in returned):
        made += ["return False", "return True"]
    usual = known | {"ValueError", "KeyError", "IndexError", "TypeError"}
    raised = [
        module.code(n)
        for n in module.nodes
        if isinstance(n, ast.Raise) and n.exc and free(n) <= usual
    ]
    if generator:
        yield "return"
        return
    if all(v is None for v in returned):
        yield from dict.fromkeys(["return", *raised])
        return
    plain = [f"return {v}" for v in ("0", "[]", "1", "None", *function.parameters[:1], "False")]
    yield from dict.fromkeys([*made, *raised, *plain])


def literals(context: Context, module: Module) -> tuple[int | float | str, ...]:
    """Numbers and texts of the module, docstrings' quotes, the tests, and the settings."""
    return _literals(context, module)


@lru_cache(maxsize=64)
def _literals(context: Context, module: Module) -> tuple[int | float | str, ...]:
    found: list[int | float | str] = []
    others = [m for m in context.program.modules if not m.editable]
    for source in (module, *others):
        for node in source.nodes:
            if isinstance(node, ast.Constant) and type(node.value) in {int, float, str}:
                value = node.value
                assert isinstance(value, int | float | str)
                found += _quoted(value) if isinstance(value, str) and len(value) > 40 else [value]
    for setting in context.program.settings:
        found += [setting.leaf, *([] if isinstance(setting.value, bool) else [setting.value])]
    return tuple(dict.fromkeys(found))


def _quoted(text: str) -> list[int | float | str]:
    return [a or b for a, b in re.findall(r"`([^`\n]{1,30})`|\"([^\"\n]{1,30})\"", text)]


def mirrored(code: str) -> Iterator[str]:
    """The code with the two sides of a symmetric pair of words exchanged, a pair at a time."""
    for one, other in _MIRRORS:
        pattern = rf"(?<![A-Za-z0-9])({one}|{other})(?![A-Za-z0-9'\"])"

        def turn(found: re.Match[str], one: str = one, other: str = other) -> str:
            return other if found.group() == one else one

        turned = re.sub(pattern, turn, code)
        if turned != code:
            yield turned

"""Passes one argument more: an optional parameter, or what sibling calls pass."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import free, locals_at, readable
from researchers.program_analysis.library import required
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import called
from researchers.program_analysis.sites import brief, draft, each

LIMIT = 5
_STEPS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-"}
_OPTIONAL = {
    "sorted": ("reverse=True",), "sort": ("reverse=True",), "enumerate": ("1", "start=1"),
    "range": ("-1",), "get": ("0", "[]", "None", '""', "{}"), "pop": ("0", "None"),
    "next": ("None",), "split": ('" "', '","'), "round": ("2",), "max": ("default=0",),
    "min": ("default=0",), "sum": ("[]", "0.0"), "open": ('encoding="utf-8"',),
    "zip": ("strict=True",), "getattr": ("None",), "strip": ('" "',), "print": ('end=""',),
}  # fmt: skip


def drafts(context: Context) -> Iterator[Draft]:
    """Calls that leave out a parameter of the callee, or an option of a builtin."""
    for module, _, node in each(context, ast.Call):
        assert isinstance(node, ast.Call)
        for argument, strength in list(_arguments(context, module, node))[:LIMIT]:
            yield draft(
                module, node, f"Pass `{argument}` in `{brief(module, node)}`",
                "an argument may be missing", strength,
                edits.swap(module, node, _longer(module, node, argument)),
            )  # fmt: skip


def _longer(module: Module, node: ast.Call, argument: str) -> str:
    words = [f"{k.arg}={module.code(k.value)}" if k.arg else f"**{module.code(k.value)}"
             for k in node.keywords]  # fmt: skip
    places = [module.code(a) for a in node.args]
    named = "=" in argument.split('"')[0]
    every = [*places, *words, argument] if named else [*places, argument, *words]
    return f"{module.code(node.func)}({', '.join(every)})"


def _arguments(context: Context, module: Module, node: ast.Call) -> Iterator[tuple[str, float]]:
    callee = context.program.callee(node)
    known = locals_at(module, node)
    if callee is not None:
        given = {*callee.positional[: len(node.args)], *(k.arg for k in node.keywords)}
        following = callee.positional[len(node.args) : len(node.args) + 1]
        for name in (n for n in callee.parameters if n not in given):
            needed = name not in callee.defaults
            if name in known:
                yield f"{name}={name}", 1.0
                yield from ((name, 0.9) for other in following if other == name)
            for value in _siblings(context, module, node, callee.key, name):
                yield f"{name}={value}", 0.6
            if needed:
                yield from ((f"{name}={other}", 0.5) for other in known[:3] if other != name)
        return
    yield from ((code, 0.8) for code in _elsewhere(module, node))
    yield from ((name, 1.0) for name in _wanted(module, node))
    yield from ((code, 0.9) for code in _others_to_compare(context, module, node))
    yield from ((name, 0.8) for name in _steps(context, module, node))
    if len(node.args) + len(node.keywords) < 2:
        yield from ((option, 0.35) for option in _OPTIONAL.get(called(node), ()))


def _elsewhere(module: Module, node: ast.Call) -> list[str]:
    """What other calls by the same name pass behind as many arguments; the nearest first."""
    callee, count, known = module.code(node.func), len(node.args), readable(module, node)
    others = [
        n for n in _by_callee(module).get(callee, [])
        if len(n.args) == count + 1
        and not isinstance(n.args[-1], ast.Starred) and free(n.args[-1]) <= known
    ]  # fmt: skip
    others.sort(key=lambda n: abs(n.lineno - node.lineno))
    return list(dict.fromkeys(module.code(n.args[-1]) for n in others))


def _wanted(module: Module, node: ast.Call) -> list[str]:
    """Names for a parameter that a function of the standard library cannot do without.

    First what the call's result is put into, then the nearest that the call does not name yet.
    """
    needed = required(module, node.func)
    if (
        needed <= len(node.args)
        or node.keywords
        or any(isinstance(a, ast.Starred) for a in node.args)
    ):
        return []
    statement, used = module.statement(node), free(node)
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    known = locals_at(module, node)
    put = [t.id for t in targets if isinstance(t, ast.Name) and t.id in known]
    return list(dict.fromkeys([*put, *(name for name in known if name not in used)]))


def _steps(context: Context, module: Module, node: ast.Call) -> list[str]:
    """What a range of two ends may step by: numbers that its statement reads beside it."""
    home = module.function_of(node)
    if called(node) != "range" or len(node.args) != 2 or home is None:
        return []
    inside, around = free(node), free(module.statement(node))
    names = [n for n in locals_at(module, node) if n in around - inside]
    return [n for n in names if context.kinds.of(home, ast.Name(id=n)) in {"", "int"}][:2]


def _others_to_compare(context: Context, module: Module, node: ast.Call) -> list[str]:
    """What `max` and `min` of one plain value may compare it with: its like in the module."""
    if called(node) not in {"max", "min"} or len(node.args) != 1 or node.keywords:
        return []
    (given,) = node.args
    home = module.function_of(node)
    if home is None or context.kinds.of(home, given).split("[")[0] not in {"", "int", "float"}:
        return []
    base, known = ast.dump(_base(given)), readable(module, node)
    alike = [
        n for n in module.nodes
        if type(n) is type(given) and isinstance(n, ast.expr) and free(n) <= known
        and isinstance(getattr(n, "ctx", None), ast.Load) and ast.dump(_base(n)) == base
    ]  # fmt: skip
    alike.sort(key=lambda n: abs(n.lineno - node.lineno))
    codes = dict.fromkeys([*(module.code(n) for n in alike), *_neighbours(module, given)])
    codes.pop(module.code(given), None)
    return list(codes)


def _neighbours(module: Module, node: ast.expr) -> Iterator[str]:
    """An element's neighbours: its indexes with and without the steps that are taken in them."""
    indexes: list[ast.expr] = []
    while isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Slice):
        indexes.insert(0, node.slice)
        node = node.value
    steps = dict.fromkeys(f" {_STEPS[type(i.op)]} {module.code(i.right)}" for i in indexes
                          if isinstance(i, ast.BinOp) and type(i.op) in _STEPS)  # fmt: skip
    bases = [module.code(i.left if isinstance(i, ast.BinOp) else i) for i in indexes]
    for taken in product(["", *steps], repeat=len(bases) if steps else 0):
        inner = "".join(f"[{base}{step}]" for base, step in zip(bases, taken, strict=False))
        yield f"{module.code(node)}{inner}"


def _base(node: ast.expr) -> ast.expr:
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return node if isinstance(node, ast.Name) else ast.Name("")


@lru_cache(maxsize=64)
def _by_callee(module: Module) -> dict[str, list[ast.Call]]:
    """The calls of a module by the code of what they call."""
    found: dict[str, list[ast.Call]] = defaultdict(list)
    for node in module.nodes:
        if isinstance(node, ast.Call):
            found[module.code(node.func)].append(node)
    return found


def _siblings(
    context: Context, module: Module, node: ast.Call, callee: str, name: str
) -> Iterator[str]:
    for site in context.program.calls.get(callee, []):
        for keyword in site.node.keywords:
            usable = free(keyword.value) <= readable(module, node)
            if keyword.arg == name and site.node is not node and usable:
                yield site.module.code(keyword.value)


OPERATOR = Operator(
    "missing_argument", "insert missing argument", "bug_fix", 0.06, drafts, blind=True
)

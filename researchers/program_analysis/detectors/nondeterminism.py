"""Results that differ from run to run: unseeded chance, folder order, addresses and hashes."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import called, root
from tasks.records.change import Finding

_DICE = {"random", "randint", "choice", "choices", "shuffle", "sample", "uniform", "gauss", "rand",
         "randn", "permutation", "normal", "randrange", "betavariate"}  # fmt: skip
_FRESH = {"uuid1", "uuid4", "urandom", "token_hex", "token_bytes", "token_urlsafe"}
_LISTINGS = {"listdir", "scandir", "iterdir", "glob", "rglob", "iglob"}
_ORDERED = {"sorted", "sort", "set", "frozenset", "len", "any", "all", "sum", "min", "max", "next"}


def find(context: Context) -> Iterator[Finding]:
    """Calls whose result nothing in the program fixes, where it reaches data."""
    seeded = any(
        called(n) in {"seed", "manual_seed", "default_rng"}
        for m in context.program.modules for n in m.nodes
    )  # fmt: skip
    for module, node in context.each(ast.Call):
        assert isinstance(node, ast.Call)
        name, base = called(node), root(node.func)
        code = module.code(node)
        if base in {"random", "np", "numpy"} and name in _DICE and not seeded:
            if base == "random" or "random" in ast.unparse(node.func):
                text = f"`{code}` in {where(module, node)} draws by chance, and nothing seeds it"
                yield context.finding("unseeded", module, node, 0.6, text)
        elif name in {"Random", "default_rng", "RandomState"} and not (node.args or node.keywords):
            text = f"`{code}` in {where(module, node)} makes a generator without a seed"
            yield context.finding("unseeded", module, node, 0.6, text)
        elif name in _LISTINGS and _is_listing(node) and _order_matters(module, node):
            text = f"`{code}` in {where(module, node)} takes files in whatever order the disk has"
            detail = {"mend": f"sorted({code})"} if name != "scandir" else {}
            yield context.finding("listing_order", module, node, 0.45, text, detail)
        elif name in {"id", "hash"} and isinstance(node.func, ast.Name):
            yield from _address(context, module, node)
        elif name in _FRESH and base in {"uuid", "os", "secrets", name}:
            text = f"`{code}` in {where(module, node)} is another value in each run"
            yield context.finding("fresh_value", module, node, 0.35, text)
        elif name == "as_completed":
            text = f"{where(module, node)} takes results in the order in which they finish"
            yield context.finding("finish_order", module, node, 0.35, text)


def _is_listing(node: ast.Call) -> bool:
    if not isinstance(node.func, ast.Attribute):
        return True
    return node.func.attr != "glob" or bool(node.args)


def _order_matters(module: Module, node: ast.Call) -> bool:
    """Whether files are taken one by one or kept as a list, and nobody sorts them."""
    statement = module.statement(node)
    for around in module.ancestors(node):
        if around is statement:
            break
        if called(around) in _ORDERED:
            return False
        if isinstance(around, ast.SetComp | ast.DictComp | ast.Compare):
            return False
    function = module.function_of(node)
    target = statement.targets[0] if isinstance(statement, ast.Assign) else None
    name = getattr(target, "id", "")
    if name and function is not None:
        return not any(
            called(n) in _ORDERED and name in ast.unparse(n) for n in ast.walk(function.node)
        )
    if isinstance(statement, ast.For):
        return any(
            called(n) in {"append", "extend", "update", "write"} or isinstance(n, ast.Yield)
            for s in statement.body for n in ast.walk(s)
        )  # fmt: skip
    return isinstance(statement, ast.Return | ast.Assign)


def _address(context: Context, module: Module, node: ast.Call) -> Iterator[Finding]:
    """`id(x)` or `hash(text)` used as an order or written into data."""
    function = module.function_of(node)
    if function is not None and function.node.name in {"__hash__", "__repr__", "__eq__"}:
        return
    name = called(node)
    kind = context.kinds.of(function, node.args[0]) if node.args else ""
    for around in module.ancestors(node):
        ordering = called(around) in {"sorted", "sort", "min", "max"}
        bucket = isinstance(around, ast.BinOp) and isinstance(around.op, ast.Mod)
        written = isinstance(around, ast.JoinedStr) or called(around) in {"str", "hex", "Random"}
        if (ordering and name == "id") or (name == "hash" and (ordering or bucket or written)):
            if kind in {"int", "float", "bool"}:
                return
            text = (
                f"`{module.code(node)}` in {where(module, node)} orders or names things by a "
                f"{'memory address' if name == 'id' else 'hash that each process salts anew'}"
            )
            yield context.finding("address_order", module, node, 0.6, text)
            return
        if isinstance(around, ast.stmt):
            return

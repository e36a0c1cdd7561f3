"""Blocks: the loops, handlers and conditions around a statement within one function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Union

STATEMENT = 160
KEEPERS = frozenset(
    {"append", "add", "extend", "insert", "update", "setdefault", "put", "write", "writerow"}
    | {"appendleft", "send", "emit", "push", "heappush", "store", "index"}
)


@dataclass
class Loop:
    """A loop; `counter` is set once something in it needs its iterations counted.

    `record` is the source of its variables, empty where they may be unset; `entered` its index
    among the loops whose records are looked at.
    """

    counter: int | None = None
    record: str = ""
    entered: int | None = None


@dataclass
class Handler:
    """An exception handler with the words that introduce it."""

    index: int
    statement: str


@dataclass
class Condition:
    """A branch of an `if` with the words that introduce it."""

    statement: str


Block = Union[Loop, Handler, Condition]  # noqa: UP007  evaluated at run time, on Python 3.9 too


@dataclass
class Scope:
    """One function, class or module: its dotted name and the blocks that are open in it.

    `function` is the index of the traced function, None where values are not recorded.
    """

    names: tuple[str, ...] = ()
    is_class: bool = False
    function: int | None = None
    generator: bool = False
    procedure: bool = False
    blocks: list[Block] = field(default_factory=list)

    @property
    def name(self) -> str:
        """`Class.method`, `outer.inner`, or empty at module level."""
        return ".".join(self.names)

    def loop(self) -> Loop | None:
        """The innermost loop."""
        return next((b for b in reversed(self.blocks) if isinstance(b, Loop)), None)

    def left_by_return(self) -> Handler | None:
        """The innermost handler, which a `return` leaves."""
        return next((b for b in reversed(self.blocks) if isinstance(b, Handler)), None)

    def left_by_jump(self) -> Handler | None:
        """The handler that a `continue` or `break` leaves: one inside the innermost loop."""
        for block in reversed(self.blocks):
            if isinstance(block, Handler):
                return block
            if isinstance(block, Loop):
                return None
        return None

    def reason(self) -> str:
        """The words that introduce the branch at hand, within the innermost loop."""
        for block in reversed(self.blocks):
            if isinstance(block, Loop):
                return ""
            return block.statement
        return ""


def guards(body: list[ast.stmt]) -> list[ast.If]:
    """The `if`s without `else` that end a loop's body: where they are false, a record is skipped.

    Only those under which something is kept, so that `if x > best: best = x` is none.
    """
    last = body[-1]
    if not isinstance(last, ast.If):
        return []
    inner = guards(last.body)
    if last.orelse:
        return inner + guards(last.orelse)
    return [*inner, last] if any(_keeps(n) for s in last.body for n in ast.walk(s)) else inner


def record_of(target: ast.expr, body: list[ast.stmt]) -> str:
    """The source of a loop's variables, empty where they are no plain names or are deleted."""
    parts = target.elts if isinstance(target, ast.Tuple) else [target]
    if any(isinstance(inner, ast.Delete) for s in body for inner in ast.walk(s)):
        return ""
    names = [part.id for part in parts if isinstance(part, ast.Name)]
    if len(names) != len(parts):
        return ""
    return f"({', '.join(names)})"


def own_nodes(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.AST]:
    """The nodes of a function's body without those of functions and classes inside it."""
    pending: list[ast.AST] = list(node.body)
    while pending:
        entry = pending.pop()
        yield entry
        if not isinstance(entry, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            pending.extend(ast.iter_child_nodes(entry))


def is_generator(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether the function yields."""
    return any(isinstance(entry, (ast.Yield, ast.YieldFrom)) for entry in own_nodes(node))


def is_procedure(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether the function returns no value anywhere."""
    return not any(
        isinstance(entry, ast.Return)
        and entry.value is not None
        and not (isinstance(entry.value, ast.Constant) and entry.value.value is None)
        for entry in own_nodes(node)
    )


def parameters_of(node: ast.FunctionDef | ast.AsyncFunctionDef, method: bool) -> tuple[str, ...]:
    """The names of a function's parameters; without the first of a method where it is usual."""
    given = node.args
    names = [*given.posonlyargs, *given.args, given.vararg, *given.kwonlyargs, given.kwarg]
    found = [argument.arg for argument in names if argument is not None]
    if method and found and found[0] in ("self", "cls", "mcs"):
        found = found[1:]
    return tuple(found)


def words(node: ast.AST) -> str:
    """The source of a node on one line, bounded."""
    return " ".join(ast.unparse(node).split())[:STATEMENT]


def _keeps(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and node.func.attr in KEEPERS
    if isinstance(node, ast.Subscript):
        return isinstance(node.ctx, ast.Store)
    return isinstance(node, (ast.Yield, ast.YieldFrom))

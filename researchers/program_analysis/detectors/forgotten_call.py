"""Calls that were meant and are not made: methods only named, coroutines not awaited, no close."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import called
from tasks.records.change import Finding

_STRIPS = {"strip": "", "lstrip": "removeprefix", "rstrip": "removesuffix"}
_METHODS = frozenset({"close", "flush", "commit", "rollback", "clear", "sort", "reverse", "strip",
                      "lower", "save", "start", "stop", "join", "release", "acquire"})  # fmt: skip
_MAKES_TASKS = frozenset({"gather", "create_task", "ensure_future", "wait_for", "wait", "run",
                          "shield", "append", "run_until_complete", "TaskGroup"})  # fmt: skip


def find(context: Context) -> Iterator[Finding]:
    """What stands there as a name, hangs in the air, or strips letters for a word."""
    for module, node in context.each(ast.Expr, ast.Call):
        if isinstance(node, ast.Expr):
            yield from _named_only(context, module, node)
        elif isinstance(node, ast.Call):
            yield from _unawaited(context, module, node)
            yield from _letters(context, module, node)
    for module, function in context.functions():
        yield from _left_open(context, module, function)


def _named_only(context: Context, module: Module, node: ast.Expr) -> Iterator[Finding]:
    """`file.close` as a statement."""
    tried = any(isinstance(a, ast.Try | ast.With) for a in module.ancestors(node))
    if isinstance(node.value, ast.Attribute) and not tried and _is_method(context, node.value.attr):
        code = module.code(node)
        text = f"`{code}` in {where(module, node)} names what it should call"
        yield context.finding("not_called", module, node, 0.7, text, {"mend": f"{code}()"})


def _is_method(context: Context, name: str) -> bool:
    """Whether a name is that of a method: a usual one, or the target's own and no property."""
    known = context.program.named.get(name, [])
    return name in _METHODS or (bool(known) and not any(f.node.decorator_list for f in known))


def _unawaited(context: Context, module: Module, node: ast.Call) -> Iterator[Finding]:
    """A coroutine of the target, made within an async function and kept, returned or dropped."""
    function, callee = module.function_of(node), context.program.callee(node)
    if callee is None or not isinstance(callee.node, ast.AsyncFunctionDef):
        return
    if any(isinstance(n, ast.Yield | ast.YieldFrom) for n in ast.walk(callee.node)):
        return
    inside = function is not None and isinstance(function.node, ast.AsyncFunctionDef)
    if not _is_own(node, function, callee) or _awaited_later(module, node):
        return
    for around in module.ancestors(node):
        if isinstance(around, ast.Await) or called(around) in _MAKES_TASKS:
            return
        if isinstance(around, ast.ListComp | ast.GeneratorExp | ast.Lambda):
            return
        if isinstance(around, ast.stmt):
            break
    if inside and not isinstance(module.parents.get(node), ast.Return):
        text = f"`{module.code(node)}` in {where(module, node)} is a coroutine that nobody awaits"
        mend = {"mend": f"await {module.code(node)}"}
        yield context.finding("unawaited", module, node, 0.75, text, mend)


def _is_own(node: ast.Call, function: Function | None, callee: Function) -> bool:
    """Whether the call means that coroutine beyond doubt: by plain name, or on `self`."""
    if isinstance(node.func, ast.Name):
        return True
    on_self = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "self"
    return on_self and function is not None and function.owner == callee.owner


def _awaited_later(module: Module, node: ast.Call) -> bool:
    """Whether the coroutine is kept under a name that something awaits or makes a task of."""
    statement, function = module.statement(node), module.function_of(node)
    name = getattr(statement.targets[0], "id", "") if isinstance(statement, ast.Assign) else ""
    return function is not None and any(
        isinstance(n, ast.Name) and n.id == name
        for around in ast.walk(function.node)
        if isinstance(around, ast.Await) or called(around) in _MAKES_TASKS
        for n in ast.walk(around)
    )


def _letters(context: Context, module: Module, node: ast.Call) -> Iterator[Finding]:
    """`name.rstrip(".txt")`, which strips letters and not a word."""
    name = called(node)
    if name not in _STRIPS or len(node.args) != 1 or not isinstance(node.func, ast.Attribute):
        return
    given = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
    word = isinstance(given, str) and sum(c.isalpha() for c in given) >= 2
    if not word or not isinstance(given, str) or len(set(given)) < 3 or len(given) > 20:
        return
    code, other = module.code(node.func.value), _STRIPS[name]
    word_code = module.code(node.args[0])
    whole = f"{code}.removeprefix({word_code}).removesuffix({word_code})"
    mend = {"mend": f"{code}.{other}({word_code})" if other else whole}
    text = f"`{module.code(node)}` in {where(module, node)} strips single letters, not the word"
    yield context.finding("strips_letters", module, node, 0.6, text, mend)


def _left_open(context: Context, module: Module, function: Function) -> Iterator[Finding]:
    """A file that is written, kept under a local name, and never closed."""
    for node in ast.walk(function.node):
        if not isinstance(node, ast.Assign) or called(node.value) != "open":
            continue
        name = getattr(node.targets[0], "id", "")
        uses = [n for n in ast.walk(function.node) if isinstance(n, ast.Name) and n.id == name]
        methods = [p.attr for n in uses if isinstance(p := module.parents.get(n), ast.Attribute)]
        only = len(methods) == len(uses) - 1
        if name and only and "close" not in methods and {"write", "writelines"} & set(methods):
            text = f"{where(module, node)} writes to the file `{name}` and never closes it"
            yield context.finding("left_open", module, node, 0.55, text, {"name": name})

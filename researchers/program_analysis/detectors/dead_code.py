"""Code that looks meant to run and cannot: unreachable statements, repeated conditions."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, shorten, where
from researchers.program_analysis.expectations import is_kind_of
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import called, tail
from researchers.program_analysis.paths import blocks, ends
from tasks.records.change import Finding


def find(context: Context) -> Iterator[Finding]:
    """Statements behind an exit, branches already taken above, conditions that never vary."""
    for module in context.program.editable:
        for block in blocks(module.tree):
            yield from _behind_exit(context, module, block)
            yield from _derived(context, module, block)
        yield from _switched_off(context, module)
    for module, node in context.each(ast.If):
        assert isinstance(node, ast.If)
        yield from _repeated(context, module, node)
    for module, node in context.each(ast.If, ast.IfExp, ast.While, ast.Assert):
        why = _constant(context, module, node.test)  # type: ignore[attr-defined]
        if why:
            test = node.test  # type: ignore[attr-defined]
            text = f"`{shorten(module.code(test))}` in {where(module, test)} {why}"
            yield context.finding("constant_condition", module, test, 0.7, text)


def _switched_off(context: Context, module: Module) -> Iterator[Finding]:
    """A module's variable that is False once and for all and that conditions ask."""
    for statement in module.tree.body:
        value = statement.value if isinstance(statement, ast.Assign) else None
        name = getattr(statement.targets[0], "id", "") if isinstance(statement, ast.Assign) else ""
        if not name or not isinstance(value, ast.Constant) or value.value is not False:
            continue
        stores = [n for n in module.nodes if getattr(n, "id", "") == name
                  and isinstance(getattr(n, "ctx", None), ast.Store)]  # fmt: skip
        asked = [n for n in module.nodes if isinstance(n, ast.If | ast.IfExp)
                 and getattr(n.test, "id", "") == name]  # fmt: skip
        if len(stores) == 1 and asked:
            text = f"`{name}` ({module.path}) is False for good, so line {asked[0].lineno} is idle"
            yield context.finding("switched_off", module, value, 0.5, text, {"mend": "True"})


def _derived(context: Context, module: Module, block: list[ast.stmt]) -> Iterator[Finding]:
    """`isinstance(x, bool)` behind a way out for every `isinstance(x, int)`."""
    seen: list[tuple[str, str, ast.expr]] = []
    for statement in block:
        while isinstance(statement, ast.If):
            test = statement.test
            if called(test) == "isinstance" and isinstance(test, ast.Call) and len(test.args) == 2:
                value, kind = ast.dump(test.args[0]), tail(test.args[1])
                for known, base, before in seen:
                    if known == value and kind != base and is_kind_of(context.program, kind, base):
                        text = (
                            f"`{module.code(test)}` in {where(module, test)} is never asked: "
                            f"`{module.code(before)}` has taken these already"
                        )
                        mend = f"{module.code(before)} and not {module.code(test)}"
                        yield context.finding(
                            "shadowed_kind", module, before, 0.75, text, {"mend": mend}
                        )
                if ends(statement.body) or statement.orelse:
                    seen.append((value, kind, test))
            chain = statement.orelse
            if len(chain) != 1:
                break
            statement = chain[0]


def _behind_exit(context: Context, module: Module, block: list[ast.stmt]) -> Iterator[Finding]:
    for number, statement in enumerate(block[:-1]):
        after = block[number + 1]
        if not ends([statement]):
            continue
        if not _is_marker(after):
            text = (
                f"`{shorten(module.code(after))}` in {where(module, after)} stands behind line "
                f"{statement.lineno}, which always leaves"
            )
            yield context.finding("unreachable", module, after, 0.6, text)
        break


def _is_marker(statement: ast.stmt) -> bool:
    """What is written to please a reader or a checker: `raise`, `yield` of a stub, `return`."""
    value = getattr(statement, "value", None)
    bare = isinstance(statement, ast.Expr | ast.Return) and (
        value is None or isinstance(value, ast.Yield | ast.Constant)
    )
    return bare or isinstance(statement, ast.Raise | ast.Break | ast.Pass | ast.Assert)


def _repeated(context: Context, module: Module, node: ast.If) -> Iterator[Finding]:
    """An `elif` whose condition an earlier branch of the chain has answered."""
    if isinstance(module.parents.get(node), ast.If) and module.body_of(node) == [node]:
        holder = module.parents[node]
        assert isinstance(holder, ast.If)
        if holder.orelse == [node]:
            return
    seen: dict[str, int] = {}
    branch: ast.stmt | None = node
    while isinstance(branch, ast.If):
        form = ast.dump(branch.test)
        if form in seen and not _has_effect(branch.test):
            text = (
                f"`{module.code(branch.test)}` in {where(module, branch)} was answered in line "
                f"{seen[form]}, so this branch is never taken"
            )
            yield context.finding("repeated_condition", module, branch.test, 0.85, text)
        seen.setdefault(form, branch.lineno)
        branch = branch.orelse[0] if len(branch.orelse) == 1 else None


def _has_effect(test: ast.expr) -> bool:
    return any(isinstance(n, ast.Call | ast.NamedExpr | ast.Await) for n in ast.walk(test))


def _constant(context: Context, module: Module, test: ast.expr) -> str:
    """Why a condition never varies; '' where it may."""
    if isinstance(test, ast.Tuple) and test.elts:
        return "is a tuple, which is always true"
    if isinstance(test, ast.Lambda | ast.JoinedStr | ast.GeneratorExp):
        return "is always true"
    if isinstance(test, ast.BoolOp):
        fixed = [v for v in test.values[1:] if _is_word(v)]
        if fixed and isinstance(test.op, ast.Or):
            return f"is always true, because of `{module.code(fixed[0])}`"
    function = module.function_of(test)
    if isinstance(test, ast.Name) and function is not None:
        known = context.program.named.get(test.id, [])
        local = test.id in function.parameters or any(
            isinstance(n, ast.Name) and n.id == test.id and isinstance(n.ctx, ast.Store)
            for n in module.nodes
        )
        if len(known) == 1 and known[0].path == module.path and not local and not known[0].owner:
            return f"tests the function {test.id} itself, which is never called here"
    return ""


def _is_word(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(node.value)

"""Does a statement only under a condition."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import clauses, free, locals_at, readable
from researchers.program_analysis.module import Module
from researchers.program_analysis.questions import from_predicates
from researchers.program_analysis.sites import brief, draft, each, indented, plain

LIMIT = 8


def drafts(context: Context) -> Iterator[Draft]:
    """Simple statements under a plain test of what they use, or a test made elsewhere."""
    simple = (ast.Expr, ast.Assign, ast.AugAssign, ast.Return, ast.Raise)
    for module, _, node in each(context, *simple):
        assert isinstance(node, ast.stmt)
        if isinstance(node, ast.Return) and node.value is None:
            continue
        for test, strength in list(_tests(module, node))[:LIMIT]:
            code = f"if {test}:\n{indented(plain(module, node))}"
            yield draft(
                module, node, f"Do `{brief(module, node)}` only if `{test}`",
                "a condition may be missing", strength, edits.swap(module, node, code),
            )  # fmt: skip


def _tests(module: Module, node: ast.stmt) -> Iterator[tuple[str, float]]:
    known, used = readable(module, node), free(node)
    names = [n for n in locals_at(module, node) if n in used]
    behind_loop = _behind_loop(module, node)
    for name in names:
        yield name, 0.8 if behind_loop else 0.3
    for target in _subscripts(node):
        yield f"{module.code(target.slice)} not in {module.code(target.value)}", 0.3
        yield f"{module.code(target.slice)} in {module.code(target.value)}", 0.3
    if isinstance(node, ast.Raise) and not _is_guarded(module, node):
        home = module.function_of(node)
        yield from from_predicates(module, node, home.parameters if home else ())
    near = [c for c in clauses(module) if free(c) & used and free(c) <= known]
    for clause in sorted(near, key=lambda c: abs(c.lineno - node.lineno)):
        yield module.code(clause), 0.4
        yield edits.negated(module.code(clause), clause), 0.25
    yield from ((f"{name} is not None", 0.2) for name in names)


def _is_guarded(module: Module, node: ast.stmt) -> bool:
    """Whether it is done under a condition, or behind something that may leave before it."""
    function = module.function_of(node)
    if function is None or module.parents[node] is not function.node:
        return True
    before = function.node.body[: function.node.body.index(node)]
    return any(isinstance(n, ast.Return) for s in before for n in ast.walk(s))


def _subscripts(node: ast.stmt) -> list[ast.Subscript]:
    targets = node.targets if isinstance(node, ast.Assign) else []
    return [t for t in targets if isinstance(t, ast.Subscript)]


def _behind_loop(module: Module, node: ast.stmt) -> bool:
    block = module.body_of(node)
    place = block.index(node)
    return place > 0 and isinstance(block[place - 1], ast.For | ast.While)


OPERATOR = Operator("guard_statement", "insert guard", "bug_fix", 0.06, drafts, blind=True)

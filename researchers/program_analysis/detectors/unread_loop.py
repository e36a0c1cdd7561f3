"""Loops whose own variable nobody reads, while the body reads another one."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import called
from researchers.program_analysis.paths import names
from tasks.records.change import Finding

PLACES = 4


def find(context: Context) -> Iterator[Finding]:
    """At each name that may have been written for the loop's variable."""
    for module, node in context.each(ast.For):
        assert isinstance(node, ast.For)
        function = module.function_of(node)
        target = getattr(node.target, "id", "_")
        if function is None or target.startswith("_") or called(node.iter) == "range":
            continue
        if target in names(function.node):
            continue
        for number, place in enumerate(_places(module, node)[:PLACES]):
            text = (
                f"the loop over `{module.code(node.iter)}` in {where(module, node)} never reads "
                f"`{target}`, and reads `{place.id}` in each round"
            )
            strength = 0.55 * 0.9**number
            yield context.finding(
                "unread_loop_variable", module, place, strength, text, {"mend": target}
            )


def _places(module: Module, node: ast.For) -> list[ast.Name]:
    """Reads of what does not change in the loop: outer loops' variables, then other locals."""
    outer = {
        n.id for a in module.ancestors(node) if isinstance(a, ast.For)
        for n in ast.walk(a.target) if isinstance(n, ast.Name)
    }  # fmt: skip
    function = module.function_of(node)
    assert function is not None
    own = names(function.node, ast.Store) | set(function.parameters)
    changed = {n for s in node.body for n in names(s, ast.Store)}
    reads = [
        n for s in node.body for n in ast.walk(s)
        if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load) and n.id in own - changed
        and not _grows(module, n)
    ]  # fmt: skip
    return sorted(reads, key=lambda n: (n.id not in outer, -n.lineno, -n.col_offset))


def _grows(module: Module, node: ast.Name) -> bool:
    """Whether the name is a collection that the loop fills."""
    parent = module.parents.get(node)
    return isinstance(parent, ast.Attribute) and parent.attr in {
        "append", "add", "update", "extend", "write", "insert", "setdefault",
    }  # fmt: skip

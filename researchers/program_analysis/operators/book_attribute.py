"""Changes an attribute as other methods of the class do, or the opposite of what they do."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import free, readable
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import is_own
from researchers.program_analysis.sites import blocks, brief, draft, focused

_LEAVES = (ast.Return, ast.Continue, ast.Break, ast.Raise)
LIMIT = 12


def drafts(context: Context) -> Iterator[Draft]:
    """At the end of every block of a method, the outermost first."""
    for module, function in focused(context):
        if function.node.name == "__init__":
            continue
        own = {module.code(n) for n in ast.walk(function.node) if isinstance(n, ast.AugAssign)}
        nodes = [n for n in ast.walk(function.node) if isinstance(n, ast.stmt)]
        lasts = [block[-1] for node in nodes for block in blocks(node)]
        places = [(deep, at, readable(module, at)) for deep, at in enumerate(lasts)]
        for rank, code in enumerate(c for c in _of_class(module, function) if c not in own):
            needs = free(ast.parse(code))
            for deep, at, known in places:
                if not needs <= known:
                    continue
                leads = isinstance(at, _LEAVES)
                splice = edits.before(module, at, code) if leads else edits.after(module, at, code)
                yield draft(
                    module, at, f"Do `{code}` {'before' if leads else 'behind'} "
                    f"`{brief(module, at)}`", "other methods keep this attribute up to date",
                    0.8 * 0.9**rank * 0.85**deep, splice,
                )  # fmt: skip


def _of_class(module: Module, function: Function) -> list[str]:
    """How other methods change attributes of their own, and the opposite; then by other ones."""
    if not function.owner:
        return []
    found: dict[str, None] = {}
    values: dict[str, None] = {}
    for other in (f for f in module.functions if f.owner == function.owner):
        for node in ast.walk(other.node):
            if isinstance(node, ast.AugAssign) and is_own(node.target):
                held, value = module.code(node.target), module.code(node.value)
                found.update({f"{held} += {value}": None, f"{held} -= {value}": None})
            elif isinstance(node, ast.Assign) and is_own(node.targets[0]):
                number = isinstance(node.value, ast.Constant) and type(node.value.value) is int
                held = module.code(node.targets[0])
                values.update({held: None} if number or isinstance(node.value, ast.Name) else {})
                if number:
                    found.update({f"{held} += 1": None, f"{held} -= 1": None})
    attributes = {n.attr for n in ast.walk(function.node) if isinstance(n, ast.Attribute)}
    used = [v for v in values if v.removeprefix("self.") in attributes]
    held_values = [code.partition(" ")[0] for code in found]
    found.update({f"{held} += {value}": None for held in dict.fromkeys(held_values)
                  for value in used if value != held})  # fmt: skip
    return list(found)[:LIMIT]


OPERATOR = Operator("book_attribute", "insert statement", "bug_fix", 0.1, drafts, blind=True)

"""Gives a name its first value where the program reads one that nothing binds."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import islice, product

from researchers.program_analysis import edits
from researchers.program_analysis.binding import unbound
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import locals_at
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import words
from researchers.program_analysis.sites import draft, focused

_BY_METHOD = {
    "append": ("[]",), "extend": ("[]",), "insert": ("[]",), "sort": ("[]",), "add": ("set()",),
    "update": ("{}", "set()"), "setdefault": ("{}",), "get": ("{}",), "items": ("{}",),
    "appendleft": ("deque()",), "popleft": ("deque()",), "pop": ("[]", "{}"), "join": ('""',),
}  # fmt: skip
_ANY = ("0", "[]", "None", "{}", "1", '""', "set()", "False", "True")
OTHERS = 4
LIKELIEST, TOGETHER = 3, 9
"""First values that are tried of each name where several are bound at once, and how many sets."""


def drafts(context: Context) -> Iterator[Draft]:
    """A first value before the first statement that needs it; or another name there."""
    for module, function in focused(context):
        names = unbound(module, function)
        if len(names) > 1:
            yield from _all(module, function, names)
        for name, reads in names.items():
            first = _first(function, reads)
            for rank, value in enumerate(_values(module, reads, name)):
                yield draft(
                    module, first, f"Begin with `{name} = {value}`", "nothing binds it",
                    0.9**rank, edits.before(module, first, f"{name} = {value}"),
                )  # fmt: skip
            near = sorted(locals_at(module, reads[0]), key=lambda n: not words(n) & words(name))
            for rank, other in enumerate(near[:OTHERS]):
                yield draft(
                    module, reads[0], f"Read `{other}` for `{name}`", "nothing binds it",
                    0.5 * 0.8**rank, *(edits.swap(module, node, other) for node in reads),
                )  # fmt: skip


def _all(module: Module, function: Function, names: dict[str, list[ast.Name]]) -> Iterator[Draft]:
    """First values for all names that nothing binds, where there are several."""
    first = min((_first(function, reads) for reads in names.values()), key=lambda s: s.lineno)
    likeliest = [_values(module, reads, name)[:LIKELIEST] for name, reads in names.items()]
    for rank, values in enumerate(islice(product(*likeliest), TOGETHER)):
        pairs = [f"{name} = {value}" for name, value in zip(names, values, strict=True)]
        yield draft(
            module, first, f"Begin with `{'`, `'.join(pairs)}`", "nothing binds them",
            0.95**rank, edits.before(module, first, "\n".join(pairs)),
        )  # fmt: skip


def _first(function: Function, reads: list[ast.Name]) -> ast.stmt:
    """The statement of the function's own block in which the name is read first."""
    line = min(node.lineno for node in reads)
    body = function.node.body
    return next((s for s in body if s.lineno <= line <= (s.end_lineno or s.lineno)), body[0])


def _values(module: Module, reads: list[ast.Name], name: str) -> list[str]:
    """First values, those first that go with what is done with the name."""
    found: list[str] = []
    for node in reads:
        parent = module.parents.get(node)
        if isinstance(parent, ast.Attribute):
            found += _BY_METHOD.get(parent.attr, ())
        elif isinstance(parent, ast.Subscript) and parent.value is node:
            found += ["{}", "[]"] if isinstance(parent.ctx, ast.Store) else ["[]"]
        elif isinstance(parent, ast.Compare) and any(
            isinstance(op, ast.In | ast.NotIn) for op in parent.ops
        ):
            found += ["set()", "{}", "[]"]
        elif isinstance(parent, ast.If | ast.While | ast.UnaryOp):
            found += ["False", "True"]
    function = module.function_of(reads[0])
    if function is not None:
        found += [p for p in function.parameters if words(p) & words(name)]
        if "{}" in found:
            found += [f"{{{p}: 0}}" for p in function.parameters]
    return list(dict.fromkeys([*found, *_ANY]))


OPERATOR = Operator("bind_name", "insert declaration", "bug_fix", 0.3, drafts, blind=True)

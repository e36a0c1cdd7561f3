"""Exchanges two arguments of a call."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import combinations

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.sites import brief, draft, each


def drafts(context: Context) -> Iterator[Draft]:
    """Each pair of positional arguments, neighbours first, and the values of two keywords."""
    for module, function, node in each(context, ast.Call):
        assert isinstance(node, ast.Call)
        pairs = [*combinations(node.args, 2), *combinations([k.value for k in node.keywords], 2)]
        symmetric = getattr(node.func, "id", "") in {"max", "min", "gcd", "print", "set"}
        for one, other in [] if symmetric else pairs:
            kinds = [context.kinds.of(function, n) for n in (one, other)]
            near = node.args.index(other) - node.args.index(one) == 1 if one in node.args else True
            strength = (0.6 if near else 0.35) * (0.6 if kinds[0] != kinds[1] else 1.0)
            yield draft(
                module, node,
                f"Exchange `{brief(module, one)}` and `{brief(module, other)}` in "
                f"`{brief(module, node)}`",
                "arguments may be in each other's place", strength,
                edits.swap(module, one, module.code(other)),
                edits.swap(module, other, module.code(one)),
            )  # fmt: skip


OPERATOR = Operator("swap_arguments", "swap arguments", "bug_fix", 0.08, drafts, blind=True)

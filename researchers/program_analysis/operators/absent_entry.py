"""Reads an entry of a map so that one which is absent is begun, or empty."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.sites import each, instead

_BEGUN = {"append": "[]", "extend": "[]", "insert": "[]", "add": "set()", "update": "{}"}


def drafts(context: Context) -> Iterator[Draft]:
    """`table[key].append(x)` by `setdefault`; `table[key] += 1` by `get`."""
    for module, _, node in each(context, ast.Subscript, ast.AugAssign):
        if isinstance(node, ast.AugAssign):
            target = node.target
            if not isinstance(target, ast.Subscript) or isinstance(target.slice, ast.Slice):
                continue
            if not isinstance(node.op, ast.Add):
                continue
            table, key = module.code(target.value), module.code(target.slice)
            code = f"{table}[{key}] = {table}.get({key}, 0) + {module.code(node.value)}"
            yield instead(module, node, "Write", code, "an entry may be absent yet", 0.4)
        elif isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Slice):
            parent = module.parents.get(node)
            begun = _BEGUN.get(parent.attr, "") if isinstance(parent, ast.Attribute) else ""
            if begun:
                table, key = module.code(node.value), module.code(node.slice)
                code = f"{table}.setdefault({key}, {begun})"
                yield instead(module, node, "Begin by", code, "an entry may be absent yet", 0.6)


OPERATOR = Operator("absent_entry", "insert default", "bug_fix", 0.08, drafts, blind=True)

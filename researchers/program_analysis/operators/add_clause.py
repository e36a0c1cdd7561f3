"""Adds a clause to a condition: one tested elsewhere in the module, or a plain guard."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import clauses, free, locals_at, mirrored, readable
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import brief, draft, each, wrapped

LIMIT = 14
NEAREST = 5


def drafts(context: Context) -> Iterator[Draft]:
    """Tests of branches, loops and filters, and returned conditions, with the likest clauses."""
    for module, _, node in each(
        context, ast.If, ast.While, ast.IfExp, ast.comprehension, ast.Return
    ):
        for test in _tests(node):
            yield from _parallels(module, test)
            yield from _entries(module, test)
            for clause, word, leads, strength in list(_joined(module, node, test))[:LIMIT]:
                code = wrapped(module, test) if isinstance(test, ast.BoolOp) else module.code(test)
                parts = (clause, code) if leads else (code, clause)
                yield draft(
                    module, test, f"Ask also {word} `{clause}` beside `{brief(module, test)}`",
                    "a condition may ask too little", strength,
                    edits.swap(module, test, f" {word} ".join(parts)),
                )  # fmt: skip


def _parallels(module: Module, test: ast.expr) -> Iterator[Draft]:
    """A clause of the test asked of another near variable too, at its end or beside each clause.

    Of `not a.isdigit() or b` comes `not a.isdigit() or b and not b.isdigit()`, and so on.
    """
    parts = test.values if isinstance(test, ast.BoolOp) else [test]
    whole, word = isinstance(test, ast.BoolOp), _word(test)
    names = locals_at(module, test)
    for clause in parts:
        asked = [n for n in dict.fromkeys(_names(clause)) if n in names]
        for name in names[:NEAREST] if len(asked) == 1 else []:
            code = re.sub(rf"(?<![\w.]){re.escape(asked[0])}(?![\w\"'])", name, module.code(clause))
            if name == asked[0] or code in map(module.code, parts):
                continue
            yield draft(
                module, test, f"Ask also {word} `{code}` in `{brief(module, test)}`",
                "a condition may ask too little", 0.5,
                edits.swap(module, test, f"{module.code(test)} {word} {code}"),
            )  # fmt: skip
            for other in parts if whole else []:
                if other is clause or isinstance(other, ast.BoolOp):
                    continue
                turn = "or" if word == "and" else "and"
                both = f"({module.code(other)} {turn} {code})"
                yield draft(
                    module, test, f"Ask also {turn} `{code}` beside `{brief(module, other)}`",
                    "a condition may ask too little", 0.5, edits.swap(module, other, both),
                )  # fmt: skip


def _entries(module: Module, test: ast.expr) -> Iterator[Draft]:
    """Entries compared: of `one in known` comes `known[other] < known[one]`, for names like one."""
    names = locals_at(module, test)
    held = [c for c in ast.walk(test) if isinstance(c, ast.Compare)
            and isinstance(c.ops[0], ast.In | ast.NotIn)]  # fmt: skip
    known = [(module.code(c.left), module.code(c.comparators[0])) for c in held]
    known += [(module.code(n.slice), module.code(n.value)) for n in ast.walk(test)
              if isinstance(n, ast.Subscript) and isinstance(n.slice, ast.Name)]  # fmt: skip
    for key, holder in dict.fromkeys(known):
        for rank, name in enumerate(n for n in names[:NEAREST] if n not in (key, holder)):
            for relation in ("<", ">", "==", "!="):
                clause = f"{holder}[{name}] {relation} {holder}[{key}]"
                yield draft(
                    module, test, f"Ask also and `{clause}` beside `{brief(module, test)}`",
                    "a condition may ask too little", 0.3 * 0.8**rank,
                    edits.swap(module, test, f"{module.code(test)} and {clause}"),
                )  # fmt: skip


def _word(test: ast.expr) -> str:
    return "or" if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or) else "and"


def _names(node: ast.expr) -> list[str]:
    return [n.id for n in ast.walk(node) if isinstance(n, ast.Name)]


def _tests(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.comprehension):
        return list(node.ifs)
    if isinstance(node, ast.Return):
        value = node.value
        condition = isinstance(value, ast.Compare | ast.BoolOp | ast.UnaryOp)
        return [value] if value is not None and condition else []
    return [node.test] if isinstance(node, ast.If | ast.While | ast.IfExp) else []


def _joined(
    module: Module, node: ast.AST, test: ast.expr
) -> Iterator[tuple[str, str, bool, float]]:
    """Clause, connective, whether it leads, strength."""
    used = free(test)
    for name in sorted(n for n in used if n in locals_at(module, test)):
        yield name, "and", True, 0.5
        yield f"not {name}", "or", True, 0.5
    for name in _falling(module, test):
        yield f"{name} >= 0", "and", True, 0.7
    for index in (n for n in ast.walk(test) if isinstance(n, ast.Subscript)):
        if isinstance(index.slice, ast.Name) and isinstance(index.value, ast.Name):
            yield f"{index.slice.id} < len({index.value.id})", "and", True, 0.5
        elif not isinstance(index.slice, ast.Slice):
            inside = f"{module.code(index.slice)} not in {module.code(index.value)}"
            yield inside, "or", True, 0.5
    for twin in _alike(module, test):
        yield twin, "and", False, 0.5
        yield twin, "or", False, 0.4
    for turned in mirrored(module.code(test)):
        yield turned, "and", False, 0.6
        yield turned, "or", False, 0.6
    for attribute in (n for n in ast.walk(test) if isinstance(n, ast.Attribute)):
        if isinstance(attribute.value, ast.Name):
            yield f"{module.code(attribute.value)} is not None", "and", True, 0.3
    known, spent = readable(module, test), ast.dump(test)
    elsewhere = [c for c in clauses(module) if ast.dump(c) not in spent and free(c) <= known]
    elsewhere.sort(key=lambda c: (-len(free(c) & used), abs(c.lineno - test.lineno)))
    for clause in elsewhere:
        shared = 0.4 if free(clause) & used else 0.2
        yield module.code(clause), "and", False, shared
        yield module.code(clause), "or", False, shared


def _falling(module: Module, test: ast.expr) -> list[str]:
    """Names that the test indexes with, and that the function steps down: they may end below 0."""
    home = module.function_of(test)
    stepped = {
        n.target.id for n in (ast.walk(home.node) if home else ())
        if isinstance(n, ast.AugAssign) and isinstance(n.op, ast.Sub)
        and isinstance(n.target, ast.Name)
    }  # fmt: skip
    subscripts = [n.slice for n in ast.walk(test) if isinstance(n, ast.Subscript)]
    indexed = [n.id for s in subscripts for n in ast.walk(s) if isinstance(n, ast.Name)]
    return [name for name in dict.fromkeys(indexed) if name in stepped]


def _alike(module: Module, test: ast.expr) -> Iterator[str]:
    """Of `self.a == other.a` comes `self.b == other.b`, for what else of `self` is read nearby."""
    if not isinstance(test, ast.Compare) or len(test.ops) > 1:
        return
    left, right = test.left, test.comparators[0]
    if not isinstance(left, ast.Attribute) or not isinstance(right, ast.Attribute):
        return
    if left.attr != right.attr:
        return
    owner, home = ast.dump(left.value), module.function_of(test)
    read = [
        (abs(n.lineno - test.lineno), n.attr) for n in module.nodes
        if isinstance(n, ast.Attribute) and ast.dump(n.value) == owner and n.attr != left.attr
        and (other := module.function_of(n)) and home and other.owner == home.owner
    ]  # fmt: skip
    relation = module.code(test)[len(module.code(left)) : -len(module.code(right))]
    for _, name in list(dict.fromkeys(sorted(read)))[:NEAREST]:
        yield f"{module.code(left.value)}.{name}{relation}{module.code(right.value)}.{name}"


OPERATOR = Operator("add_clause", "mutate condition", "bug_fix", 0.1, drafts, blind=True)

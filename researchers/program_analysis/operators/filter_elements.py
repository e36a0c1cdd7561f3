"""Filters a comprehension by a test known elsewhere, or takes its filter away."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import clauses, free, readable
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import brief, draft, each

LIMIT = 8
_KINDS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
Comprehension = ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp


def drafts(context: Context) -> Iterator[Draft]:
    """Comprehensions of one clause."""
    for module, _, node in each(context, *_KINDS):
        assert isinstance(node, Comprehension)
        last = node.generators[-1]
        if last.ifs:
            continue
        for test, strength in list(_tests(module, node, last))[:LIMIT]:
            yield draft(
                module, node, f"Keep only `{test}` in `{brief(module, node)}`",
                "a filter may be missing", strength,
                edits.swap(module, node, _filtered(module, node, last, test)),
            )  # fmt: skip


def _filtered(module: Module, node: Comprehension, last: ast.comprehension, test: str) -> str:
    """The comprehension's text with the test behind its iterable."""
    start, end = module.span(node)
    place = module.span(last.iter)[1]
    return f"{module.text[start:place]} if {test}{module.text[place:end]}"


def _tests(
    module: Module, node: Comprehension, last: ast.comprehension
) -> Iterator[tuple[str, float]]:
    names = [n.id for n in ast.walk(last.target) if isinstance(n, ast.Name)]
    for name in names:
        yield name, 0.6
    known = readable(module, node) | set(names)
    near = [c for c in clauses(module) if free(c) & set(names) and free(c) <= known]
    for clause in sorted(near, key=lambda c: abs(c.lineno - node.lineno)):
        yield module.code(clause), 0.6
        yield edits.negated(module.code(clause), clause), 0.3
    for name in names:
        for method in ("isalpha()", "isalnum()", "isdigit()", "strip()"):
            yield f"{name}.{method}", 0.25
        yield f"{name} is not None", 0.3


OPERATOR = Operator("filter_elements", "mutate filter", "bug_fix", 0.06, drafts, blind=True)

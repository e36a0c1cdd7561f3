"""Makes a default anew in every call."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location
from researchers.program_analysis.draft import Draft, Operator


def drafts(context: Context) -> Iterator[Draft]:
    """The default becomes None, and the body makes the collection."""
    for finding, module, node in context.found("mutable_default"):
        function = next(f for f in module.functions if node in f.defaults.values())
        name, made = finding.detail["name"], module.code(node)
        first = edits.first_body_line(function.node)
        guard = edits.before(module, first, f"if {name} is None:\n    {name} = {made}")
        if first.lineno == function.node.lineno or not isinstance(node, ast.expr):
            continue
        yield Draft(
            f"Make `{name}` of {function.name} ({module.path}) anew in every call",
            finding.evidence, location(module, first),
            changed(module, edits.default(module, function.node, name, "None"), guard),
            finding.strength, findings=(finding.id,),
        )  # fmt: skip


OPERATOR = Operator("fresh_default", "mutable default", "bug_fix", 0.5, drafts)

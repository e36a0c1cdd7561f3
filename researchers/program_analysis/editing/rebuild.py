"""Rebuilds the spine of a concrete tree: the edited nodes and what encloses them, nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import libcst as cst

from researchers.program_analysis.editing import suite
from researchers.program_analysis.editing.edit import Edit
from researchers.program_analysis.editing.errors import UnplacedError
from researchers.program_analysis.editing.parse import Statement
from researchers.program_analysis.editing.precedence import parenthesised
from researchers.program_analysis.editing.section import Place, Section, field_names
from researchers.program_analysis.editing.suite import Made

Edits = Mapping[cst.CSTNode, Sequence[Edit]]


def rebuilt(section: Section, edits: Edits) -> str:
    """The section's text with the edits made; raises UnplacedError where one cannot be."""
    made = _Spine(section, edits).of(section.tree, Place(section.tree, ""))
    tree = made[0]
    assert isinstance(tree, cst.Module)
    return tree.code if tree.body or tree.header or tree.footer else ""


class _Spine:
    """One walk over the nodes that edits stand in, inner ones first."""

    def __init__(self, section: Section, edits: Edits) -> None:
        self._section = section
        self._edits = edits
        self._touched = {*edits, *(a for node in edits for a in section.around(node))}

    def of(self, node: cst.CSTNode, place: Place) -> list[Made]:
        """What takes a node's place among its parent's children."""
        made = self._changed(node)
        above: list[Statement] = []
        below: list[Statement] = []
        for edit in self._edits.get(node, ()):
            if len(made) == 1 and isinstance(made[0], cst.CSTNode):
                made = [*edit.apply(made[0], place, self._section)]
            above += edit.above()
            below[:0] = edit.below()
        return suite.joined(above, made, below)

    def _changed(self, node: cst.CSTNode) -> list[Made]:
        changes: dict[str, Any] = {}
        for name in field_names(type(node)):
            value = getattr(node, name)
            if isinstance(value, cst.CSTNode):
                if value in self._touched:
                    changes[name] = _one(node, name, self.of(value, Place(node, name)))
            elif isinstance(value, tuple | list) and any(v in self._touched for v in value):
                changes[name] = [made for child in value for made in self._each(node, name, child)]
        if "body" in changes and isinstance(node, suite.BODIES):
            return suite.settled(node, changes["body"])
        return [_with(node, changes)] if changes else [node]

    def _each(self, node: cst.CSTNode, name: str, child: cst.CSTNode) -> list[Made]:
        return self.of(child, Place(node, name)) if child in self._touched else [child]


def _one(parent: cst.CSTNode, name: str, made: list[Made]) -> cst.CSTNode | None:
    """The value of a field that holds one node; an `elif` becomes a block where need be."""
    if len(made) == 1 and isinstance(made[0], cst.CSTNode):
        return made[0]
    if isinstance(parent, cst.If) and name == "orelse":
        block = [m for m in made if isinstance(m, cst.CSTNode)]
        return suite.otherwise(block) if block else None
    raise UnplacedError(f"{len(made)} nodes for the {name} of a {type(parent).__name__}")


def _with(node: cst.CSTNode, changes: dict[str, Any]) -> cst.CSTNode:
    """The node with changed children, in parentheses where words would run into each other."""
    try:
        return node.with_changes(**changes)
    except cst.CSTValidationError:
        apart = {
            name: parenthesised(value) if isinstance(value, cst.BaseExpression) else value
            for name, value in changes.items()
        }
    try:
        return node.with_changes(**apart)
    except cst.CSTValidationError as error:
        raise UnplacedError(str(error)) from error

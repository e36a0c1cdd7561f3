"""An edit: a change of one node, found in the concrete tree by the place of its abstract node."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from researchers.program_analysis.editing.parse import Statement
from researchers.program_analysis.editing.section import Place, Section
from researchers.program_analysis.editing.suite import Made

if TYPE_CHECKING:
    from researchers.program_analysis.module import Module


@dataclass(frozen=True, eq=False)
class Edit:
    """What happens at `anchor`; kinds of edits say how the concrete node there changes.

    An edit is only a description until its revision is read: nothing is parsed before that.
    """

    module: Module
    anchor: ast.AST

    def target(self) -> tuple[Section, cst.CSTNode]:
        """The concrete node that changes; raises UnplacedError where there is none."""
        return self.module.concrete(self.anchor)

    def apply(self, node: cst.CSTNode, place: Place, section: Section) -> Sequence[Made]:
        """What stands in the node's place; inner edits have been made in `node` already."""
        return [node]

    def above(self) -> Sequence[Statement]:
        """Statements that come in above the node."""
        return ()

    def below(self) -> Sequence[Statement]:
        """Statements that come in below the node."""
        return ()

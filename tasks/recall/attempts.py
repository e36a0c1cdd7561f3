"""An attempt: what the novelty screen knows of a change that was tried or is about to be."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from tasks.records.change import Proposal
from tasks.records.knowledge import ExperienceEntry

if TYPE_CHECKING:
    from tasks.recall.trees import Trees

ChangedLine = tuple[str, int, str, str]
"""Path, line number in the base, "-" or "+", text: one line that an edit takes away or brings."""


@dataclass(frozen=True)
class Attempt:
    """A change with its idea, its tree and, where the edits are at hand, the lines it changes.

    `verdict` is empty for a proposal of the same batch, which was not tried yet.
    """

    id: str
    title: str
    idea: str
    tree: str
    edit_digest: str
    verdict: str
    proposal_id: str | None
    refines: str | None
    files: frozenset[str]
    lines: frozenset[ChangedLine] | None

    @classmethod
    def of_proposal(cls, proposal: Proposal, trees: Trees) -> Attempt:
        """A proposal that is being screened."""
        return cls(
            id=proposal.id,
            title=proposal.title,
            idea=proposal.idea,
            tree=trees.digest(proposal.base),
            edit_digest=proposal.edit_digest,
            verdict="",
            proposal_id=proposal.id,
            refines=proposal.refines,
            files=frozenset(edit.path for edit in proposal.edits),
            lines=changed_lines(proposal, trees),
        )

    @classmethod
    def of_entry(cls, entry: ExperienceEntry, source: Proposal | None, trees: Trees) -> Attempt:
        """A remembered trial, with the proposal it came from where that is still at hand."""
        return cls(
            id=entry.id,
            title=entry.title,
            idea=entry.idea,
            tree=entry.tree,
            edit_digest=entry.edit_digest,
            verdict=entry.verdict,
            proposal_id=source.id if source else None,
            refines=source.refines if source else None,
            files=frozenset(edit.path for edit in source.edits) if source else frozenset(),
            lines=changed_lines(source, trees) if source else None,
        )

    @property
    def told(self) -> str:
        """How a sentence names it."""
        fate = f"was {self.verdict.replace('_', ' ')}" if self.verdict else "is in the same batch"
        return f'"{self.title}" ({self.id}), which {fate}'

    def same_edit(self, other: Attempt) -> bool:
        """Whether both leave the very same files in the very same tree."""
        return self.tree == other.tree and self.edit_digest == other.edit_digest

    def mends(self, other: Attempt) -> bool:
        """Whether this proposal says that it refines the other."""
        return self.refines is not None and self.refines == other.proposal_id


def likeness(one: Attempt, other: Attempt) -> float:
    """Of the lines that either changes, the share that both change alike, in 0 to 1.

    0 when the trees differ, no file is touched by both, or the edits of one are not at hand.
    """
    if one.lines is None or other.lines is None:
        return 0.0
    if one.tree != other.tree or not one.files & other.files:
        return 0.0
    union = one.lines | other.lines
    return len(one.lines & other.lines) / len(union) if union else 1.0


def changed_lines(proposal: Proposal, trees: Trees) -> frozenset[ChangedLine]:
    """The lines a proposal changes, blank lines and comment lines left out of account."""
    changed: set[ChangedLine] = set()
    for edit in proposal.edits:
        before = _telling(trees.text(proposal.base, edit.path))
        after = _telling(edit.content or "")
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        for tag, start, stop, new_start, new_stop in matcher.get_opcodes():
            if tag == "equal":
                continue
            changed |= {(edit.path, i, "-", before[i]) for i in range(start, stop)}
            changed |= {(edit.path, start, "+", line) for line in after[new_start:new_stop]}
    return frozenset(changed)


def _telling(text: str) -> list[str]:
    lines = (line.rstrip() for line in text.splitlines())
    return [line for line in lines if line and not line.lstrip().startswith("#")]

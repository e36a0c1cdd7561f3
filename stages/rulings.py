"""Rulings of a run: the type of every proposal by its text, kept in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from stages.run import Run
from tasks.records.change import Proposal
from tasks.records.ruling import Ruling
from tasks.ruling import FileChange, rule

LOG = "rulings"


def ruling_of(run: Run, proposal: Proposal) -> Ruling:
    """What the rule says of a proposal, against the tree that its edits were made on."""
    tree = run.workspace.checkout(proposal.base)
    kind, reason = rule(
        [FileChange(edit.path, _text(tree / edit.path), edit.content) for edit in proposal.edits]
    )
    return Ruling(proposal=proposal.id, declared=proposal.change_type, ruled=kind, reason=reason)


def record_rulings(run: Run, proposals: Iterable[Proposal]) -> Mapping[str, Ruling]:
    """Rules on each proposal and keeps what is new; a resumed run rules alike.

    Returns what `rulings` would now.
    """
    known = dict(rulings(run))
    for proposal in proposals:
        ruling = ruling_of(run, proposal)
        if known.get(proposal.id) != ruling:
            run.ledger.append(LOG, ruling)
            known[proposal.id] = ruling
    return known


def rulings(run: Run) -> Mapping[str, Ruling]:
    """The last ruling on every proposal, by its id: a repair may change what it is."""
    return {ruling.proposal: ruling for ruling in run.ledger.read(LOG, Ruling)}


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None

"""Repair: a change that failed its smoke test, mended by what the failing step printed."""

from __future__ import annotations

import difflib

import dspy

from researchers.language_model import brief
from researchers.language_model.drafts import NAME
from researchers.language_model.edits import file_edits
from researchers.language_model.fence import clipped, fenced
from researchers.language_model.portable import portable
from researchers.language_model.signatures import REPAIR_CHANGE
from researchers.language_model.source import Source
from researchers.language_model.step import Step
from researchers.language_model.thinking import Thinker, Unusable
from tasks.records.base import digest_of
from tasks.records.candidate import Failure
from tasks.records.change import FileEdit, Proposal, edits_digest
from tasks.records.dossier import Dossier
from tasks.records.evidence import Location

MOST_OUTPUT = 5_000
MOST_DIFF = 8_000


def mend(thinker: Thinker, dossier: Dossier, failure: Failure) -> Proposal | None:
    """The proposal mended; None where the model gives up. Raises StepFailed."""
    proposal = failure.proposal
    overlay = {edit.path: edit.content for edit in proposal.edits}
    source = Source(dossier, overlay)

    def use(answer: dspy.Prediction) -> tuple[FileEdit, ...]:
        if answer.give_up:
            return ()
        if not answer.edits:
            raise Unusable(["there are no edits: give some, or give up"])
        changed = {edit.path: edit for edit in file_edits(answer.edits, source)}
        whole = overlay | {path: edit.content for path, edit in changed.items()}
        edits = tuple(FileEdit(path=path, content=text) for path, text in sorted(whole.items()))
        if edits_digest(edits) in dossier.tried | {proposal.edit_digest}:
            raise Unusable(["this leaves the files as they were when the change failed"])
        return edits

    edits = thinker.ask(
        Step("self_repair", f"repair, try {failure.attempt}", proposal.id),
        REPAIR_CHANGE,
        use,
        target=brief.target(dossier),
        attempt=fenced("change", _told(dossier, proposal)),
        failure=fenced("failure", f"step: {failure.step}\n{_output(failure, source)}"),
        sources=brief.sources(source, _places(proposal)),
    )
    if not edits:
        return None
    return proposal.model_copy(
        update={
            "id": digest_of([NAME, proposal.id, edits_digest(edits)])[:12],
            "edits": edits,
            "refines": proposal.id,
        }
    )


def _told(dossier: Dossier, proposal: Proposal) -> str:
    """The intent of a change and its diff."""
    before = Source(dossier)
    lines: list[str] = []
    for edit in proposal.edits:
        old, new = before.lines(edit.path), (edit.content or "").splitlines()
        lines += difflib.unified_diff(old, new, f"a/{edit.path}", f"b/{edit.path}", lineterm="")
    diff = clipped("\n".join(lines), MOST_DIFF)
    return f"{proposal.title}\n{proposal.rationale}\n{diff}"


def _output(failure: Failure, source: Source) -> str:
    return clipped(portable(failure.output, source.files), MOST_OUTPUT)


def _places(proposal: Proposal) -> tuple[Location, ...]:
    return tuple(Location(path=e.path, line=1) for e in proposal.edits if e.content is not None)

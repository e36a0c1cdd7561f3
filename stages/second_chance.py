"""Second chances: what pointed upwards on an earlier champion is tried again on the new one.

A change can be masked: mending what hides it makes its effect plain. It is a new test, and counts
as one in the correction.
"""

from __future__ import annotations

from collections.abc import Iterator

from stages.run import Run
from tasks.patch import merge_all
from tasks.records.base import digest_of
from tasks.records.candidate import Candidate
from tasks.records.change import FileEdit, Proposal
from tasks.records.outputs import Decision, Repairs

PROMISING = 0.1
"""One-sided p-value below which an indecisive gain is worth another look."""
MOST = 4


def second_chances(run: Run, champion: str) -> tuple[Proposal, ...]:
    """The most promising indecisive changes of earlier champions, replayed on this one."""
    again = sorted(_promising(run, champion), key=lambda pair: (pair[0], pair[1].id))
    proposals = (_replay(run, champion, p_value, candidate) for p_value, candidate in again)
    return tuple(proposal for proposal in proposals if proposal is not None)[:MOST]


def _promising(run: Run, champion: str) -> Iterator[tuple[float, Candidate]]:
    """P-value and candidate, each idea once: its latest trial counts."""
    latest: dict[str, tuple[float, Candidate]] = {}
    for round_ in run.ledger.rounds(21):
        decision = run.stored(21, round_, Decision)
        repairs = run.stored(17, round_, Repairs)
        if decision is None or repairs is None:
            continue
        by_id = {candidate.id: candidate for candidate in repairs.ready}
        for verdict in decision.verdicts:
            candidate = by_id.get(verdict.candidate)
            if candidate is None or verdict.dev is None:
                continue
            idea = candidate.proposal.refines or candidate.id
            latest.pop(idea, None)
            upward = verdict.dev.delta > 0 and verdict.dev.p_value < PROMISING
            open_ = verdict.verdict in {"indecisive", "traded"}
            if open_ and upward and candidate.parent != champion:
                latest[idea] = (verdict.dev.p_value, candidate)
    yield from latest.values()


def _replay(run: Run, champion: str, p_value: float, candidate: Candidate) -> Proposal | None:
    name = digest_of([candidate.id, champion])[:12]
    commit, held, _ = merge_all(champion, [candidate], run.workspace, f"again-{name}")
    if not held or run.workspace.tree_of(commit) == run.workspace.tree_of(champion):
        return None
    tree = run.workspace.checkout(commit)
    edits = tuple(
        FileEdit(
            path=path,
            content=(tree / path).read_text("utf-8") if (tree / path).is_file() else None,
        )
        for path in run.workspace.changed_files(champion, commit)
    )
    old = candidate.proposal
    return old.model_copy(
        update={
            "id": name,
            "base": champion,
            "edits": edits,
            "priority": 2.0 - p_value,
            "refines": old.refines or old.id,
        }
    )

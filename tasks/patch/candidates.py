"""From proposals to candidates: scope check, commit with trailers, diff."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.patch.edits import EditError, check_scope
from tasks.patch.workspace import Conflict, Workspace
from tasks.records.candidate import Candidate, SmokeResult
from tasks.records.change import FineType, Proposal
from tasks.target import Target


def apply_proposal(
    proposal: Proposal,
    target: Target,
    workspace: Workspace,
    run: str,
    credited: FineType | None = None,
) -> Candidate | SmokeResult:
    """Commits a proposal on its base; a refused one comes back as a failed `apply` step.

    `credited` is the type that it counts as, by rule; None where no rule was asked.
    """
    try:
        check_scope(proposal, target)
        commit = workspace.commit(
            proposal.base,
            proposal.edits,
            f"{proposal.title}\n\n{proposal.rationale}",
            trailers(proposal, run, credited or proposal.change_type),
            proposal.id,
        )
    except EditError as error:
        return SmokeResult(candidate=proposal.id, step="apply", output=str(error))
    return describe(proposal, proposal.base, commit, workspace)


def describe(proposal: Proposal, parent: str, commit: str, workspace: Workspace) -> Candidate:
    """The candidate record of a commit that exists."""
    return Candidate(
        id=proposal.id,
        proposal=proposal,
        parent=parent,
        commit=commit,
        tree=workspace.tree_of(commit),
        branch="",
        diff=workspace.diff(parent, commit),
        files=workspace.changed_files(parent, commit),
    )


def trailers(proposal: Proposal, run: str, credited: FineType) -> dict[str, str]:
    """The git trailers by which a commit can be traced to its run and its cause.

    The type is the one that credit goes to; what the proposer called it stands beneath.
    """
    pairs = {
        "Whetstone-Run": run,
        "Whetstone-Change": proposal.id,
        "Whetstone-Type": credited,
        "Whetstone-Declared-Type": proposal.change_type,
        "Whetstone-Source": proposal.source,
        "Whetstone-Researcher": proposal.researcher,
        "Whetstone-Hypothesis": proposal.hypothesis,
    }
    return {key: value for key, value in pairs.items() if value}


def merge_all(
    onto: str, changes: Sequence[Candidate], workspace: Workspace, name: str
) -> tuple[str, tuple[Candidate, ...], tuple[tuple[Candidate, Conflict], ...]]:
    """Replays changes one after another, passing over those that conflict with earlier ones.

    Returns the commit, the changes it holds, and those left out with git's reason.
    """
    head, held, left = onto, [], []
    for change in changes:
        merged = workspace.merge(head, [change.commit], f"{name}-{change.id}")
        if isinstance(merged, Conflict):
            left.append((change, merged))
        else:
            head = merged
            held.append(change)
    return head, tuple(held), tuple(left)

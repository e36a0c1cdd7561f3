"""Refinements: promising changes of one type, too small to tell apart alone, tried together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from stages.run import Run
from tasks.patch import merge_all
from tasks.records.base import digest_of
from tasks.records.candidate import Candidate
from tasks.records.change import FileEdit, Proposal
from tasks.records.trial import Verdict

LARGEST_BUNDLE = 4


def refinements_of(
    run: Run, champion: str, candidates: Sequence[Candidate], verdicts: Sequence[Verdict]
) -> tuple[Proposal, ...]:
    """One bundle a change type, of at least two indecisive candidates that pointed upwards.

    Types are not mixed: a bundle is credited as one change, and its type must be plain.
    """
    upward = {
        v.candidate: v.dev.delta
        for v in verdicts
        if v.verdict == "indecisive" and v.dev is not None and v.dev.delta > 0
    }
    promising = sorted(
        (c for c in candidates if c.id in upward and c.parent == champion),
        key=lambda c: (c.proposal.rolled_up, -upward[c.id], c.id),
    )
    bundles = []
    for _, members in groupby(promising, key=lambda c: c.proposal.rolled_up):
        bundle = _bundle(run, champion, list(members)[:LARGEST_BUNDLE])
        if bundle is not None:
            bundles.append(bundle)
    return tuple(bundles)[: run.remaining()]


def _bundle(run: Run, champion: str, members: Sequence[Candidate]) -> Proposal | None:
    if len(members) < 2 or members[0].proposal.change_type == "hyperparameter":
        return None
    if any(member.proposal.source == "refine" for member in members):
        return None
    name = digest_of([member.id for member in members])[:12]
    commit, held, _ = merge_all(champion, members, run.workspace, f"refine-{name}")
    if len(held) < 2:
        return None
    tree = run.workspace.checkout(commit)
    edits = [
        FileEdit(
            path=path,
            content=(tree / path).read_text("utf-8") if (tree / path).is_file() else None,
        )
        for path in run.workspace.changed_files(champion, commit)
    ]
    first = held[0].proposal
    return Proposal(
        id=name,
        title=" + ".join(member.proposal.title for member in held),
        rationale="Each pointed upwards and none could be told apart from no effect alone: "
        + " / ".join(member.proposal.rationale for member in held),
        change_type=first.change_type,
        base=champion,
        edits=tuple(edits),
        source="refine",
        researcher=first.researcher,
        hypothesis=first.hypothesis,
        findings=tuple(f for member in held for f in member.proposal.findings),
        refines=first.id,
    )

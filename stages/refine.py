"""Refinements: promising changes of one type, too small to tell apart alone, tried together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from stages.rulings import ruling_of
from stages.run import Run
from tasks.patch import merge_all
from tasks.records.base import digest_of
from tasks.records.candidate import Candidate
from tasks.records.change import ROLL_UP, FileEdit, FineType, Proposal
from tasks.records.trial import Verdict

LARGEST_BUNDLE = 4


def refinements_of(
    run: Run, champion: str, candidates: Sequence[Candidate], verdicts: Sequence[Verdict]
) -> tuple[Proposal, ...]:
    """One bundle a change type, of at least two indecisive candidates that pointed upwards.

    Types, by rule, are not mixed: a bundle is credited as one change, and its type must be plain.
    """
    upward = {
        v.candidate: v.dev.delta
        for v in verdicts
        if v.verdict == "indecisive" and v.dev is not None and v.dev.delta > 0
    }
    found = [c for c in candidates if c.id in upward and c.parent == champion]
    kinds = {c.id: ruling_of(run, c.proposal).credited for c in found}
    found.sort(key=lambda c: (ROLL_UP[kinds[c.id]], -upward[c.id], c.id))
    bundles = []
    for _, members in groupby(found, key=lambda c: ROLL_UP[kinds[c.id]]):
        bundle = _bundle(run, champion, list(members)[:LARGEST_BUNDLE], kinds)
        if bundle is not None:
            bundles.append(bundle)
    return tuple(bundles)[: run.remaining()]


def _bundle(
    run: Run, champion: str, members: Sequence[Candidate], kinds: Mapping[str, FineType]
) -> Proposal | None:
    if len(members) < 2 or kinds[members[0].id] == "hyperparameter":
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
        change_type=kinds[first.id],
        base=champion,
        edits=tuple(edits),
        source="refine",
        researcher=first.researcher,
        hypothesis=first.hypothesis,
        findings=tuple(f for member in held for f in member.proposal.findings),
        refines=first.id,
    )

"""The novelty screen: which proposals are new, which repeat what was tried, and why.

The rule, in order, for one proposal:

1. The same edit (equal digest) against the same tree is a duplicate.
2. The same idea (cosine at or above the threshold) against the same tree, touching a file that the
   earlier edit touched too, is a duplicate unless the edits differ materially: unless fewer than
   `SAME_EDIT` of the lines that either changes, taken with their place, are changed by both alike.
   The same idea at another place, or carried out otherwise, is therefore new.
3. Anything else is new. Each failure of the same idea, here by another edit or in another tree,
   makes it less urgent: n failures give the penalty 1 / (1 + n).

Attempts that were accepted or superseded forbid nothing: repeating what worked, in a later run, is
how that run gets there too. A proposal that refines an earlier one is held against that one by the
first clause alone. Of an attempt whose edits are not at hand, only its digest and idea are known,
so the second clause cannot apply to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tasks.recall.attempts import Attempt, likeness
from tasks.recall.embedding import embed as embed_with_minilm
from tasks.records.base import Record
from tasks.records.change import Proposal
from tasks.records.knowledge import ExperienceEntry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tasks.recall.trees import Trees

THRESHOLD = 0.7
"""Cosine of two ideas' embeddings from which on they count as one idea.

Paraphrases of one idea lie mostly above it, different ideas about one component below; an idea that
is taken for another's by mistake loses priority, and is dropped only if its edit is the same too.
"""

SAME_EDIT = 0.8
"""Share of changed lines in common from which on two edits count as one."""

_FORGIVEN = frozenset({"accepted", "superseded"})
_FAILURES = frozenset(
    {"rejected", "contradicted", "overfit", "raced_out", "failed", "disqualified"}
)
_NEIGHBOURS = 64


class NoveltyDecision(Record):
    """Whether a proposal is new, and why, in a sentence.

    `nearest` is the id of the attempt with the closest idea, at cosine `similarity`, or of the one
    that it duplicates. `penalty`, in 0 to 1, is a factor for the proposal's priority.
    """

    proposal_id: str
    novel: bool
    reason: str
    nearest: str | None
    similarity: float
    penalty: float = 1.0


def screen(
    proposals: Sequence[Proposal],
    tried: Sequence[ExperienceEntry],
    *,
    trees: Trees,
    known: Sequence[Proposal] = (),
    threshold: float = THRESHOLD,
    embed: Callable[[Sequence[str]], NDArray[np.float32]] = embed_with_minilm,
) -> tuple[NoveltyDecision, ...]:
    """One decision a proposal, in order; an earlier one of the batch counts as tried.

    `known` are the proposals behind `tried` whose edits are at hand, matched by edit digest;
    `trees` reads the commits that they and the proposals are made against.
    """
    edits = {proposal.edit_digest: proposal for proposal in known}
    past = [Attempt.of_entry(entry, edits.get(entry.edit_digest), trees) for entry in tried]
    batch = [Attempt.of_proposal(proposal, trees) for proposal in proposals]
    ranked = _rank(batch, [*past, *batch], embed)
    decisions: list[NoveltyDecision] = []
    for position, attempt in enumerate(batch):
        earlier = [b for b, d in zip(batch, decisions, strict=False) if d.novel]
        allowed = {id(a) for a in (*past, *earlier)}
        near = [(other, cosine) for other, cosine in ranked[position] if id(other) in allowed]
        decisions.append(_decide(attempt, [*past, *earlier], near, threshold))
    return tuple(decisions)


def _decide(
    attempt: Attempt,
    attempts: Sequence[Attempt],
    near: Sequence[tuple[Attempt, float]],
    threshold: float,
) -> NoveltyDecision:
    """`attempts` are all that count as tried, `near` those with close ideas, closest first."""
    cosine = {id(other): value for other, value in near}
    for other in attempts:
        if attempt.same_edit(other) and other.verdict not in _FORGIVEN:
            reason = f"It makes exactly the edit of {other.told}."
            return _decision(attempt, False, reason, other, cosine.get(id(other), 1.0))
    alike = [
        (other, value) for other, value in near if value >= threshold and not attempt.mends(other)
    ]
    for other, value in alike:
        shared = likeness(attempt, other)
        if shared >= SAME_EDIT and other.verdict not in _FORGIVEN:
            reason = f"It repeats {other.told}, with {shared:.0%} of the changed lines the same."
            return _decision(attempt, False, reason, other, value)
    failures = [other for other, _ in alike if other.verdict in _FAILURES]
    nearest, value = near[0] if near else (None, 0.0)
    if failures:
        times = "once" if len(failures) == 1 else f"{len(failures)} times"
        reason = (
            f"The idea failed {times} by another edit or in another tree, as {failures[0].told}."
        )
        return _decision(attempt, True, reason, nearest, value, 1.0 / (1 + len(failures)))
    if nearest is None:
        return _decision(attempt, True, "Nothing was tried before it.", None, 0.0)
    close = "resembles but is not" if value >= threshold else "is not like"
    return _decision(attempt, True, f"It {close} {nearest.told}.", nearest, value)


def _decision(
    attempt: Attempt,
    novel: bool,
    reason: str,
    nearest: Attempt | None,
    similarity: float,
    penalty: float = 1.0,
) -> NoveltyDecision:
    return NoveltyDecision(
        proposal_id=attempt.id,
        novel=novel,
        reason=reason,
        nearest=None if nearest is None else nearest.id,
        similarity=similarity,
        penalty=penalty,
    )


def _rank(
    batch: Sequence[Attempt],
    attempts: Sequence[Attempt],
    embed: Callable[[Sequence[str]], NDArray[np.float32]],
) -> list[list[tuple[Attempt, float]]]:
    """For each of the batch the attempts with the closest ideas, at most `_NEIGHBOURS`."""
    if not batch:
        return []
    import torch

    from kernels import topk_cosine

    device = "cuda" if torch.cuda.is_available() else "cpu"
    memory = torch.from_numpy(embed([attempt.idea for attempt in attempts])).to(device)
    found = topk_cosine(memory[-len(batch) :], memory, _NEIGHBOURS)
    return [
        [(attempts[i], score) for score, i in zip(scores, indices, strict=True) if i >= 0]
        for scores, indices in zip(found.scores.tolist(), found.indices.tolist(), strict=True)
    ]

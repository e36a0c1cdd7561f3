"""Drafts: one change a hypothesis, as checked edits of whole files."""

from __future__ import annotations

from collections.abc import Sequence

import dspy

from researchers.language_model import archive, brief
from researchers.language_model.answers import Change
from researchers.language_model.edits import file_edits
from researchers.language_model.fence import fenced, one_line
from researchers.language_model.signatures import DRAFT_CHANGE
from researchers.language_model.source import Source
from researchers.language_model.step import Step
from researchers.language_model.thinking import Thinker, Unusable
from tasks.records.base import digest_of
from tasks.records.change import FileEdit, Hypothesis, Proposal, edits_digest
from tasks.records.dossier import Dossier, Unmatched
from tasks.records.evidence import Location

NAME = "language_model"
DRAFT = "model:draft"
REFINE = "model:refine"
MOST_LOOKED = 4
"""Further files that a draft may ask to see."""


def draft(thinker: Thinker, dossier: Dossier, hypothesis: Hypothesis) -> Proposal | Unmatched:
    """The change that mends one cause, or why there is none. Raises StepFailed."""
    where = ", ".join(f"{p.path}:{p.line}" for p in hypothesis.places)
    told = fenced("cause", f"{hypothesis.statement}\nplaces: {where}")
    step = Step("draft_changes", "draft a change", hypothesis.id)
    made = _change(thinker, dossier, step, told, hypothesis.statement, hypothesis.places)
    if isinstance(made, Unmatched):
        return made
    change, edits = made
    return proposal_of(
        dossier, change, edits, DRAFT, hypothesis=hypothesis.id, findings=hypothesis.findings
    )


def refined(
    thinker: Thinker, dossier: Dossier, trial: Proposal, diff: str, how: str
) -> Proposal | Unmatched:
    """Another form of a change that was tried, against the same tree. Raises StepFailed."""
    told = fenced(
        "a change that was tried, and what to do differently",
        f"{trial.title}\n{trial.rationale}\ndo differently: {how}\n{diff[:6_000]}",
    )
    places = tuple(Location(path=edit.path, line=1) for edit in trial.edits)
    step = Step("decide", "refine a change", trial.id)
    made = _change(thinker, dossier, step, told, f"{trial.title}. {how}", places)
    if isinstance(made, Unmatched):
        return made
    change, edits = made
    return proposal_of(
        dossier, change, edits, REFINE, hypothesis=trial.hypothesis, findings=trial.findings,
        refines=trial.id,
    )  # fmt: skip


def _change(
    thinker: Thinker,
    dossier: Dossier,
    step: Step,
    told: str,
    idea: str,
    places: Sequence[Location],
) -> tuple[Change, tuple[FileEdit, ...]] | Unmatched:
    """A change with its files, or the model's reason for having none.

    Once it may ask for further files to see; these come first, so that there is room for them.
    """
    source = Source(dossier)
    looked: list[Location] = []

    def use(answer: dspy.Prediction) -> tuple[Change, tuple[FileEdit, ...]] | Unmatched:
        change: Change = answer.change
        if not change.edits:
            looked.extend(_further(change, source, places)[: MOST_LOOKED - len(looked)])
            return Unmatched(source=DRAFT, reason=one_line(f"{idea}: {change.rationale}", 400))
        edits = file_edits(change.edits, source)
        if edits_digest(edits) in dossier.tried:
            raise Unusable(["this very edit was tried: do it otherwise, or give no edits"])
        return change, edits

    asked = {
        "target": brief.target(dossier),
        "cause": told,
        "lessons": archive.lessons_for(dossier, idea),
    }
    shown = brief.sources(source, places)
    made = thinker.ask(step, DRAFT_CHANGE, use, sources=shown, **asked)
    if looked:
        shown = brief.sources(source, [*looked, *places])
        made = thinker.ask(step, DRAFT_CHANGE, use, sources=shown, **asked)
    return made


def _further(change: Change, source: Source, places: Sequence[Location]) -> list[Location]:
    """Files that a draft asks to see and was not shown."""
    known = {place.path for place in places}
    wanted = dict.fromkeys(path for path in change.look if path not in known)
    return [Location(path=path, line=1) for path in wanted if source.text(path) is not None]


def proposal_of(
    dossier: Dossier,
    change: Change,
    edits: tuple[FileEdit, ...],
    source: str,
    *,
    hypothesis: str = "",
    findings: tuple[str, ...] = (),
    refines: str | None = None,
) -> Proposal:
    """The record of a change; its texts are single lines, so that no commit message is forged."""
    return Proposal(
        id=digest_of([NAME, dossier.base, change.title, edits_digest(edits)])[:12],
        title=one_line(change.title, 100) or "Untitled change",
        rationale=one_line(change.rationale, 800),
        change_type=change.change_type,
        base=dossier.base,
        edits=edits,
        source=source,
        researcher=NAME,
        hypothesis=hypothesis,
        findings=findings,
        priority=change.confidence,
        refines=refines,
    )

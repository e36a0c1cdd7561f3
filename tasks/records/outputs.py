"""What each stage hands on, where that is more than one plain record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from tasks.records.base import Record
from tasks.records.candidate import Candidate, Failure, SmokeResult
from tasks.records.change import Finding, Hypothesis, Proposal
from tasks.records.dossier import Sample
from tasks.records.evidence import FailureReport, ProbeResult
from tasks.records.knowledge import ExperienceHit, KnowledgeHit
from tasks.records.reflection import Lesson
from tasks.records.score import Difference, Evaluation, NoiseFloor, Summary
from tasks.records.trial import AuditNote, Trial, Verdict


class Goal(Record):
    """What this run sets out to do: stage 1's reading of the contract, with the budget fixed.

    `select_items` of the `dev_items` are kept from the search.
    """

    target: str
    contract: str
    metric: str
    kind: str
    direction: str
    unit: str
    guarded: bool
    researcher: str
    seed: int
    experiments: int
    minutes: float
    sealed_openings: int
    data: str
    dev_items: int
    select_items: int
    sealed_items: int
    dev_groups: tuple[str, ...]
    sealed_groups: tuple[str, ...]
    repairs: Mapping[str, int]


class Property(Record):
    """One readiness property: what was required, what was measured, whether it holds."""

    name: Literal["scalar_metric", "modular", "fast_iteration", "version_control"]
    required: str
    measured: str
    passed: bool


class Readiness(Record):
    """The four properties; the gate opens when all hold."""

    properties: tuple[Property, ...]

    @property
    def passed(self) -> bool:
        """True when every property holds."""
        return all(p.passed for p in self.properties)


class Pin(Record):
    """The target, pinned: base commit, digests of protected files, environment lock.

    `dirty` counts files of the user's repository with uncommitted changes: they are not part of
    the base. `environment` is the digest of `packages`.
    """

    source: str
    base: str
    tree: str
    protected: Mapping[str, str]
    packages: Mapping[str, str]
    environment: str
    python: str
    sandbox: str
    dirty: int = 0


class Baseline(Record):
    """The untouched base on dev: the evaluation that candidates are paired with, and its noise."""

    evaluation: Evaluation
    summary: Summary
    noise: NoiseFloor


class Failures(Record):
    """Stage 7: the slices, a bounded sample of items to look at, and what the probes showed."""

    report: FailureReport
    samples: tuple[Sample, ...]
    probes: tuple[ProbeResult, ...] = ()


class Knowledge(Record):
    """Stage 8: published knowledge that fits the failures."""

    hits: tuple[KnowledgeHit, ...]


class Experience(Record):
    """Stage 9: what earlier trials of such ideas brought; `known` counts all remembered ones."""

    hits: tuple[ExperienceHit, ...]
    known: int


class Findings(Record):
    """Stage 10: suspicious places, strongest first."""

    findings: tuple[Finding, ...]


class Hypotheses(Record):
    """Stage 11: causes with predicted effects."""

    hypotheses: tuple[Hypothesis, ...]


class ScreenDecision(Record):
    """Stage 13 on one proposal: kept or dropped, why, and the factor on its priority."""

    proposal: str
    kept: bool
    reason: str
    factor: float = 1.0


class Screening(Record):
    """Stage 13: all decisions."""

    decisions: tuple[ScreenDecision, ...]


class Allocation(Record):
    """Stage 14: which proposals get an evaluation this round, and how many the tuner gets.

    `remaining` is what is left of the run's experiments after this round's share.
    """

    selected: tuple[str, ...]
    deferred: tuple[str, ...]
    tuner_trials: int
    remaining: int
    reason: str


class Candidates(Record):
    """Stage 15: proposals that became commits, and those that could not."""

    candidates: tuple[Candidate, ...]
    refused: tuple[SmokeResult, ...] = ()


class SmokeReport(Record):
    """Stage 16: how far every candidate came."""

    results: tuple[SmokeResult, ...]


class Repairs(Record):
    """Stage 17: the candidates fit for a trial, every repair that was asked for, and the rest.

    `idle` ones answer as their parent does, so that a trial would show nothing.
    """

    ready: tuple[Candidate, ...]
    attempts: tuple[Failure, ...] = ()
    given_up: tuple[SmokeResult, ...] = ()
    idle: tuple[SmokeResult, ...] = ()


class Trials(Record):
    """Stage 18: every trial of the round, the tuner's included."""

    trials: tuple[Trial, ...]


class Audit(Record):
    """Stage 19: every integrity check of the round."""

    notes: tuple[AuditNote, ...]


class Validation(Record):
    """Stage 20: the round's dev tests, the merge of what passed, and the sealed look at it.

    `merged` is the commit that holds all of `merged_changes` on top of the champion; None when
    nothing passed. `sealed` is None when the split was not opened this round, and `note` says why.
    `waiting` are changes that passed and are held back for a round (see stages/partial.py).
    """

    verdicts: tuple[Verdict, ...]
    waiting: tuple[str, ...] = ()
    merged: Candidate | None = None
    merged_changes: tuple[str, ...] = ()
    merged_evaluation: Evaluation | None = None
    sealed: Difference | None = None
    contradicted: bool = False
    openings: int = 0
    note: str = ""


class Decision(Record):
    """Stage 21: where the run goes, the champion it goes on with, and why.

    `refinements` are tried next when the action is to refine. `lessons` and `direction` are what
    the researcher made of the round.
    """

    champion: str
    action: Literal["accept", "refine", "pivot", "revert", "stop"]
    next_stage: Literal["next_round", "apply_patch", "form_hypotheses", "attribute_gains"]
    reason: str
    verdicts: tuple[Verdict, ...]
    refinements: tuple[Proposal, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    direction: str = ""

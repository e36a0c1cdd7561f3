"""The dossier: all that a researcher is given, and all that it may hand back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field

from tasks.records.base import Record
from tasks.records.change import Proposal
from tasks.records.evidence import CodeMap, FailureReport, FlowTrace, ProbeResult
from tasks.records.knowledge import ExperienceHit, KnowledgeHit
from tasks.records.lab import Lab
from tasks.records.reflection import PastTrial
from tasks.records.score import NoiseFloor


class MetricCard(Record):
    """What a researcher knows of the metric: `notes` is its public documentation."""

    name: str
    kind: str
    direction: str
    unit: str
    notes: str


class Sample(Record):
    """One development item as the researcher may see it, its gold included.

    Gold of development items is for thinking only: it never enters a sandbox, and an audit looks
    for it in every edit.
    """

    item: str
    group: str
    question: str
    gold: str
    prediction: str
    score: float
    slices: Mapping[str, str] = Field(default_factory=dict)


class Unmatched(Record):
    """A recipe or operator that was considered and does not apply here, with the reason."""

    source: str
    reason: str


class Drafts(Record):
    """What `propose` returns: proposals, best first, and what did not match."""

    proposals: tuple[Proposal, ...]
    unmatched: tuple[Unmatched, ...] = ()


@dataclass(frozen=True)
class Dossier:
    """The champion's tree and everything measured about it so far.

    `root` is a read-only checkout of commit `base`. Paths that fail `may_edit` must not appear in
    a proposal. `hyperparameters` are `file:key` of declared knobs, which the tuner owns.
    `prompts` are files whose text instructs a model inside the target.

    `shown` is a copy of `root` for whoever reads tests too: held-out ones are cut out of it. None
    where nothing is held out that the tree holds. `score` is the champion's mean on the items that
    the search sees. `archive` is what this run has tried, best first, and `direction` what the last
    round advised. `lab` is where a researcher asks for more; None where there is no run to ask.
    """

    root: Path
    base: str
    editable: tuple[str, ...]
    protected: tuple[str, ...]
    metric: MetricCard
    code_map: CodeMap
    trace: FlowTrace
    failures: FailureReport
    samples: tuple[Sample, ...] = ()
    probes: tuple[ProbeResult, ...] = ()
    knowledge: tuple[KnowledgeHit, ...] = ()
    experience: tuple[ExperienceHit, ...] = ()
    hyperparameters: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    seed: int = 0
    shown: Path | None = None
    score: float | None = None
    noise: NoiseFloor | None = None
    archive: tuple[PastTrial, ...] = ()
    direction: str = ""
    lab: Lab | None = field(default=None, compare=False)
    tried: frozenset[str] = field(default_factory=frozenset)
    """Edit digests that need not be drafted again."""

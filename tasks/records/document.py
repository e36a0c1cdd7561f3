"""The run document: everything a run knows, as one JSON file for machines and for the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from tasks.records.base import Record
from tasks.records.change import ROLL_UP, ChangeType, FineType
from tasks.records.cost import Cost
from tasks.records.credit import CreditReport, Share
from tasks.records.score import Difference, NoiseFloor, Part, Summary
from tasks.records.usage import ModelEntry, Usage

SCHEMA_VERSION = 1
RunKind = Literal["improve", "automl"]
RunState = Literal["running", "completed", "failed", "stopped", "interrupted"]


class StageEntry(Record):
    """One of the 23 stages: `seconds` adds up over rounds, `runs` counts them."""

    number: int
    name: str
    phase: str
    status: Literal["pending", "running", "completed", "failed", "interrupted"]
    seconds: float
    runs: int


class Standing(Record):
    """How a tree does on both splits; `sealed` is None while it was not opened for it."""

    commit: str
    dev: Summary | None
    sealed: Summary | None


class ChangeEntry(Record):
    """One change that was tried: what it was, and what became of it.

    Of an accepted change, `shapley` is its credit on dev, `contribution` its leave-one-out
    difference: the champion minus the champion without it and what `needs` it; `alone` is what it
    adds to the base and its own `needs`. `dev` is the paired difference of its own trial, `search`
    and `select` how it did on the development items that the search sees, and on those it does not.
    The types are those that the rule gives by the text of the change; `declared_type` is what its
    proposer called it, `ruling` why the rule says so. `parent` is the commit that it was tried on,
    `cause` the hypothesis that it follows from, in words, `refines` the id of an earlier change
    that it was made from. `usage` is what a model was asked for it alone, and `traces` the MLflow
    traces of that.
    """

    id: str
    title: str
    rationale: str
    change_type: ChangeType
    fine_type: FineType
    source: str
    researcher: str
    round: int
    declared_type: FineType | None = None
    ruling: str = ""
    files: tuple[str, ...]
    commit: str
    verdict: str
    reason: str
    diff: str
    dev: Difference | None = None
    search: Part | None = None
    select: Part | None = None
    contribution: Difference | None = None
    contribution_note: str = ""
    shapley: Difference | None = None
    alone: Difference | None = None
    needs: tuple[str, ...] = ()
    mlflow_run: str = ""
    mlflow_page: str = ""
    usage: Usage | None = None
    traces: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    knowledge: tuple[str, ...] = ()
    parent: str = ""
    cause: str = ""
    refines: str = ""

    @property
    def renamed(self) -> bool:
        """Whether its proposer called it by another of the four types."""
        declared = self.declared_type
        return declared is not None and ROLL_UP[declared] != self.change_type

    @property
    def earned(self) -> Difference | None:
        """The credit that is shown first: the Shapley value, else leave-one-out."""
        return self.shapley or self.contribution


class CurvePoint(Record):
    """Best development score so far after `evaluations` candidates and `seconds` of the run.

    `passes` is the same in passes over all development items, everything that was spent counted,
    and `compute` in seconds in the sandbox (see `Cost`).
    """

    evaluations: int
    seconds: float
    best: float
    passes: float = 0.0
    compute: float = 0.0


class AutomlEntry(Record):
    """An arm without diagnosis: same evaluator, splits, seed and number of evaluations.

    `arm` is `declared` (Optuna over the declared knobs), `literals` (over every literal of the
    code), `random_edits` or `luck`. `sealed_gain` is at equal evaluations, `compute_gain` at equal
    seconds of computing, both on the sealed split; `compute_share` is how much of those seconds it
    had used by then: less than about 1 where a bound on its evaluations came first, or where it had
    tried all. `lead` and `sealed_lead` are the champion minus it at equal evaluations, item by
    item. `cost` is all that it spent.
    """

    arm: str = "declared"
    sampler: str
    evaluations: int
    parameters: Mapping[str, int | float | str | bool]
    dev: Summary | None
    sealed: Summary | None
    gain: Difference | None
    sealed_gain: Difference | None
    curve: tuple[CurvePoint, ...] = ()
    note: str = ""
    compute_gain: Difference | None = None
    compute_share: float | None = None
    lead: Difference | None = None
    sealed_lead: Difference | None = None
    cost: Cost = Cost()


class TypeCredit(Record):
    """What all accepted changes of one type earned.

    `shapley` is the sum of their Shapley values, by slice and by finer type too. `difference` is
    the full minus the full without them and what needs them, `sealed` that on the sealed split.
    """

    change_type: ChangeType
    changes: int
    difference: Difference | None
    note: str = ""
    shapley: Difference | None = None
    by_slice: Mapping[str, Mapping[str, Difference]] = Field(default_factory=dict)
    finer: tuple[Share, ...] = ()
    sealed: Difference | None = None

    @property
    def earned(self) -> Difference | None:
        """The credit that is shown first: the Shapley value, else what is lost without the type."""
        return self.shapley or self.difference


class Integrity(Record):
    """One integrity check of the whole run, in words."""

    check: str
    passed: bool
    detail: str


class MetricEntry(Record):
    """The metric as shown: `guarded` is False where the target scores itself."""

    name: str
    kind: str
    direction: str
    unit: str
    guarded: bool


class RunDocument(Record):
    """Everything about one run. `evaluations` counts candidate trees evaluated, all purposes.

    `evaluations_by_purpose` splits that count (baseline, trial, merge, credit, automl, sealed),
    `full_equivalents` is the same spending in full development passes, raced ones in part.
    `ending` is why the last decision ended the search, in words; empty while it goes on.
    `automl` is the first of `arms`. `cost` is what the search has cost, the arms and credit apart.
    `environment` says what it ran on: name to value, such as python and the digest of packages.
    """

    schema_version: int = SCHEMA_VERSION
    run: str
    status: RunState
    target: str
    description: str
    metric: MetricEntry
    seed: int
    researcher: str
    model: ModelEntry | None = None
    started: str
    stages: tuple[StageEntry, ...]
    noise_floor: NoiseFloor | None
    baseline: Standing | None
    champion: Standing | None
    gain: Difference | None
    sealed_gain: Difference | None
    accepted: tuple[ChangeEntry, ...]
    rejected: tuple[ChangeEntry, ...]
    by_type: tuple[TypeCredit, ...]
    credit: CreditReport | None = None
    automl: AutomlEntry | None
    arms: tuple[AutomlEntry, ...] = ()
    cost: Cost = Cost()
    curve: tuple[CurvePoint, ...]
    evaluations: int
    evaluations_by_purpose: Mapping[str, int]
    full_equivalents: float
    cache_hits: int
    seconds: float
    sandbox: str
    sealed_openings: int
    branch: str
    base_commit: str
    repository: str
    report: str
    mlflow: str
    degradations: tuple[str, ...]
    integrity: tuple[Integrity, ...]
    commands: Mapping[str, str]
    error: str = ""
    ending: str = ""
    environment: Mapping[str, str] = Field(default_factory=dict)

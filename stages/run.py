"""One run: its settings, and the services that stages ask for, each built when first needed."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Event
from typing import TypeVar

from pydantic import TypeAdapter

from memory_systems.benchmark import Benchmark
from researchers.protocol import Researcher
from stages import material
from stages.desk import RunDesk
from stages.progress import Progress, Silent
from stages.settings import Mapper, Settings, threads
from stages.status import note_stage
from tasks.files import write_atomically
from tasks.home import Home
from tasks.ledger import Degradation, Ledger, Purpose, Spending, StageMark, Work
from tasks.patch import Workspace
from tasks.propose import Tuner
from tasks.recall import Cognition, ExperienceStore
from tasks.records.base import Record
from tasks.records.dossier import Dossier
from tasks.records.evidence import FlowTrace, ProbeResult
from tasks.records.score import Difference, Evaluation, Summary
from tasks.target import Target
from tasks.test import (
    Collected,
    EvaluationCache,
    Evaluator,
    LineageCache,
    Measurement,
    Race,
    Racing,
    Stops,
    SuiteRace,
    Workload,
    load_benchmark,
)
from tasks.test.sandbox import Meter, Metered, Outcome, Sandbox
from tasks.track import Tracker
from tasks.validate import Seal, census, compare, count, should_stop, summarize, traded

R = TypeVar("R", bound=Record)
WORTH_RACING = 6.0
"""Seconds of a full pass below which starting a process for each look costs more than it saves."""


@dataclass(frozen=True)
class Observed:
    """What running one commit showed beside its scores."""

    trace: FlowTrace
    probes: tuple[ProbeResult, ...]


@dataclass
class Run:
    """Owns the services of one run. Stages get it first, and their records after it."""

    id: str
    target: Target
    settings: Settings
    home: Home
    sandbox: Sandbox
    researcher: Researcher
    desk: RunDesk | None = None
    progress: Progress = field(default_factory=Silent)
    mapper: Mapper = threads
    round: int = 0
    cancel: Event = field(default_factory=Event)
    stage_in_flight: int = 0
    dossiers: dict[tuple[int, str], Dossier] = field(default_factory=dict)
    observed: dict[str, Observed] = field(default_factory=dict)
    tuners: dict[str, Tuner] = field(default_factory=dict)
    meter: Meter = field(default_factory=Meter)
    _stage_started: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        """Has every job counted, whichever stage asks for it."""
        self.sandbox = Metered(self.sandbox, self.meter, self._worked)

    @cached_property
    def folder(self) -> Path:
        """`runs/<id>/`."""
        return self.home.run_folder(self.id)

    @cached_property
    def ledger(self) -> Ledger:
        """What stages produced and what was spent."""
        return Ledger(self.folder)

    @cached_property
    def workspace(self) -> Workspace:
        """The pinned clone."""
        return Workspace.create(self.target, self.folder / "work")

    @cached_property
    def benchmark(self) -> Benchmark | None:
        """Questions and gold, for the `predictions` kind."""
        if self.target.data is None:
            return None
        return load_benchmark(self.target.data, self.target.folder, self.home.cache)

    @cached_property
    def measurement(self) -> Measurement:
        """How the contract's kind of metric is measured."""
        return material.measurement(self.target, self.sandbox, self.benchmark, self.suite)

    @cached_property
    def suite(self) -> Collected | None:
        """The base's tests, for the `pytest` kind; collected once and kept for resumption."""
        if self.target.metric.kind != "pytest":
            return None
        return material.collected(self.target, self.sandbox, self.workspace, self.folder)

    @cached_property
    def workload(self) -> Workload:
        """The items, dealt into splits."""
        return material.workload(self.target, self.benchmark, self.suite)

    @cached_property
    def slices(self) -> dict[str, dict[str, str]]:
        """Item id to its slices; kept with the run, so that it can be read without its data."""
        kept, adapter = self.folder / "slices.json", TypeAdapter(dict[str, dict[str, str]])
        if not kept.is_file():
            slices = {item: dict(of) for item, of in self.workload.slices().items()}
            write_atomically(kept, json.dumps(slices))
        return adapter.validate_json(kept.read_bytes())

    @cached_property
    def evaluator(self) -> Evaluator:
        """The one way from a commit to scores."""
        # What scored without a sandbox could have read the gold: no sandboxed run takes it over.
        kept = "unsandboxed" if self.sandbox.name == "unsandboxed" else "evaluations"
        return Evaluator(
            workspace=self.workspace,
            workload=self.workload,
            measurement=self.measurement,
            cache=EvaluationCache(self.home.cache / kept),
            lineage=LineageCache(self.home.cache / "lineage" / self.target.name),
            ledger=self.ledger,
            scratch=self.folder / "scratch",
            meter=self.meter,
        )

    @cached_property
    def tracker(self) -> Tracker:
        """MLflow."""
        return Tracker(self.home.root, self.target.name)

    @cached_property
    def cognition(self) -> Cognition:
        """Published knowledge."""
        return Cognition(self.home.root)

    @cached_property
    def experience(self) -> ExperienceStore:
        """What earlier runs tried."""
        return ExperienceStore(self.home.root)

    @cached_property
    def seal(self) -> Seal:
        """The counted way into the sealed split."""
        return Seal(self.folder, self.target.budget.sealed_openings)

    @property
    def cancelled(self) -> bool:
        """Whether the session was interrupted."""
        return self.cancel.is_set()

    @property
    def seed(self) -> int:
        """The seed that all evaluations are paired on."""
        return self.settings.seed

    @property
    def experiments(self) -> int:
        """How many candidates may be tried."""
        return self.settings.experiments or self.target.budget.experiments

    @property
    def minutes(self) -> float:
        """How long rounds may go on."""
        return self.settings.minutes or self.target.budget.minutes

    def difference(self, new: Evaluation, old: Evaluation) -> Difference:
        """New minus old, positive is better: sampled items are estimated, tests are counted."""
        compared = census if self.target.metric.kind == "pytest" else compare
        return compared(new, old, self.target.sign)

    def trade(self, new: Evaluation, old: Evaluation) -> str:
        """The declared slice that would pay for a gain, in words; empty when none would."""
        target = self.target
        return traded(new, old, self.slices, target.slices, target.slice_tolerance, self.difference)

    def summary(self, evaluation: Evaluation) -> Summary:
        """An evaluation as it may be printed, by slice."""
        made = count if self.target.metric.kind == "pytest" else summarize
        return made(evaluation, self.slices)

    def race(self, reference: Evaluation, purpose: Purpose, stops: Stops = should_stop) -> Racing:
        """Trials against this reference; `stops` tells clear losers where items are sampled."""
        if self.suite is not None:
            return SuiteRace(self.evaluator, reference, self.seed, self.difference, purpose)
        return Race(
            evaluator=self.evaluator,
            reference=reference,
            sign=self.target.sign,
            seed=self.seed,
            difference=self.difference,
            purpose=purpose,
            in_one_look=self.pass_seconds() < WORTH_RACING,
            stops=stops,
        )

    def pass_seconds(self) -> float:
        """The fastest full pass so far: later ones find the target's own cache warm too."""
        passes = (s.seconds for s in self.spending() if s.share >= 1 and not s.cached)
        return min(passes, default=0.0)

    def begin_stage(self, number: int = 0) -> None:
        """Starts the clock of a stage, and notes that it is in flight; 0 is between stages."""
        self.stage_in_flight = number
        self._stage_started = time.monotonic()
        note_stage(self.folder, number)

    def elapsed(self) -> float:
        """Seconds spent in stages so far, across resumptions.

        What lies in between is not counted, nor is waiting for answers in a mailbox.
        """
        done = sum(mark.seconds for mark in self.marks())
        waited = self.desk.waited() if self.desk is not None else 0.0
        return max(0.0, done + time.monotonic() - self._stage_started - waited)

    def marks(self) -> Iterable[StageMark]:
        """The marks of all finished stages."""
        return self.ledger.read("marks", StageMark)

    def spending(self) -> tuple[Spending, ...]:
        """Every evaluation so far."""
        return tuple(self.ledger.read("spending", Spending))

    def used(self, but: Collection[str] = ()) -> int:
        """Experiments so far: distinct trees that were tried, crashed ones too; some left out."""
        return len({s.tree for s in self.spending() if s.purpose == "trial"} - set(but))

    def remaining(self) -> int:
        """Experiments left."""
        return max(0, self.experiments - self.used())

    def stored(self, number: int, round_: int, schema: type[R]) -> R | None:
        """What a stage made in a round, if it has finished."""
        found = self.ledger.load(number, round_, schema)
        return found[1] if found is not None else None

    def remembered(self, name: str, ask: Callable[[], bool]) -> bool:
        """Asks once a run, and keeps the answer for resumption."""
        kept = self.folder / f"{name}.json"
        if not kept.is_file():
            write_atomically(kept, json.dumps(ask()))
        return bool(json.loads(kept.read_text(encoding="utf-8")))

    def out_of_time(self) -> bool:
        """Whether the rounds' time budget is used up."""
        return self.elapsed() > self.minutes * 60

    def _worked(self, outcome: Outcome) -> None:
        work = Work(
            stage=self.stage_in_flight,
            seconds=outcome.seconds,
            cpu_seconds=outcome.cpu_seconds,
            at=time.time(),
        )
        self.ledger.append("work", work)

    def degrade(self, what: str, effect: str) -> None:
        """States that something went less than well; shown live and in every report."""
        self.ledger.append("degradations", Degradation.now(what, effect))
        self.progress.note(f"{what}: {effect}")

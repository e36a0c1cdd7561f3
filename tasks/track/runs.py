"""MLflow runs by their tags: found again after a kill, created when missing, written in batches."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.errors import WhetstoneError
from tasks.records.document import CurvePoint
from tasks.track import figures
from tasks.track.figures import Figures
from tasks.track.store import artifacts, open_client

if TYPE_CHECKING:
    from mlflow.entities import Run
    from mlflow.tracking import MlflowClient

RUN, CANDIDATE, LOGGED = "whetstone.run", "whetstone.candidate", "whetstone.logged"
_BATCH = 800
"""Metrics in one request, leaving room for the rest: MLflow takes 1000 of everything together."""


@dataclass
class Tracked:
    """One MLflow run: its id and its tags. `logged` ones are whole."""

    id: str
    tags: dict[str, str]

    @property
    def logged(self) -> bool:
        """Whether everything was written before."""
        return LOGGED in self.tags


@dataclass
class Runs:
    """The runs of one experiment in one home's store. Not locked: the tracker does that."""

    home: Path
    experiment: str
    _parents: dict[str, Tracked] = field(default_factory=dict)
    _nested: dict[str, dict[str, Tracked]] = field(default_factory=dict)

    @cached_property
    def client(self) -> MlflowClient:
        """Opened when first needed, for that takes seconds."""
        return open_client(self.home)

    def parent(self, run: str) -> Tracked:
        """The parent of a Whetstone run. Raises WhetstoneError when it was not started."""
        found = self.find_parent(run)
        if found is None:
            raise WhetstoneError(
                f"run {run} was not started in MLflow's experiment {self.experiment}",
                "call start_run before logging to it",
            )
        return found

    def find_parent(self, run: str) -> Tracked | None:
        """The same, None when it was not started."""
        if run not in self._parents:
            self._load(run)
        return self._parents.get(run)

    def new_parent(self, run: str, tags: Mapping[str, str]) -> Tracked:
        """Creates the parent of a Whetstone run."""
        self._parents[run] = self._create(run, {RUN: run, **tags})
        self._nested[run] = {}
        return self._parents[run]

    def nested(self, run: str, candidate: str, title: str) -> Tracked:
        """The nested run of a candidate, created when missing."""
        parent = self.parent(run)
        if candidate not in self._nested[run]:
            tags = {RUN: run, CANDIDATE: candidate, "mlflow.parentRunId": parent.id}
            self._nested[run][candidate] = self._create(title, tags)
        return self._nested[run][candidate]

    def write(
        self,
        tracked: Tracked,
        values: Figures | None = None,
        params: Mapping[str, object] | None = None,
        tags: Mapping[str, object] | None = None,
        curve: Sequence[CurvePoint] = (),
    ) -> None:
        """Metrics, parameters and tags; what MLflow cannot store in full is cut."""
        from mlflow.entities import Metric, Param, RunTag

        now = int(time.time() * 1000)
        metrics = [Metric(k, v, now, 0) for k, v in figures.finite(values or {}).items()]
        metrics += [Metric("best_dev", p.best, now, p.evaluations) for p in curve]
        for start in range(0, len(metrics) - _BATCH, _BATCH):
            self.client.log_batch(tracked.id, metrics=metrics[start : start + _BATCH])
        last = metrics[-(len(metrics) % _BATCH or _BATCH) :]
        words = figures.cut(tags or {})
        self.client.log_batch(
            tracked.id,
            metrics=last,
            params=[Param(k, v) for k, v in figures.cut(params or {}).items()],
            tags=[RunTag(k, v) for k, v in words.items()],
        )
        tracked.tags.update(words)

    def end(self, tracked: Tracked, failed: bool) -> None:
        """Marks a run as over."""
        self.client.set_terminated(tracked.id, status="FAILED" if failed else "FINISHED")

    def _create(self, title: str, tags: Mapping[str, str]) -> Tracked:
        words = figures.cut(tags)
        created = self.client.create_run(self.folder, run_name=title[:200], tags=words)
        return Tracked(created.info.run_id, words)

    def _load(self, run: str) -> None:
        found = [Tracked(r.info.run_id, dict(r.data.tags)) for r in self._tagged(run)]
        self._nested[run] = {t.tags[CANDIDATE]: t for t in found if CANDIDATE in t.tags}
        for tracked in found:
            if CANDIDATE not in tracked.tags:
                self._parents[run] = tracked

    def _tagged(self, run: str) -> list[Run]:
        found: list[Run] = []
        wanted, token = f"tags.`{RUN}` = '{run}'", None
        while True:
            page = self.client.search_runs([self.folder], wanted, page_token=token)
            found += page
            token = page.token
            if not token:
                return found

    @cached_property
    def folder(self) -> str:
        """The experiment's id."""
        found = self.client.get_experiment_by_name(self.experiment)
        if found is not None:
            return str(found.experiment_id)
        place = (artifacts(self.home) / figures.name(self.experiment)).as_uri()
        return str(self.client.create_experiment(self.experiment, artifact_location=place))

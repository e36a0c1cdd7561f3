"""The tracker: a parent run for a research run, a nested run for each candidate."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tasks.ports import HOST
from tasks.records.document import AutomlEntry, ChangeEntry, RunDocument
from tasks.records.score import Evaluation, NoiseFloor, Summary
from tasks.records.trial import Trial
from tasks.track import content, figures
from tasks.track.items import items_csv
from tasks.track.runs import LOGGED, Runs
from tasks.track.store import explained
from tasks.track.traces import open_traces, written
from tasks.track.ui import DEFAULT_PORT

AUTOML = "automl"
"""An arm's nested run is found under this and its name in place of a candidate's id."""

CREDIT_SCORES = "credit.csv"
"""Scores of every set of accepted changes that credit is computed from, item by item."""
MOST_LINKS = 100
"""Traces that MLflow links to a run at a time."""
REPORT_FILES = ("report.html", "report.json", "changes.csv", "figures.csv", "curves.csv")


class Tracker:
    """Writes to `mlflow.db` and `mlflow-artifacts/` of one home; owns no state that matters.

    Everything is found again by its tags, so that a resumed run goes on in the runs that a killed
    one began, and logging a thing twice changes nothing. `run` is always Whetstone's own id. Safe
    across threads. All methods raise WhetstoneError when the store cannot be written.
    """

    def __init__(self, home: Path, experiment: str) -> None:
        self._runs = Runs(home, experiment)
        self._lock = threading.RLock()
        self._traced = False

    def start_run(
        self, run: str, params: Mapping[str, object], tags: Mapping[str, str] | None = None
    ) -> str:
        """The MLflow id of the parent run; one found again keeps its parameters."""
        with self._writing(f"starting run {run}"):
            found = self._runs.find_parent(run)
            if found is None:
                found = self._runs.new_parent(run, tags or {})
                named = {figures.name(key): value for key, value in params.items()}
                self._runs.write(found, params=named)
            return found.id

    def log_baseline(self, run: str, summary: Summary, noise: NoiseFloor | None = None) -> None:
        """The untouched base on dev, and how far it moves by itself."""
        with self._writing("logging the baseline"):
            values = content.baseline_figures(summary, noise)
            self._runs.write(self._runs.parent(run), values)

    def log_candidate(
        self,
        run: str,
        change: ChangeEntry,
        summary: Summary | None = None,
        trial: Trial | None = None,
    ) -> str:
        """The nested run of one candidate, whatever became of it; returns its MLflow id.

        `summary` is its dev score with slices. One that was logged before only gets new words: a
        verdict may change until the run ends.
        """
        with self._writing(f"logging candidate {change.id}"):
            runs, nested = self._runs, self._runs.nested(run, change.id, change.title)
            words = content.change_words(change, trial)
            if nested.logged:
                if any(nested.tags.get(key) != text for key, text in words.items()):
                    runs.write(nested, tags=words)
                return nested.id
            if change.diff:
                runs.client.log_text(nested.id, change.diff, "change.diff")
            if trial is not None and trial.evaluation is not None:
                runs.client.log_text(nested.id, items_csv(trial.evaluation), "items.csv")
            runs.end(nested, failed=change.verdict == "failed")
            runs.write(  # last, with the mark that it is whole: a kill before it is made good
                nested,
                content.change_figures(change, summary, trial),
                content.change_params(change),
                {**words, LOGGED: "yes"},
            )
            return nested.id

    def page(self, mlflow_run: str) -> str:
        """Where a run is shown while `whetstone ui` serves this home on its usual port."""
        with self._writing(f"looking for run {mlflow_run}"):
            return (
                f"http://{HOST}:{DEFAULT_PORT}/#/experiments/{self._runs.folder}/runs/{mlflow_run}"
            )

    def link(self, nested: str, traces: Sequence[str]) -> None:
        """Shows a candidate's run beside the traces of the calls that it came from."""
        with self._writing("linking traces"):
            self._runs.client.link_traces_to_run(list(traces)[:MOST_LINKS], nested)

    def trace_models(self) -> None:
        """From now on, what DSPy asks of models is traced into this experiment."""
        with self._writing("opening traces"):
            open_traces(self._runs.home, self._runs.folder)
            self._traced = True

    def log_automl(self, run: str, arm: AutomlEntry) -> str:
        """An arm as one nested run, with its best-so-far curve; returns its MLflow id."""
        with self._writing("logging the AutoML arm"):
            title = f"Optuna ({arm.sampler})" if arm.arm == "declared" else f"arm {arm.arm}"
            nested = self._runs.nested(run, f"{AUTOML}-{arm.arm}", title)
            if not nested.logged:
                self._runs.end(nested, failed=False)
                self._runs.write(
                    nested,
                    content.arm_figures(arm),
                    {figures.name(key): value for key, value in arm.parameters.items()},
                    {"note": arm.note, LOGGED: "yes"},
                    arm.curve,
                )
            return nested.id

    def finish(self, document: RunDocument, folder: Path, scores: Mapping[str, Evaluation]) -> str:
        """The whole run: what was not logged yet, the final figures, the report's files.

        `folder` holds what `write_report` wrote, and `CREDIT_SCORES`; `scores` are evaluations by
        the names that their per-item scores get (`scores/<name>.csv`). Returns the parent's MLflow
        id.
        """
        run = document.run
        self.start_run(run, content.run_params(document))
        for change in (*document.accepted, *document.rejected):
            self.log_candidate(run, change)
            if change.earned is not None:
                self._credit(run, change)
        for arm in document.arms:
            self.log_automl(run, arm)
        with self._writing("logging the result"):
            runs, parent = self._runs, self._runs.parent(run)
            runs.write(
                parent,
                content.run_figures(document),
                tags=content.run_words(document),
                curve=document.curve,
            )
            for name, evaluation in scores.items():
                runs.client.log_text(parent.id, items_csv(evaluation), f"scores/{name}.csv")
            files = {**dict.fromkeys(REPORT_FILES, "report"), CREDIT_SCORES: "scores"}
            for name, place in files.items():
                if (folder / name).is_file():
                    runs.client.log_artifact(parent.id, str(folder / name), place)
            runs.end(parent, failed=document.status == "failed")
            return parent.id

    def _credit(self, run: str, change: ChangeEntry) -> None:
        credits = {"shapley": change.shapley, "contribution": change.contribution}
        with self._writing(f"logging the credit of {change.id}"):
            nested = self._runs.nested(run, change.id, change.title)
            for name, credit in credits.items():
                if credit is not None:
                    self._runs.write(nested, figures.of_difference(name, credit))

    @contextmanager
    def _writing(self, doing: str) -> Iterator[None]:
        with self._lock, explained(self._runs.home, doing):
            if self._traced:
                written()  # SQLite takes one writer at a time
            yield

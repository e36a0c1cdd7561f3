"""The `predictions` kind: questions go in without gold, data comes out, a trusted scorer scores."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from memory_systems.benchmark import Benchmark, Item, Scorer
from tasks.errors import PredictError
from tasks.records.base import digest_of
from tasks.records.score import ItemScore
from tasks.target import PredictionsMetric, Target
from tasks.test.jobs import Invocation, run_job
from tasks.test.measured import Measured
from tasks.test.sandbox import Sandbox, read_output
from tasks.test.scorers import resolve_scorer, scorer_digest
from tasks.test.workload import WorkItem

MAX_OUTPUT_BYTES = 64 * 2**20
MAX_PREDICTION_CHARACTERS = 20_000
MAX_RETRIEVED = 200


@dataclass(frozen=True)
class Predictions:
    """Runs the predict command of a tree and scores what it wrote."""

    target: Target
    benchmark: Benchmark
    sandbox: Sandbox
    extra: Invocation = field(default_factory=Invocation)

    @cached_property
    def _metric(self) -> PredictionsMetric:
        assert isinstance(self.target.metric, PredictionsMetric)
        return self.target.metric

    @cached_property
    def _scorer(self) -> Scorer:
        return resolve_scorer(self._metric.scorer, self.target.folder)

    @cached_property
    def _items(self) -> Mapping[str, Item]:
        return {item.id: item for item in self.benchmark.items}

    @cached_property
    def digest(self) -> str:
        """See Measurement.digest."""
        assert self.target.predict is not None
        return digest_of(
            [
                "predictions",
                self.target.predict.command,
                scorer_digest(self._metric.scorer, self.target.folder),
                self.target.environment.model_dump(mode="json"),
                self.target.limits.model_dump(mode="json"),
            ]
        )

    def run(
        self, tree: Path, items: Sequence[WorkItem], seed: int, cache: Path, scratch: Path
    ) -> Measured:
        """See Measurement.run."""
        assert self.target.predict is not None
        asked = [self._items[item.id] for item in items]
        questions, answers = scratch / "input", scratch / "output"
        answers.mkdir()
        write_input(questions, asked, self.benchmark)
        output = answers / "predictions.jsonl"
        outcome = run_job(
            self.target,
            self.sandbox,
            self.target.predict.command,
            tree=tree,
            seed=seed,
            cache=cache,
            readable=(questions, *self.extra.readable),
            writable=(answers, *self.extra.writable),
            names={"input": str(questions), "output": str(output)},
            environment=self.extra.environment,
        )
        predictions = parse_predictions(read_output(output, MAX_OUTPUT_BYTES), asked)
        scores = tuple(self._score(item, *predictions[item.id]) for item in asked)
        return Measured(scores, outcome.seconds, outcome.cpu_seconds)

    def _score(self, item: Item, prediction: str, retrieved: tuple[str, ...]) -> ItemScore:
        return ItemScore(
            item=item.id,
            group=item.group,
            score=self._scorer(prediction, item.gold),
            prediction=prediction,
            retrieved=retrieved,
        )


def write_input(folder: Path, items: Sequence[Item], benchmark: Benchmark) -> None:
    """Writes what a candidate may see: questions, and the contexts and assets of their groups."""
    (folder / "contexts").mkdir(parents=True)
    with (folder / "questions.jsonl").open("w", encoding="utf-8") as handle:
        for item in sorted(items, key=lambda item: item.id):
            line = {"id": item.id, "group": item.group, "question": dict(item.question)}
            handle.write(json.dumps(line, ensure_ascii=False) + "\n")
    for group in sorted({item.group for item in items}):
        text = json.dumps(benchmark.contexts[group], ensure_ascii=False)
        (folder / "contexts" / f"{group}.json").write_text(text, encoding="utf-8")
        if benchmark.assets is not None and (benchmark.assets / group).is_dir():
            shutil.copytree(benchmark.assets / group, folder / "assets" / group)


def parse_predictions(
    content: bytes, items: Sequence[Item]
) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Item id to prediction and retrieved ids.

    Raises PredictError for lines that are no prediction, and for items without one: a missing
    answer is a broken system, not a wrong answer.
    """
    wanted = {item.id for item in items}
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
        if not line.strip():
            continue
        identifier, prediction, retrieved = _parse_line(line, number)
        if identifier not in wanted or identifier in found:
            state = "answered twice" if identifier in found else "not asked"
            raise PredictError(
                f"line {number} of the predictions answers item {identifier[:40]!r}, {state}",
                "write exactly one line for every question",
            )
        found[identifier] = (prediction, retrieved)
    missing = wanted - found.keys()
    if missing:
        raise PredictError(
            f"{len(missing)} of {len(wanted)} items have no prediction, e.g. {min(missing)}",
            "write one line for every question, with an empty prediction where there is no answer",
        )
    return found


def _parse_line(line: str, number: int) -> tuple[str, str, tuple[str, ...]]:
    try:
        document = json.loads(line)
        identifier, prediction = document["id"], document["prediction"]
        retrieved = document.get("retrieved") or []
        whole = isinstance(identifier, str) and isinstance(prediction, str)
        if not whole or not all(isinstance(r, str) for r in retrieved):
            raise TypeError("id, prediction and the retrieved ids must be strings")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise PredictError(
            f"line {number} of the predictions is not a prediction: {error!r}, "
            f"found {line[:120]!r}",
            'write JSON lines such as {"id": "...", "prediction": "text"}',
        ) from error
    return (
        identifier,
        prediction[:MAX_PREDICTION_CHARACTERS],
        tuple(r[:80] for r in retrieved[:MAX_RETRIEVED]),
    )

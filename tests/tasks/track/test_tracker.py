from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest
from mlflow.entities import Run

from tasks.errors import WhetstoneError
from tasks.records import Evaluation, ItemScore, Trial
from tasks.report import write_report
from tasks.track import Tracker
from tasks.track.runs import LOGGED
from tasks.track.store import open_client

RUN = "20261121-114502-lifelog-7f3a"


def runs_of(home: Path) -> list[Run]:
    client = open_client(home)
    experiment = client.get_experiment_by_name("lifelog")
    assert experiment is not None
    return list(client.search_runs([experiment.experiment_id], max_results=500))


def nested(runs: Iterable[Run]) -> dict[str, Run]:
    return {
        run.data.tags["whetstone.candidate"]: run
        for run in runs
        if "whetstone.candidate" in run.data.tags
    }


def text_of(home: Path, run: Run, artifact: str) -> str:
    return Path(open_client(home).download_artifacts(run.info.run_id, artifact)).read_text()


def test_a_candidate_is_logged_with_diff_slices_and_verdict(sample: ModuleType, home: Path) -> None:
    change = sample.change(1, "data_repair", "Mend the captions", "rejected", -0.01)
    summary = sample.summary(0.2, 480, 4, seed=1)
    trial = Trial(
        candidate=change.id, state="raced_out", evaluation=None, difference=None, share=0.4
    )
    tracker = Tracker(home, "lifelog")
    parent = tracker.start_run(RUN, {"seed": 0}, {"user": "ada"})
    identifier = tracker.log_candidate(RUN, change, summary, trial)

    run = open_client(home).get_run(identifier)
    assert run.data.tags["mlflow.parentRunId"] == parent
    assert run.info.run_name == "Mend the captions"
    assert run.info.status == "FINISHED"
    assert run.data.tags["verdict"] == "rejected"
    assert run.data.tags["reason"] == change.reason
    assert run.data.tags["trial"] == "raced_out"
    assert run.data.params["change_type"] == "bug_fix"
    assert run.data.params["fine_type"] == "data_repair"
    temporal = summary.by_slice["category"]["temporal"]
    assert run.data.metrics["dev/score"] == summary.score
    assert run.data.metrics["search/score"] == change.search.score.score
    assert run.data.metrics["select/effect/delta"] == change.select.gain.delta
    assert run.data.metrics["dev/category/temporal/score"] == temporal.score
    assert run.data.metrics["dev/category/temporal/low"] == temporal.interval.low
    assert run.data.metrics["dev/category/temporal/high"] == temporal.interval.high
    assert run.data.metrics["dev/category/temporal/n"] == temporal.n
    assert run.data.metrics["effect/delta"] == -0.01
    assert run.data.metrics["share"] == 0.4
    assert text_of(home, run, "change.diff") == change.diff


def test_a_resumed_run_goes_on_where_the_killed_one_was(sample: ModuleType, home: Path) -> None:
    changes = [sample.change(i, "prompt", f"Change {i}", "indecisive", 0.0) for i in range(3)]
    first = Tracker(home, "lifelog")
    parent = first.start_run(RUN, {"seed": 0})
    whole = first.log_candidate(RUN, changes[0])
    half = first._runs.nested(RUN, changes[1].id, changes[1].title)  # killed right after this

    second = Tracker(home, "lifelog")
    assert second.start_run(RUN, {"seed": 0}) == parent
    promoted = changes[0].model_copy(update={"verdict": "superseded"})
    assert second.log_candidate(RUN, promoted) == whole
    assert second.log_candidate(RUN, changes[1]) == half.id
    second.log_candidate(RUN, changes[2])

    found = nested(runs_of(home))
    assert len(found) == 3
    assert all(LOGGED in run.data.tags for run in found.values())
    assert found["c000"].data.tags["verdict"] == "superseded"
    assert found["c001"].data.metrics["effect/n"] == 1180
    assert text_of(home, found["c001"], "change.diff") == changes[1].diff


def test_finish_logs_the_rest_and_the_report_and_again_changes_nothing(
    sample: ModuleType, home: Path
) -> None:
    document = sample.sample_document(rejected=4)
    folder = home / "runs" / document.run
    write_report(document, folder)
    item = ItemScore(item="q,1", group="a", score=1 / 3, prediction="gold of nobody's business")
    scores = {"champion-dev": Evaluation(tree="t", split="dev", seed=0, items=(item,))}
    parent = Tracker(home, "lifelog").finish(document, folder, scores)
    before = runs_of(home)
    assert Tracker(home, "lifelog").finish(document, folder, scores) == parent
    assert len(runs_of(home)) == len(before) == 1 + 8 + 4 + 1

    run = open_client(home).get_run(parent)
    page = Tracker(home, "lifelog").page(parent)
    assert page.endswith(f"/#/experiments/{run.info.experiment_id}/runs/{parent}")
    assert run.info.status == "FINISHED"
    assert run.data.metrics["gain/sealed/delta"] == document.sealed_gain.delta
    assert run.data.metrics["champion/sealed/category/temporal/low"] == (
        document.champion.sealed.by_slice["category"]["temporal"].interval.low
    )
    assert run.data.metrics["credit/prompt/delta"] == 0.029
    points = open_client(home).get_metric_history(parent, "best_dev")
    assert {(p.step, p.value) for p in points} == {(p.evaluations, p.best) for p in document.curve}
    assert text_of(home, run, "report/report.html").startswith("<!doctype html>")

    assert text_of(home, run, "scores/champion-dev.csv") == (
        f'item,group,score\n"q,1",a,{1 / 3!r}\n'
    )

    found = nested(before)
    first = document.accepted[0]
    assert found[first.id].data.metrics["contribution/delta"] == first.contribution.delta
    assert found["automl-declared"].data.metrics["gain/dev/delta"] == document.automl.gain.delta
    assert found["automl-declared"].data.params["settings.yaml:retrieval.top_k"] == "26"


def test_a_failed_candidate_is_a_failed_run(sample: ModuleType, home: Path) -> None:
    change = sample.change(1, "prompt", "x", "failed", 0.0, dev=None, diff="")
    tracker = Tracker(home, "lifelog")
    tracker.start_run(RUN, {})
    run = open_client(home).get_run(tracker.log_candidate(RUN, change))
    assert run.info.status == "FAILED"
    assert not run.data.metrics


def test_threads_may_log_at_once(sample: ModuleType, home: Path) -> None:
    changes = [sample.change(i, "prompt", f"Change {i}", "rejected", 0.0) for i in range(8)]
    tracker = Tracker(home, "lifelog")
    tracker.start_run(RUN, {})
    with ThreadPoolExecutor(4) as pool:
        identifiers = list(pool.map(lambda change: tracker.log_candidate(RUN, change), changes))
    assert len(set(identifiers)) == 8
    assert len(nested(runs_of(home))) == 8


def test_long_and_odd_texts_do_not_stop_a_run(sample: ModuleType, home: Path) -> None:
    change = sample.change(
        1, "prompt", "t" * 9_000, "rejected", 0.0,
        reason="r" * 20_000, rationale="é" * 20_000, files=tuple(f"f{i}" for i in range(4_000)),
    )  # fmt: skip
    tracker = Tracker(home, "lifelog")
    tracker.start_run(RUN, {"weird key ü!": "v" * 20_000})
    run = open_client(home).get_run(tracker.log_candidate(RUN, change))
    assert run.data.tags["reason"] == "r" * len(run.data.tags["reason"])


def test_logging_before_the_start_names_the_cure(sample: ModuleType, home: Path) -> None:
    with pytest.raises(WhetstoneError, match="start_run"):
        Tracker(home, "lifelog").log_baseline(RUN, sample.summary(0.1, 480, 4, seed=1))


def test_a_broken_store_is_an_error_with_a_cure(tmp_path: Path) -> None:
    (tmp_path / "mlflow.db").write_text("this is no database", encoding="utf-8")
    with pytest.raises(WhetstoneError) as caught:
        Tracker(tmp_path, "lifelog").start_run(RUN, {})
    assert "mlflow.db" in caught.value.cause
    assert "--resume" in caught.value.cure


def test_a_store_half_made_by_a_kill_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "mlflow-1.part").write_bytes(b"half a store")
    assert open_client(tmp_path).search_experiments()
    assert (tmp_path / "mlflow.db").is_file()
    assert list(tmp_path.glob("*.part*")) == []

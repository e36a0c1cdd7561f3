"""What is logged of a change, an arm and a run: records in, MLflow's figures and words out."""

from __future__ import annotations

from tasks.records.document import AutomlEntry, ChangeEntry, RunDocument
from tasks.records.score import Difference, NoiseFloor, Summary
from tasks.records.trial import Trial
from tasks.records.usage import Usage
from tasks.track.figures import Figures, cut, of_difference, of_estimate, of_summary


def baseline_figures(summary: Summary, noise: NoiseFloor | None) -> Figures:
    """The untouched base, and how far it moves by itself."""
    values = of_summary("baseline/dev", summary)
    if noise is not None:
        values["noise/standard_deviation"] = noise.standard_deviation
        values["noise/items_that_moved"] = float(noise.items_that_moved)
        values["noise/repeats"] = float(noise.repeats)
    return values


def change_figures(change: ChangeEntry, summary: Summary | None, trial: Trial | None) -> Figures:
    """`dev/...` is the candidate's own score, `effect/...` its difference to the champion.

    Both also for the items that the search sees, and for those that it does not: `search/score`,
    `select/effect/delta` and so on.
    """
    values = of_summary("dev", summary) if summary is not None else {}
    if change.dev is not None:
        values |= of_difference("effect", change.dev)
    for name, part in (("search", change.search), ("select", change.select)):
        if part is not None:
            values |= of_estimate(name, part.score)
            values |= of_difference(f"{name}/effect", part.gain)
    if trial is not None:
        values["share"] = trial.share
    if change.usage is not None:
        values |= usage_figures("model", change.usage)
    return values


def usage_figures(prefix: str, usage: Usage) -> Figures:
    """Calls, tokens and money; money only where it is known."""
    values: Figures = {
        f"{prefix}/calls": float(usage.calls),
        f"{prefix}/prompt_tokens": float(usage.prompt),
        f"{prefix}/completion_tokens": float(usage.completion),
        f"{prefix}/cached_tokens": float(usage.cached),
        f"{prefix}/seconds": usage.seconds,
    }
    return values if usage.money is None else {**values, f"{prefix}/money": usage.money}


def change_params(change: ChangeEntry) -> dict[str, object]:
    """What the change is: never altered once logged."""
    return {
        "change_type": change.change_type,
        "fine_type": change.fine_type,
        "source": change.source,
        "researcher": change.researcher,
        "traces": " ".join(change.traces),
        "round": change.round,
        "files": " ".join(change.files),
        "commit": change.commit,
    }


def change_words(change: ChangeEntry, trial: Trial | None) -> dict[str, str]:
    """What became of the change: may be altered until the run ends."""
    words = {
        "verdict": change.verdict,
        "reason": change.reason,
        "change_type": change.change_type,
        "mlflow.note.content": change.rationale,
    }
    return cut(words if trial is None else {**words, "trial": trial.state})


def arm_figures(arm: AutomlEntry) -> Figures:
    """The Optuna arm's scores and gains."""
    values: Figures = {"evaluations": float(arm.evaluations)}
    return values | _by_split("", arm.dev, arm.sealed) | _gains(arm.gain, arm.sealed_gain)


def run_params(document: RunDocument) -> dict[str, object]:
    """What identifies a run."""
    return {
        "target": document.target,
        "seed": document.seed,
        "metric": document.metric.name,
        "direction": document.metric.direction,
        "researcher": document.researcher,
        "model": document.model.name if document.model is not None else "",
        "base_commit": document.base_commit,
    }


def run_figures(document: RunDocument) -> Figures:
    """The result: both standings on both splits, gains, credit by type, and what it cost."""
    values: Figures = {
        "evaluations": float(document.evaluations),
        "full_equivalents": document.full_equivalents,
        "cache_hits": float(document.cache_hits),
        "seconds": document.seconds,
        "sealed_openings": float(document.sealed_openings),
        "accepted": float(len(document.accepted)),
        "rejected": float(len(document.rejected)),
    }
    for who, standing in (("baseline/", document.baseline), ("champion/", document.champion)):
        if standing is not None:
            values |= _by_split(who, standing.dev, standing.sealed)
    values |= _gains(document.gain, document.sealed_gain)
    if document.model is not None:
        values |= usage_figures("model/total", document.model.total)
        for stage, usage in document.model.by_stage.items():
            values |= usage_figures(f"model/{stage or 'other'}", usage)
    for entry in document.by_type:
        if entry.difference is not None:
            values |= of_difference(f"credit/{entry.change_type}", entry.difference)
        if entry.shapley is not None:
            values |= of_difference(f"shapley/{entry.change_type}", entry.shapley)
    return values


def run_words(document: RunDocument) -> dict[str, str]:
    """How the run ended."""
    return {
        "status": document.status,
        "branch": document.branch,
        "sandbox": document.sandbox,
        "guarded": str(document.metric.guarded).lower(),
        "degradations": "; ".join(document.degradations),
        "mlflow.note.content": document.description,
    }


def _by_split(prefix: str, dev: Summary | None, sealed: Summary | None) -> Figures:
    values: Figures = {}
    for split, summary in (("dev", dev), ("sealed", sealed)):
        values |= of_summary(f"{prefix}{split}", summary) if summary is not None else {}
    return values


def _gains(dev: Difference | None, sealed: Difference | None) -> Figures:
    values: Figures = {}
    for split, gain in (("dev", dev), ("sealed", sealed)):
        values |= of_difference(f"gain/{split}", gain) if gain is not None else {}
    return values

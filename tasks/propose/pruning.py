"""Wilcoxon pruning: Optuna's own test of paired items, applied after each look of a trial."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tasks.records.score import ItemScore
from tasks.validate import FEWEST_ITEMS, FUTILE_ITEMS, StopDecision

if TYPE_CHECKING:
    from optuna.trial import FrozenTrial

P_VALUE = 0.05
"""Of the signed-rank test, over all looks of a trial: each but the last has an equal part."""
_LOCK = threading.Lock()
"""Warnings are filtered for the whole process, and trials run side by side."""


def wilcoxon(
    candidate: Iterable[ItemScore],
    reference: Iterable[ItemScore],
    sign: int,
    look: int,
    total: int,
) -> StopDecision:
    """As `should_stop`, by `optuna.pruners.WilcoxonPruner` against the best so far.

    The items of a look are its steps. The test is one of items, not of groups: it stops earlier
    than the clustered bound where groups differ, which costs a tuner little, as it tries much and
    stopping is no evidence. Nothing is stopped below FEWEST_ITEMS items, nor at the last look; a
    candidate that changed no score on FUTILE_ITEMS items is idle, and stopped.
    """
    if look + 1 >= total:
        return StopDecision(False)
    old = {score.item: sign * score.score for score in reference}
    new = {score.item: sign * score.score for score in candidate}
    if len(new) >= FUTILE_ITEMS and all(old[item] == value for item, value in new.items()):
        return StopDecision(True, f"no score changed on {len(new)} items")
    if not _prunes(new, {item: old[item] for item in new}, P_VALUE / (total - 1)):
        return StopDecision(False)
    mean = sum(new[item] - old[item] for item in new) / len(new)
    return StopDecision(
        True,
        f"worse after look {look + 1} of {total} by Wilcoxon's signed-rank test of {len(new)} "
        f"paired items: {mean:+.4f}",
    )


def _prunes(new: dict[str, float], old: dict[str, float], p_value: float) -> bool:
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    with _LOCK, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Optuna marks the class as experimental
        pruner = optuna.pruners.WilcoxonPruner(p_threshold=p_value, n_startup_steps=FEWEST_ITEMS)
    study = optuna.create_study(direction="maximize")
    study.add_trial(_trial(list(old.values())))
    steps = dict(enumerate(new[item] for item in old))
    running = optuna.trial.create_trial(
        state=optuna.trial.TrialState.RUNNING, intermediate_values=steps
    )
    return pruner.prune(study, running)


def _trial(values: list[float]) -> FrozenTrial:
    import optuna

    mean = sum(values) / len(values)
    return optuna.trial.create_trial(value=mean, intermediate_values=dict(enumerate(values)))

"""Optuna's samplers by name, each made anew for a trial, and what it does in a mixed space."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, cast, get_args

from tasks.errors import WhetstoneError
from tasks.hyperparameters import Hyperparameter, Scalar

if TYPE_CHECKING:
    from optuna.samplers import BaseSampler

Sampler = Literal["tpe", "random", "cmaes", "gp"]
_FEWEST_FOR_CMA = 2
"""Numeric knobs that a covariance matrix needs; with fewer Optuna's sampler would not use it."""


def find_sampler(name: str) -> Sampler:
    """The sampler of this name. Raises WhetstoneError where there is none, or no package for it."""
    if name == "cmaes" and find_spec("cmaes") is None:
        raise WhetstoneError(
            "the CMA-ES sampler needs the package cmaes, which is not installed",
            "`pip install cmaes`, or choose tpe, random or gp",
        )
    for known in get_args(Sampler):
        if name == known:
            return cast(Sampler, known)
    raise WhetstoneError(f"no sampler '{name}'", f"choose one of {', '.join(get_args(Sampler))}")


def make_sampler(
    sampler: Sampler, seed: int, start: Mapping[str, int | float] | None = None
) -> BaseSampler:
    """A sampler with a generator of its own. `start` is where CMA-ES has its first mean.

    TPE models all knobs together and takes trials that are out for bad ones, so that trials side
    by side differ. CMA-ES moves numbers; choices, which have no order, are drawn by TPE one by
    one. Whole numbers keep a margin, so that none freezes (Hamano et al. 2022).
    """
    from optuna import samplers

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Optuna marks some of these as experimental
        if sampler == "random":
            return samplers.RandomSampler(seed=seed)
        if sampler == "gp":
            return samplers.GPSampler(seed=seed, warn_independent_sampling=False)
        if sampler == "cmaes":
            return samplers.CmaEsSampler(
                x0=dict(start) if start else None,
                seed=seed,
                with_margin=True,
                independent_sampler=samplers.TPESampler(seed=seed),
                warn_independent_sampling=False,
            )
        return samplers.TPESampler(seed=seed, multivariate=True, constant_liar=True)


def numeric(knobs: Mapping[str, Hyperparameter]) -> tuple[str, ...]:
    """The names of the knobs that are numbers."""
    return tuple(name for name, knob in knobs.items() if knob.type != "choice")


def division_of_labour(sampler: Sampler, knobs: Sequence[Hyperparameter]) -> str:
    """Who draws what, in a sentence, where a sampler does not draw every knob itself."""
    choices = sum(knob.type == "choice" for knob in knobs)
    numbers = len(knobs) - choices
    if sampler != "cmaes":
        return ""
    if numbers < _FEWEST_FOR_CMA:
        return (
            f"CMA-ES needs {_FEWEST_FOR_CMA} numeric knobs and the space has {numbers}: "
            "TPE drew every knob"
        )
    if choices:
        return f"CMA-ES moved the {numbers} numeric knobs; TPE drew the {choices} choices"
    return ""


def holding(sampler: BaseSampler, values: Mapping[str, Scalar]) -> BaseSampler:
    """The sampler with these knobs held at these values."""
    from optuna.samplers import PartialFixedSampler

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Optuna marks the class as experimental
        return PartialFixedSampler(dict(values), sampler)


def mixed(seed: int, number: int | str) -> int:
    """A seed for one trial, or for one name, of a study."""
    return int.from_bytes(sha256(f"{seed}\x1f{number}".encode()).digest()[:4])

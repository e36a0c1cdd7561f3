"""The tuner: Optuna over the declared knobs, asked and told, reproducible across resumptions."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from tasks.errors import ContractError, WhetstoneError
from tasks.hyperparameters import Hyperparameter, Scalar
from tasks.propose.settings_file import name_of

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution
    from optuna.samplers import BaseSampler
    from optuna.storages import BaseStorage
    from optuna.trial import FrozenTrial

Sampler = Literal["tpe", "random", "cmaes", "gp"]
STEP = 3
"""How many knobs move at a time when a setting is asked for near another one."""


@dataclass(frozen=True)
class Assignment:
    """One setting of all knobs, by `file:key`; `number` is the trial's number in the study."""

    number: int
    values: Mapping[str, Scalar]


class Tuner:
    """Owns one study in `storage` (SQLite; a journal file when it ends in `.log`).

    Reopening it goes on where it stopped. Each proposal draws from a generator seeded by the
    study's seed and the trial's number, so that an interrupted study proposes what an unbroken one
    would; a sampler that was seeded once would start its sequence over.
    """

    def __init__(
        self,
        hyperparameters: Sequence[Hyperparameter],
        *,
        sampler: str,
        seed: int,
        storage: Path,
        study: str,
        direction: Literal["maximize", "minimize"],
    ) -> None:
        """Opens or creates the study.

        Raises ContractError where there are no knobs, WhetstoneError for a sampler that is unknown
        or whose package is missing.
        """
        import optuna

        if not hyperparameters:
            raise ContractError(
                "the contract declares no hyperparameters: there is nothing to tune",
                "add some under 'hyperparameters', each with file, key, type and range",
            )
        self._knobs = {name_of(knob): knob for knob in hyperparameters}
        self._space = {name: _distribution(knob) for name, knob in self._knobs.items()}
        self._sampler, self._seed = _known(sampler), seed
        optuna.logging.set_verbosity(logging.WARNING)
        storage.parent.mkdir(parents=True, exist_ok=True)
        self._study = optuna.create_study(
            study_name=study,
            storage=_storage(storage),
            direction=direction,
            load_if_exists=True,
        )

    def enqueue(self, values: Mapping[str, Scalar]) -> None:
        """Has these values proposed next, once: a study that knows them does not get them again.

        Values outside the declared range are left to the sampler.
        """
        fits = {
            name: values[name]
            for name, knob in self._knobs.items()
            if name in values and _contains(knob, values[name])
        }
        if fits:
            self._study.enqueue_trial(fits, skip_if_exists=True)

    def ask(self, near: Mapping[str, Scalar] | None = None) -> Assignment:
        """The next setting. Several may be out at a time; tell them in the order of asking.

        With `near`, all knobs but `STEP` keep those values, and the knobs take turns at being the
        ones that move: with few trials for many knobs, a setting that moves them all is a leap.
        """
        number = len(self._study.get_trials(deepcopy=False))
        sampler = _make_sampler(self._sampler, _mix(self._seed, number))
        if near is not None:
            sampler = _holding(sampler, self._held(near, number))
        self._study.sampler = sampler
        trial = self._study.ask(self._space)
        return Assignment(trial.number, dict(trial.params))

    def _held(self, near: Mapping[str, Scalar], number: int) -> dict[str, Scalar]:
        """The knobs that keep their values, where those lie within the declared range."""
        names = sorted(self._knobs, key=lambda name: _mix(self._seed, name))
        start = number * STEP % len(names)
        moving = {names[(start + i) % len(names)] for i in range(STEP)}
        return {
            name: near[name]
            for name in names
            if name not in moving and name in near and _contains(self._knobs[name], near[name])
        }

    def tell(self, assignment: Assignment, value: float | None) -> None:
        """What it scored; None when it failed. Telling a trial that was told does nothing."""
        from optuna.trial import TrialState

        state = TrialState.FAIL if value is None else None
        self._study.tell(assignment.number, value, state=state, skip_if_finished=True)

    def pending(self) -> tuple[Assignment, ...]:
        """Asked and not told, such as by a run that was killed: tell these before asking more."""
        return tuple(_assignment(t) for t in self._trials() if t.state.name == "RUNNING")

    def told(self) -> tuple[tuple[Assignment, float | None], ...]:
        """Everything told so far, in order of asking; None for what failed."""
        return tuple((_assignment(t), t.value) for t in self._trials() if t.state.is_finished())

    def _trials(self) -> list[FrozenTrial]:
        return self._study.get_trials(deepcopy=False)


def _assignment(trial: FrozenTrial) -> Assignment:
    return Assignment(trial.number, dict(trial.params))


def _distribution(knob: Hyperparameter) -> BaseDistribution:
    from optuna.distributions import (
        CategoricalDistribution,
        FloatDistribution,
        IntDistribution,
    )

    if knob.type == "int":
        return IntDistribution(knob.low, knob.high, log=knob.log)
    if knob.type == "float":
        return FloatDistribution(knob.low, knob.high, log=knob.log)
    return CategoricalDistribution(knob.values)


def _contains(knob: Hyperparameter, value: Scalar) -> bool:
    if knob.type == "choice":
        return any(value == own and type(value) is type(own) for own in knob.values)
    if isinstance(value, bool | str) or (knob.type == "int" and value != int(value)):
        return False
    return knob.low <= value <= knob.high


def _known(sampler: str) -> Sampler:
    if sampler == "cmaes" and find_spec("cmaes") is None:
        raise WhetstoneError(
            "the CMA-ES sampler needs the package cmaes, which is not installed",
            "`pip install cmaes`, or choose tpe, random or gp",
        )
    for name in get_args(Sampler):
        if sampler == name:
            return cast(Sampler, name)
    raise WhetstoneError(f"no sampler '{sampler}'", f"choose one of {', '.join(get_args(Sampler))}")


def _make_sampler(sampler: Sampler, seed: int) -> BaseSampler:
    from optuna import samplers

    makers: dict[Sampler, Any] = {
        "tpe": lambda: samplers.TPESampler(seed=seed, multivariate=True, constant_liar=True),
        "random": lambda: samplers.RandomSampler(seed=seed),
        "cmaes": lambda: samplers.CmaEsSampler(seed=seed),
        "gp": lambda: samplers.GPSampler(seed=seed),
    }
    made: BaseSampler = makers[sampler]()
    return made


def _holding(sampler: BaseSampler, values: dict[str, Scalar]) -> BaseSampler:
    from optuna.samplers import PartialFixedSampler

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Optuna marks the class as experimental
        return PartialFixedSampler(values, sampler)


def _mix(seed: int, number: int | str) -> int:
    return int.from_bytes(sha256(f"{seed}\x1f{number}".encode()).digest()[:4])


def _storage(path: Path) -> str | BaseStorage:
    if path.suffix != ".log":
        return f"sqlite:///{path.resolve()}"
    from optuna.storages import JournalStorage
    from optuna.storages.journal import JournalFileBackend

    return JournalStorage(JournalFileBackend(str(path)))

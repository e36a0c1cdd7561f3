"""The tuner: Optuna over knobs, asked and told, reproducible across resumptions."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tasks.errors import ContractError
from tasks.hyperparameters import Hyperparameter, Scalar
from tasks.propose.samplers import (
    division_of_labour,
    find_sampler,
    holding,
    make_sampler,
    mixed,
    numeric,
)
from tasks.propose.settings_file import name_of

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution
    from optuna.storages import BaseStorage
    from optuna.trial import FrozenTrial

STEP = 3
"""How many knobs move at a time when a setting is asked for near another one."""
KNOWN_FROM = "known from"
"""The attribute of a trial that was not asked for here: where its value is from."""


@dataclass(frozen=True)
class Assignment:
    """One setting of all knobs, by `file:key`; `number` is the trial's number in the study."""

    number: int
    values: Mapping[str, Scalar]


@dataclass(frozen=True)
class StudyPlace:
    """Where a study is kept: SQLite, or a journal file when `storage` ends in `.log`.

    `about` is shown with the study by whoever opens it.
    """

    storage: Path
    name: str
    about: Mapping[str, str] = field(default_factory=dict)


class Tuner:
    """Owns one study.

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
        place: StudyPlace,
        direction: Literal["maximize", "minimize"],
        start: Mapping[str, Scalar] | None = None,
    ) -> None:
        """Opens or creates the study; `start` are the values that a search may begin from.

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
        self._sampler, self._seed = find_sampler(sampler), seed
        self._start = self._numbers(start or {})
        optuna.logging.set_verbosity(logging.WARNING)
        place.storage.parent.mkdir(parents=True, exist_ok=True)
        self._study = optuna.create_study(
            study_name=place.name,
            storage=_storage(place.storage),
            direction=direction,
            load_if_exists=True,
        )
        for key, value in place.about.items():
            if self._study.user_attrs.get(key) != value:
                self._study.set_user_attr(key, value)

    @property
    def division(self) -> str:
        """Who draws what, in words, where the sampler leaves some knobs to another one."""
        return division_of_labour(self._sampler, list(self._knobs.values()))

    @property
    def knobs(self) -> int:
        """How many knobs there are."""
        return len(self._knobs)

    def know(self, values: Mapping[str, Scalar], value: float, source: str) -> bool:
        """Adds what is known from elsewhere as a trial of the study, once.

        False, and nothing is added, where a knob has no value, or one outside its range.
        """
        from optuna.trial import create_trial

        own = {name: values[name] for name in self._knobs if name in values}
        if not all(name in own and _contains(k, own[name]) for name, k in self._knobs.items()):
            return False
        if all(trial.params != own for trial in self._trials()):
            self._study.add_trial(
                create_trial(
                    params=own,
                    distributions=self._space,
                    value=value,
                    user_attrs={KNOWN_FROM: source},
                )
            )
        return True

    def ask(self, near: Mapping[str, Scalar] | None = None, moving: int = STEP) -> Assignment:
        """The next setting. Several may be out at a time; tell them in the order of asking.

        With `near`, all knobs but `moving` of them keep those values, and the knobs take turns at
        being the ones that move: with few trials for many knobs, a setting that moves them all is
        a leap.
        """
        number = len(self._trials())
        sampler = make_sampler(self._sampler, mixed(self._seed, number), self._start)
        if near is not None:
            sampler = holding(sampler, self._held(near, number, moving))
        self._study.sampler = sampler
        trial = self._study.ask(self._space)
        return Assignment(trial.number, dict(trial.params))

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
        return tuple((_assignment(t), t.value) for t in self._own() if t.state.is_finished())

    def asked(self) -> int:
        """How many settings were asked for."""
        return len(self._own())

    def _held(self, near: Mapping[str, Scalar], number: int, moving: int) -> dict[str, Scalar]:
        """The knobs that keep their values, where those lie within the range."""
        names = sorted(self._knobs, key=lambda name: mixed(self._seed, name))
        start = number * moving % len(names)
        free = {names[(start + i) % len(names)] for i in range(min(moving, len(names)))}
        return {
            name: near[name]
            for name in names
            if name not in free and name in near and _contains(self._knobs[name], near[name])
        }

    def _numbers(self, start: Mapping[str, Scalar]) -> dict[str, int | float] | None:
        """The numeric knobs of a setting; None unless all of them lie within their ranges."""
        names = numeric(self._knobs)
        found: dict[str, int | float] = {}
        for name in names:
            value = start.get(name)
            if value is None or isinstance(value, str) or not _contains(self._knobs[name], value):
                return None
            found[name] = value
        return found or None

    def _own(self) -> list[FrozenTrial]:
        return [trial for trial in self._trials() if KNOWN_FROM not in trial.user_attrs]

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


def _storage(path: Path) -> str | BaseStorage:
    if path.suffix != ".log":
        return f"sqlite:///{path.resolve()}"
    from optuna.storages import JournalStorage
    from optuna.storages.journal import JournalFileBackend

    return JournalStorage(JournalFileBackend(str(path)))

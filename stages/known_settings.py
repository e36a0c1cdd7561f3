"""Settings that were tried before: on earlier champions of this run, and by earlier runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stages.run import Run
from tasks.errors import ContractError
from tasks.hyperparameters import Scalar
from tasks.propose import read_settings
from tasks.records.change import TUNER
from tasks.records.knowledge import ExperienceEntry
from tasks.records.outputs import Candidates, Decision

MOST = 40
"""The newest are taken: a study that begins with hundreds of old values cannot see its own."""


@dataclass(frozen=True)
class KnownSettings:
    """Values by `file:key`, and their gain where they were tried; positive is better."""

    values: Mapping[str, Scalar]
    gain: float
    source: str


def known_settings(run: Run, rounds: Sequence[int]) -> tuple[KnownSettings, ...]:
    """What these rounds of the run tried, and what the experience store has of earlier runs.

    A gain is paired with the champion that it was tried on. Another champion has another landscape,
    so that this is a start to search from, not a result.
    """
    past = run.experience.all(run.target.name) if run.settings.memory else ()
    earlier = [_of_entry(e) for e in past if e.run != run.id and e.settings]
    own = [known for round_ in rounds for known in _of_round(run, round_)]
    return (*earlier, *own)[-MOST:]


def champion_before(run: Run, champion: str) -> tuple[int, ...]:
    """The finished rounds that were played on another champion than this one, in order."""
    before: list[int] = []
    on = run.workspace.base
    for round_ in run.ledger.rounds(21):
        decision = run.stored(21, round_, Decision)
        if on != champion and round_ < run.round:
            before.append(round_)
        on = decision.champion if decision is not None else on
    return tuple(before)


def _of_entry(entry: ExperienceEntry) -> KnownSettings:
    return KnownSettings(entry.settings, entry.delta, f"run {entry.run}")


def _of_round(run: Run, round_: int) -> tuple[KnownSettings, ...]:
    candidates, decision = run.stored(15, round_, Candidates), run.stored(21, round_, Decision)
    if candidates is None or decision is None:
        return ()
    gains = {v.candidate: v.dev.delta for v in decision.verdicts if v.dev is not None}
    idle = {v.candidate: 0.0 for v in decision.verdicts if v.verdict == "idle"}
    known = gains | idle
    return tuple(
        KnownSettings(settings_of(run, c.commit), known[c.id], f"round {round_}")
        for c in candidates.candidates
        if c.proposal.source == TUNER and c.id in known
    )


def settings_of(run: Run, commit: str) -> dict[str, Scalar]:
    """The values of the declared knobs in a commit; none where one of them is gone."""
    try:
        return read_settings(run.workspace.checkout(commit), run.target.hyperparameters)
    except ContractError:
        return {}
    finally:
        run.workspace.forget(commit)

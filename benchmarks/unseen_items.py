"""Simulates the select part: false accepts of changes that fit seen items only, and power.

    python -m benchmarks.unseen_items [--runs 150] [--seed 0]

The data is that of `benchmarks/false_accepts.py`. A candidate that fits what it saw gains on items
that the search sees, and nothing on the population: `fit` is that gain, on all development items
where all of them are seen, and on two thirds of them where a third is kept from the search.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.false_accepts import ROUND, World, candidates, stopped, tested
from tasks.records.score import Difference
from tasks.validate.acceptance import Acceptance, contradicts
from tasks.validate.jackknife import clustered_mean
from tasks.validate.moderation import error_prior, moderated
from tasks.validate.racing import loss_bound
from tasks.validate.shrinkage import shrinkage

CONVERSATIONS = World(groups=6)
DIALOGUES = World(groups=14, sizes=(20,))
TRIES = 40
SEALED_GROUPS = 4
NULL_RUNS = 3
"""How many times more runs without any gain and fit are simulated: their shares are small."""


@dataclass(frozen=True)
class Trial:
    """What a run knows of a candidate: its full test, whether it was run in full, and the rule.

    `difference` is on the search part alone where the candidate gained nothing there.
    """

    difference: Difference
    complete: bool
    raced_out: bool
    contradicted: bool


@dataclass(frozen=True)
class Policy:
    """`kept`: whether a third of the items is kept from the search; `rule`: whether it vetoes."""

    kept: bool
    rule: bool


EVERYTHING_SEEN = Policy(kept=False, rule=False)
DIVIDED = Policy(kept=True, rule=False)
WITH_RULE = Policy(kept=True, rule=True)


def select_part(codes: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Every third item: items of a group are alike here, so any are as good as those dealt."""
    return np.arange(len(codes)) % 3 == 2


def stopped_within(values: NDArray[np.float64], codes: NDArray[np.intp]) -> bool:
    """Whether racing in two looks at the search part ends this candidate early as a loser."""
    groups = int(codes.max()) + 1
    for until in (round(groups / 2), groups):
        part = codes < until
        items = clustered_mean(values[part], np.arange(int(part.sum())))
        if loss_bound(clustered_mean(values[part], codes[part]), items, total=3) < 0:
            return True
    return False


def trial(values: NDArray[np.float64], codes: NDArray[np.intp], policy: Policy) -> Trial:
    """One candidate as it is raced and evaluated under a policy."""
    select = select_part(codes)
    seen = ~select if policy.kept else np.ones(len(codes), dtype=bool)
    out = (stopped_within if policy.kept else stopped)(values[seen], codes[seen])
    dull = policy.kept and values[seen].mean() <= 0
    if dull:
        return Trial(tested(values[seen], codes[seen]), False, out, False)
    against = shrinkage(values[~select], values[select]).contradicts
    return Trial(tested(values, codes), not out, out, policy.rule and against)


def accepted(trials: Sequence[Trial]) -> NDArray[np.bool_]:
    """Which of a run's candidates are accepted: LORD++ over those that were not raced out."""
    found = np.zeros(len(trials), dtype=bool)
    acceptance = Acceptance(planned=len(trials))
    for start in range(0, len(trials), ROUND):
        known = [t.difference for t in trials[: start + ROUND] if t.complete]
        prior = error_prior(known)
        for place in range(start, min(start + ROUND, len(trials))):
            if trials[place].raced_out:
                continue
            outcome = acceptance.decide(moderated(trials[place].difference, prior))
            if outcome == "accepted" and trials[place].contradicted:
                outcome = "indecisive"
            acceptance = acceptance.after(outcome)
            found[place] = outcome == "accepted"
    return found


def drawn(
    world: World, gains: NDArray[np.float64], fits: NDArray[np.float64], kept: bool, seed: int
) -> list[NDArray[np.float64]]:
    """Item differences of one run's candidates with these true gains and fits."""
    codes = world.codes
    seen = ~select_part(codes) if kept else np.ones(len(codes), dtype=bool)
    true = gains[:, None] + fits[:, None] * seen[None, :]
    return list(candidates(world, true, np.random.default_rng(seed)))


def survives(world: World, random: np.random.Generator) -> bool:
    """Whether a candidate without a true gain passes the veto of the sealed groups."""
    unseen = World(SEALED_GROUPS, between=world.between, sizes=world.sizes)
    values = next(iter(candidates(unseen, np.zeros(1), random)))
    return not contradicts(tested(values, unseen.codes))


def shares(
    world: World, fit: float, gain: float, part: float, runs: int, seed: int
) -> NDArray[np.float64]:
    """What comes of `part` of the candidates with this gain and fit, and none for the others.

    By policy (rows: all seen, a third kept, with the rule, and with the sealed veto too) the share
    of runs that accept a candidate without a true gain, and the share of the `part` accepted.
    """
    counts = np.zeros((4, 2))
    for number in range(runs):
        random = np.random.default_rng([seed, number])
        chosen = random.random(TRIES) < part
        gains, fits = np.where(chosen, gain, 0.0), np.where(chosen, fit, 0.0)
        draws = int(random.integers(2**32))
        whole, kept = (drawn(world, gains, fits, way, draws) for way in (False, True))
        found = [
            accepted([trial(values, world.codes, policy) for values in given])
            for policy, given in ((EVERYTHING_SEEN, whole), (DIVIDED, kept), (WITH_RULE, kept))
        ]
        spared = np.array([gains[place] > 0 or survives(world, random) for place in range(TRIES)])
        for row, names in enumerate([*found, found[-1] & spared]):
            counts[row] += [
                (names & (gains <= 0)).any(),
                (names & chosen).sum() / max(1, chosen.sum()),
            ]
    return counts / runs


def main() -> None:
    """Prints the tables of docs/statistics.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=150)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    worlds = {"6 of 105 to 199": CONVERSATIONS, "14 of 20": DIALOGUES}
    print(f"runs {arguments.runs}, seed {arguments.seed}\n")
    _print_false(worlds, arguments.runs, arguments.seed)
    _print_power(worlds, arguments.runs, arguments.seed)


def _print_false(worlds: dict[str, World], runs: int, seed: int) -> None:
    print(
        "| dev groups | fit | all seen: runs, each | a third kept | with the rule | sealed veto |"
    )
    print("|---|---|---|---|---|---|")
    for name, world in worlds.items():
        for fit in (0.0, 0.04, 0.06, 0.1):
            many = runs if fit else NULL_RUNS * runs
            found = shares(world, fit, 0.0, 0.25 if fit else 0.0, many, seed)
            cells = " | ".join(f"{wrong:.3f}, {part:.3f}" for wrong, part in found)
            print(f"| {name} | {fit} | {cells} |", flush=True)


def _print_power(worlds: dict[str, World], runs: int, seed: int) -> None:
    print("\n| dev groups | true gain of a fifth | all seen | a third kept | with the rule |")
    print("|---|---|---|---|---|")
    for name, world in worlds.items():
        for gain in (0.04, 0.06, 0.1):
            found = shares(world, 0.0, gain, 0.2, runs, seed)
            cells = " | ".join(f"{part:.3f}" for _, part in found[:3])
            print(f"| {name} | {gain} | {cells} |", flush=True)


if __name__ == "__main__":
    main()

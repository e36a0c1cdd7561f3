"""Simulates the statistics of a run: false accepts, power, and racing's wrong stops.

    python benchmarks/false_accepts.py [--runs 2000] [--seed 0]

The data is shaped like a conversation benchmark: groups of unequal size (105 to 260 items); a
candidate leaves most items as they are, and moves a few by a lot, either way (F1 scores, many at
0 or 1); and it is better on some groups than on others. `between` is the standard deviation of its
true gain over groups, which a null candidate has too: its mean over the population of groups is
zero, that over the groups at hand is not. All candidates of a run share the base, hence also a
part of their differences (`shared`), as tests against one reference do. In a `mixed` run every
candidate has a `between` of its own, most of them none and some a large one: the worst case for
an error that is drawn towards what candidates have in common.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from tasks.records.score import Difference, ErrorTerms
from tasks.validate.acceptance import Acceptance, Control, Outcome, contradicts
from tasks.validate.jackknife import ClusteredMean, clustered_mean
from tasks.validate.moderation import error_prior, moderated
from tasks.validate.racing import loss_bound

SIZES = (105, 158, 190, 193, 196, 199, 204, 239, 242, 260)
"""Items a group: those of the ten conversations of LoCoMo."""
LEVEL = 0.95
ROUND = 12
"""Candidates that are tested at a time: the error prior knows them and all before them."""
MIXTURE = (0.0, 0.0, 0.0, 0.04)


@dataclass(frozen=True)
class World:
    """How candidates differ from the base; see the module's docstring."""

    groups: int
    changed: float = 0.2
    between: float = 0.015
    shared: float = 0.5
    mixed: bool = False
    sizes: tuple[int, ...] = SIZES

    @property
    def codes(self) -> NDArray[np.intp]:
        """The group of every item."""
        sizes = [self.sizes[i % len(self.sizes)] for i in range(self.groups)]
        return np.repeat(np.arange(self.groups), sizes)


def candidates(
    world: World, gains: NDArray[np.float64], random: np.random.Generator
) -> Iterator[NDArray[np.float64]]:
    """Item differences of candidates with these true mean gains, of one run.

    `gains` is one figure a candidate, or a row of one figure an item.
    """
    codes = world.codes
    common = random.normal(0, 1, world.groups)
    for gain in gains:
        own = random.normal(0, 1, world.groups)
        joint = world.shared**0.5 * common + (1 - world.shared) ** 0.5 * own
        effect = (random.choice(MIXTURE) if world.mixed else world.between) * joint
        moved = np.flatnonzero(random.random(len(codes)) < world.changed)
        size = random.beta(0.7, 0.7, len(moved))
        true = effect[codes[moved]] + np.broadcast_to(gain, codes.shape)[moved]
        up = random.random(len(moved)) < 0.5 + true / world.changed
        values = np.zeros(len(codes))
        values[moved] = np.where(up, size, -size)
        yield values


def draw(world: World, gain: float, count: int, seed: int) -> Iterator[NDArray[np.float64]]:
    """Item differences of candidates with one true gain, each of a run of its own."""
    random = np.random.default_rng(seed)
    for _ in range(count):
        yield from candidates(world, np.array([gain]), random)


def tested(values: NDArray[np.float64], codes: NDArray[np.intp]) -> Difference:
    """The difference as `compare` reports it, from arrays."""
    found = clustered_mean(values, codes)
    return Difference(
        delta=found.mean,
        interval=found.interval(LEVEL),
        p_value=found.p_above(),
        n=found.n,
        groups=found.groups,
        error=ErrorTerms(
            clustered=found.standard_error,
            items=_by_item(values).standard_error,
            degrees=found.degrees,
        ),
    )


def pooled(differences: Sequence[Difference]) -> list[Difference]:
    """The differences as the run tests them, a round at a time, with moderated errors."""
    tests: list[Difference] = []
    for start in range(0, len(differences), ROUND):
        prior = error_prior(differences[: start + ROUND])
        tests += (moderated(d, prior) for d in differences[start : start + ROUND])
    return tests


def accepts(differences: Iterable[Difference], planned: int) -> bool:
    """One run: whether its dev tests, in this order, accept anything."""
    acceptance = Acceptance(planned=planned)
    for difference in differences:
        outcome = acceptance.decide(difference)
        acceptance = acceptance.after(outcome)
        if outcome == "accepted":
            return True
    return False


def stopped(values: NDArray[np.float64], codes: NDArray[np.intp]) -> bool:
    """Whether racing in three looks ends this candidate early as a loser."""
    groups = int(codes.max()) + 1
    for look in (1, 2):
        part = codes < round(groups * look / 3)
        seen, items = clustered_mean(values[part], codes[part]), _by_item(values[part])
        if loss_bound(seen, items, total=3) < 0:
            return True
    return False


def _by_item(values: NDArray[np.float64]) -> ClusteredMean:
    return clustered_mean(values, np.arange(len(values)))


def family_wise(world: World, tries: int, runs: int, seed: int) -> tuple[float, float, float]:
    """Shares of runs without any real gain that accept something all the same.

    By the dev tests alone, after racing, and after racing and the veto of four sealed groups.
    """
    random, counts = np.random.default_rng(seed), np.zeros(3)
    unseen, codes = replace(world, groups=4), world.codes
    for _ in range(runs):
        values = list(candidates(world, np.zeros(tries), random))
        differences = pooled([tested(v, codes) for v in values])
        finished = [not stopped(v, codes) for v in values]
        plain = accepts(differences, tries)
        raced = accepts(compress(differences, finished), tries)
        fresh = next(iter(candidates(unseen, np.zeros(1), random)))
        veto = contradicts(tested(fresh, unseen.codes))
        counts += [plain, raced, raced and not veto]
    first, second, third = counts / runs
    return float(first), float(second), float(third)


def false_share(
    world: World, gain: float, share: float, tries: int, runs: int, seed: int, control: Control
) -> tuple[float, float]:
    """The mean share of false ones among the accepted, and the share of real gains accepted.

    Of `tries` candidates a run, this `share` have the gain, at random places, and the rest none.
    """
    random, found = np.random.default_rng(seed), np.zeros(2)
    for _ in range(runs):
        real = random.random(tries) < share
        drawn = candidates(world, np.where(real, gain, 0.0), random)
        acceptance = Acceptance(planned=tries, control=control)
        accepted = np.zeros(tries, dtype=bool)
        for place, difference in enumerate(pooled([tested(v, world.codes) for v in drawn])):
            outcome = acceptance.decide(difference)
            acceptance = acceptance.after(outcome)
            accepted[place] = outcome == "accepted"
        false = int((accepted & ~real).sum())
        found += [false / max(1, accepted.sum()), (accepted & real).sum() / max(1, real.sum())]
    wrong, right = found / runs
    return float(wrong), float(right)


def power(
    world: World, gain: float, position: int, tries: int, runs: int, seed: int
) -> tuple[float, float]:
    """The share of runs that accept a single real gain, tried at this position (from 0).

    By its own error alone, and by the moderated one.
    """
    nothing: Outcome = "indecisive"
    acceptance = Acceptance(planned=tries, outcomes=(nothing,) * position)
    random, found = np.random.default_rng(seed), np.zeros(2)
    until = min(tries, (position // ROUND + 1) * ROUND)
    gains = np.zeros(until)
    gains[position] = gain
    for _ in range(runs):
        own = [tested(values, world.codes) for values in candidates(world, gains, random)]
        both = own[position], pooled(own)[position]
        found += [acceptance.decide(difference) == "accepted" for difference in both]
    alone, together = found / runs
    return float(alone), float(together)


def wrong_stops(world: World, gain: float, runs: int, seed: int) -> float:
    """The share of candidates with this true gain that racing stops as losers."""
    drawn = draw(world, gain, runs, seed)
    return sum(stopped(values, world.codes) for values in drawn) / runs


def vetoed(world: World, gain: float, runs: int, seed: int) -> float:
    """The share of candidates with this true gain that the sealed split vetoes."""
    drawn = draw(world, gain, runs, seed)
    return sum(contradicts(tested(values, world.codes)) for values in drawn) / runs


def coverage(world: World, gain: float, runs: int, seed: int) -> float:
    """The share of 95 % intervals that hold the true gain over the population of groups."""
    intervals = (tested(v, world.codes).interval for v in draw(world, gain, runs, seed))
    return sum(i.low <= gain <= i.high for i in intervals) / runs


def main() -> None:
    """Prints the tables of docs/statistics.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    runs, seed = arguments.runs, arguments.seed
    error = 1.96 * (0.05 * 0.95 / runs) ** 0.5
    print(f"runs {runs}, seed {seed}, Monte Carlo error at .05: +-{error:.3f}\n")
    _print_false_accepts(runs, seed)
    _print_false_shares(runs // 4, seed)
    _print_power(runs, seed)
    _print_racing(runs, seed)


def _print_false_accepts(runs: int, seed: int) -> None:
    print("| dev groups | between | candidates | dev tests | after racing | and sealed veto |")
    print("|---|---|---|---|---|---|")
    for groups in (6, 12):
        for between in (0.015, 0.03, "mixed"):
            for tries in (40, 60):
                width = 0.0 if isinstance(between, str) else between
                world = World(groups, between=width, mixed=between == "mixed")
                shares = family_wise(world, tries, runs, seed)
                cells = " | ".join(f"{share:.3f}" for share in shares)
                print(f"| {groups} | {between} | {tries} | {cells} |", flush=True)


def _print_false_shares(runs: int, seed: int) -> None:
    print(
        "\n| dev groups | between | true gain of a fifth | false share, gains found: fdr | fwer |"
    )
    print("|---|---|---|---|---|")
    for groups in (6, 12):
        for between in (0.015, "mixed"):
            for gain in (0.02, 0.04):
                width = 0.0 if isinstance(between, str) else between
                world = World(groups, between=width, mixed=between == "mixed")
                cells = " | ".join(
                    f"{wrong:.3f}, {right:.2f}"
                    for wrong, right in (
                        false_share(world, gain, 0.2, 40, runs, seed, "fdr"),
                        false_share(world, gain, 0.2, 40, runs, seed, "fwer"),
                    )
                )
                print(f"| {groups} | {between} | {gain} | {cells} |", flush=True)


def _print_power(runs: int, seed: int) -> None:
    print("\n| true gain | 6 groups: 1st of 40 | 10th | 40th | 12 groups: 1st | 10th | 40th |")
    print("|---|---|---|---|---|---|---|")
    for gain in (0.01, 0.02, 0.03, 0.04, 0.06, 0.08, 0.10):
        shares = (
            power(World(groups), gain, position, 40, runs // 4, seed)
            for groups in (6, 12)
            for position in (0, 9, 39)
        )
        cells = " | ".join(f"{alone:.2f} -> {together:.2f}" for alone, together in shares)
        print(f"| {gain} | {cells} |", flush=True)


def _print_racing(runs: int, seed: int) -> None:
    print(
        "\n| true gain | between | stopped, 6 groups | stopped, 12 | vetoed by 4 sealed groups "
        "| 95 % interval of 6 groups holds it |"
    )
    print("|---|---|---|---|---|---|")
    for gain in (-0.06, -0.04, -0.02, -0.01, 0.0, 0.01, 0.02, 0.04):
        for between in (0.015, 0.03):
            six, twelve, four = (World(groups, between=between) for groups in (6, 12, 4))
            print(
                f"| {gain} | {between} | {wrong_stops(six, gain, runs, seed):.3f} "
                f"| {wrong_stops(twelve, gain, runs, seed):.3f} "
                f"| {vetoed(four, gain, runs, seed):.3f} "
                f"| {coverage(six, gain, runs, seed):.3f} |"
            )


if __name__ == "__main__":
    main()

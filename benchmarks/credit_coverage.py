"""How often intervals of sampled credit hold the exact value.

`python -m benchmarks.credit_coverage`. Games of random terms, each a gain that a set of changes
brings together: of one and two changes (`pairs`), of up to three (`triples`) or five (`fives`), or
one that is capped at seven tenths of its sum (`capped`). Terms differ between six groups and
between items, so that items are a sample too. The exact value is that of the population. Coverage
should be .95; `width` is half the mean interval over the spread of exact values between changes.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from tasks.attribute import Coalition, Credited, Game, Plan, Player, Precedence
from tasks.attribute.extensions import Draw
from tasks.attribute.rules import Weights, shapley
from tasks.records.score import Evaluation, ItemScore
from tasks.validate import compare

LARGEST = {"pairs": 2, "triples": 3, "fives": 5, "capped": 1}
GROUPS, ITEMS = 6, 10
ROWS = (
    ("pairs", 8, 0.2), ("triples", 8, 0.0), ("triples", 8, 0.2), ("fives", 8, 0.0),
    ("fives", 8, 0.2), ("fives", 12, 0.2), ("capped", 8, 0.0),
)  # fmt: skip
"""Game, changes, and how far its terms differ between groups and items."""
TERMS = 40


@dataclass(frozen=True)
class Terms:
    """Which changes each term takes, its size on each item, and its size in the population."""

    sets: tuple[Coalition, ...]
    sizes: NDArray[np.float64]
    means: NDArray[np.float64]
    cap: float

    def scores(self, coalition: Coalition) -> NDArray[np.float64]:
        """The score of every item."""
        return np.minimum(self.sizes[self._held(coalition)].sum(axis=0), self.cap)

    def worth(self, coalition: Coalition) -> float:
        """The score in the population; a cap acts on means there."""
        return float(min(self.means[self._held(coalition)].sum(), self.cap))

    def _held(self, coalition: Coalition) -> list[int]:
        return [i for i, term in enumerate(self.sets) if term & ~coalition == 0]


def terms(kind: str, size: int, draw: np.random.Generator, noise: float) -> Terms:
    """A random game; without noise every item has the population's terms."""
    sets = []
    for _ in range(TERMS):
        places = draw.choice(size, draw.integers(1, LARGEST[kind] + 1), replace=False)
        sets.append(sum(1 << int(place) for place in places))
    means = draw.normal(0.3 if kind == "capped" else 0.0, 1.0, TERMS)
    groups = draw.normal(0.0, noise, (TERMS, GROUPS)).repeat(ITEMS, axis=1)
    own = draw.normal(0.0, 2 * noise, (TERMS, GROUPS * ITEMS))
    # At one half, both orders of an antithetic pair together would give the exact value.
    cap = 0.7 * float(means.sum()) if kind == "capped" else np.inf
    return Terms(tuple(sets), means[:, None] + groups + own, means, cap)


def evaluation(scores: NDArray[np.float64]) -> Evaluation:
    """Scores as an evaluation."""
    items = tuple(
        ItemScore.model_construct(
            item=f"i{place:03d}", group=f"g{place // ITEMS}", score=float(score)
        )
        for place, score in enumerate(scores)
    )
    return Evaluation.model_construct(tree="", split="dev", seed=0, items=items)


def exact(game: Terms, size: int) -> NDArray[np.float64]:
    """The Shapley values in the population: by sharing each term, or by all sets where capped."""
    values = np.zeros(size)
    if np.isinf(game.cap):
        for term, mean in zip(game.sets, game.means, strict=True):
            for place in range(size):
                values[place] += mean / term.bit_count() if term >> place & 1 else 0.0
        return values
    figures = _figures(size)
    worths = {coalition: game.worth(coalition) for figure in figures for coalition in figure}
    return np.array([sum(w * worths[c] for c, w in f.items()) for f in figures])


@lru_cache(maxsize=8)
def _figures(size: int) -> tuple[Weights, ...]:
    """Weights of all sets in the Shapley values of free changes, which are alike for all games."""
    order = Precedence.free(size)
    return shapley(order, order.feasible_sets(1 << size) or ())


def coverage(
    kind: str, size: int, pairs: int, noise: float, runs: int, seed: int
) -> tuple[float, float]:
    """The share of intervals that hold the exact value, and their width."""
    order = Precedence.free(size)
    players = [Player(f"c{place}", "bug_fix", "mind", "bug_fix") for place in range(size)]
    hits, reach, spread = 0, 0.0, 0.0
    for run in range(runs):
        draw = np.random.default_rng([seed, run, size])
        game = terms(kind, size, draw, noise)
        drawn = Draw(order, int(draw.integers(1 << 30)))
        plan = Plan((), pairs=tuple(drawn.antithetic() for _ in range(pairs)))
        needed = {c for pair in plan.pairs for line in pair for c in _built(line)} | {0}
        values = {coalition: evaluation(game.scores(coalition)) for coalition in needed}
        found = Credited(players, Game(order, values, partial(compare, sign=1)), plan)
        truth = exact(game, size)
        spread += float(truth.std())
        for place in range(size):
            credit = found.shapley([place])
            assert credit is not None
            hits += credit.interval.low <= truth[place] <= credit.interval.high
            reach += (credit.interval.high - credit.interval.low) / 2 / size
    return hits / runs / size, reach / max(spread, 1e-12)


def _built(line: tuple[int, ...]) -> list[Coalition]:
    sets, built = [], 0
    for place in line:
        built |= 1 << place
        sets.append(built)
    return sets


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--game", choices=sorted(LARGEST), help="rows of this game alone [all]")
    chosen = parser.parse_args()
    print("| game | changes | items differ | 2 pairs: coverage, width | 4 pairs | 8 pairs |")
    print("|---|---|---|---|---|---|")
    for kind, size, noise in ROWS:
        if chosen.game not in (None, kind):
            continue
        cells = [
            coverage(kind, size, pairs, noise, chosen.runs, chosen.seed) for pairs in (2, 4, 8)
        ]
        told = " | ".join(f"{share:.3f}, {width:.2f}" for share, width in cells)
        print(f"| {kind} | {size} | {'yes' if noise else 'no'} | {told} |")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

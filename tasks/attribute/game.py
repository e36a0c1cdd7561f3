"""The game that credit is computed from: what each set of the accepted changes scores."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tasks.attribute.precedence import Coalition, Precedence
from tasks.attribute.rules import Weights
from tasks.records.score import Difference, Evaluation, ItemScore
from tasks.validate import Compare, widened

TRUST = 2.0
"""What draws of other changes teach about the error of one counts for this many of its own."""
FEWEST = 3
"""Changes whose draws are pooled at the least: two have one error in common anyway."""


@dataclass(frozen=True)
class Game:
    """`values` are evaluations on the same items, by coalition, the whole among them.

    `difference` is how the run itself compares two evaluations, so that credit is measured as
    acceptance was: estimated from sampled items, counted on tests.
    """

    order: Precedence
    values: Mapping[Coalition, Evaluation]
    difference: Compare

    def knows(self, figure: Weights) -> bool:
        """Whether everything that a figure is made of was measured."""
        return all(coalition in self.values for coalition in figure)

    def estimate(
        self,
        draws: Sequence[Weights],
        common: float = 0.0,
        items: Collection[str] | None = None,
    ) -> Difference | None:
        """The mean of some draws of a figure, with the errors of items and of draws.

        A single draw is taken as the figure itself. `common` is the variance that the draws of
        other figures show; as Smyth (2004) has it, the variance of this one is drawn towards it.
        With `items` it is the figure on these alone. None where something was not measured, or
        where there are fewer than two items.
        """
        if not draws or not all(self.knows(draw) for draw in draws):
            return None
        chosen = self._rows(items)
        if len(chosen) < 2:
            return None
        per_draw = np.stack([self._scores(draw)[chosen] for draw in draws])
        found = self.difference(self._pretend(per_draw.mean(axis=0), chosen), self._zero(chosen))
        if len(draws) == 1:
            return found
        return widened(found, *_moderated(per_draw.mean(axis=1), common))

    def items(self, figure: Weights) -> Evaluation | None:
        """A figure item by item; None where something of it was not measured."""
        if not self.knows(figure):
            return None
        rows = self._rows(None)
        return self._pretend(self._scores(figure)[rows], rows)

    def spread(self, figures: Sequence[Sequence[Weights]]) -> float:
        """What the variances of these figures over their draws have in common; 0 where few."""
        if len(figures) < FEWEST or any(len(draws) < 2 for draws in figures):
            return 0.0
        means = [[float(self._scores(draw).mean()) for draw in draws] for draws in figures]
        return float(np.mean([np.var(own, ddof=1) for own in means]))

    @cached_property
    def _items(self) -> tuple[ItemScore, ...]:
        return tuple(
            sorted(self.values[self.order.whole].items, key=lambda score: (score.group, score.item))
        )

    @cached_property
    def _matrix(self) -> dict[Coalition, NDArray[np.float64]]:
        made = {}
        for coalition, evaluation in self.values.items():
            scores = evaluation.by_item
            made[coalition] = np.array([scores[entry.item] for entry in self._items])
        return made

    def _rows(self, items: Collection[str] | None) -> NDArray[np.intp]:
        kept = [
            row for row, entry in enumerate(self._items) if items is None or entry.item in items
        ]
        return np.array(kept, dtype=np.intp)

    def _scores(self, figure: Weights) -> NDArray[np.float64]:
        total = np.zeros(len(self._items))
        for coalition, weight in figure.items():
            total += weight * self._matrix[coalition]
        total[np.abs(total) < 1e-12] = 0.0  # sums of shares that cancel but for rounding
        return total

    def _pretend(self, scores: NDArray[np.float64], rows: NDArray[np.intp]) -> Evaluation:
        """Scores as an evaluation, so that the run's own comparison can be asked about them."""
        items = tuple(
            ItemScore.model_construct(
                item=self._items[row].item,
                group=self._items[row].group,
                score=float(score),
                prediction="",
                retrieved=(),
            )
            for row, score in zip(rows, scores, strict=True)
        )
        return Evaluation.model_construct(
            tree="", split="dev", seed=0, items=items, seconds=0.0, cached=False
        )

    def _zero(self, rows: NDArray[np.intp]) -> Evaluation:
        return self._pretend(np.zeros(len(rows)), rows)


def _moderated(means: NDArray[np.float64], common: float) -> tuple[float, float]:
    """The variance of the mean of these draws, and the degrees of freedom it is known on."""
    own, draws = float(means.var(ddof=1)), len(means)
    degrees = draws - 1.0
    prior = TRUST * degrees if common > 0 else 0.0
    total = prior + degrees
    return (prior * common + degrees * own) / total / draws, total

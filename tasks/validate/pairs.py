"""Pairs: two lists of item scores matched by item, as differences with their groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tasks.errors import StageError
from tasks.records.score import Difference, Evaluation, ItemScore
from tasks.validate.jackknife import codes_of

Compare = Callable[[Evaluation, Evaluation], Difference]
"""New minus old, positive is better: `compare` or `census` with the metric's direction."""


@dataclass(frozen=True)
class Pairs:
    """`differences[i]` is candidate minus reference, positive is better, `codes[i]` its group."""

    differences: NDArray[np.float64]
    codes: NDArray[np.intp]

    @property
    def groups(self) -> int:
        """How many groups the items come from."""
        return int(self.codes.max()) + 1


def pair(candidate: Iterable[ItemScore], reference: Iterable[ItemScore], sign: int) -> Pairs:
    """Matches by item id. `sign` is +1 where larger scores are better, -1 where smaller are.

    A candidate may lack whole groups (a trial that was stopped early), but no item of a group that
    it has: leaving out what went badly would be a gain for nothing. Raises StageError for that,
    for items that the reference lacks, and for fewer than two pairs.
    """
    new = sorted(candidate, key=lambda score: (score.group, score.item))
    old = {score.item: score for score in reference}
    held, groups = {score.item for score in new}, {score.group for score in new}
    _refuse("the reference lacks", [score.item for score in new if score.item not in old])
    _refuse(
        "the candidate lacks",
        [score.item for score in old.values() if score.group in groups and score.item not in held],
    )
    if len(new) < 2:
        raise StageError(
            f"{len(new)} item(s) in common: a paired difference needs two",
            "evaluate both trees on the same split of the same benchmark",
        )
    differences = [sign * (score.score - old[score.item].score) for score in new]
    return Pairs(np.asarray(differences), codes_of([score.group for score in new]))


def _refuse(who: str, items: list[str]) -> None:
    if items:
        raise StageError(
            f"{who} {len(items)} item(s) that the other has, such as {min(items)}",
            "evaluate both trees on the same split of the same benchmark",
        )

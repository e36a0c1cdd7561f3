"""The bench of stage 22: sets of accepted changes become commits, and commits become scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from stages.run import Run
from tasks.attribute import Blocked, Coalition, Value, members
from tasks.errors import PredictError
from tasks.patch import Conflict, Replay
from tasks.records.candidate import Candidate
from tasks.records.score import Evaluation
from tasks.test import Permit

SEARCHED = {"baseline", "trial", "merge"}
"""Purposes of the evaluations that were made before credit is asked for."""


@dataclass
class Bench:
    """Where sets of changes become commits, and commits become scores."""

    run: Run
    base: str
    champion: str
    changes: Sequence[Candidate]

    def commit(self, coalition: Coalition) -> str | Conflict:
        """The base with these changes, in the order of acceptance."""
        if coalition == (1 << len(self.changes)) - 1:
            return self.champion
        return self._replay.of([self.changes[place].commit for place in members(coalition)])

    def applies(self, coalition: Coalition) -> Blocked | None:
        """What stands in the way of this set's text."""
        made = self._tree(coalition)
        if isinstance(made, str):
            return None
        places = {change.commit: place for place, change in enumerate(self.changes)}
        return Blocked(places[made.commit], made.detail)

    def price(self, coalition: Coalition) -> str | None:
        """The tree to be evaluated; None for one that the search knows, or that does not apply."""
        tree = self._tree(coalition)
        return None if isinstance(tree, Conflict) or tree in self.known else tree

    @cached_property
    def known(self) -> frozenset[str]:
        """Trees that the search has evaluated on all development items, with the run's seed."""
        shares: defaultdict[str, float] = defaultdict(float)
        for spent in self.run.spending():
            if (spent.purpose, spent.split) in {(p, "dev") for p in SEARCHED}:
                shares[spent.tree] += spent.share if spent.seed == self.run.seed else 0.0
        ends = [self.run.workspace.tree_of(commit) for commit in (self.base, self.champion)]
        return frozenset({tree for tree, share in shares.items() if share > 0.999}.union(ends))

    def measure(self, coalitions: Sequence[Coalition]) -> Sequence[Value]:
        """Evaluations on dev; a crash is an answer too."""
        return self.run.mapper("credit", self._evaluate, coalitions)

    def measure_sealed(
        self, coalitions: Sequence[Coalition], permits: Mapping[str, Permit]
    ) -> Sequence[Value]:
        """Evaluations on the sealed split, one permit a tree."""

        def look(coalition: Coalition) -> Value:
            value = self._evaluate(coalition, permits[self.tree(coalition)])
            if isinstance(value, Evaluation):
                self.run.ledger.append("sealed", value)
            return value

        return self.run.mapper("sealed credit", look, coalitions)

    def tree(self, coalition: Coalition) -> str:
        """The tree of a set that applies."""
        tree = self._tree(coalition)
        assert isinstance(tree, str)
        return tree

    def _tree(self, coalition: Coalition) -> str | Conflict:
        if coalition == (1 << len(self.changes)) - 1:
            return self.run.workspace.tree_of(self.champion)
        return self._replay.tree([self.changes[place].commit for place in members(coalition)])

    @cached_property
    def _replay(self) -> Replay:
        return Replay(self.run.workspace, self.base)

    def _commit(self, coalition: Coalition) -> str:
        commit = self.commit(coalition)
        assert isinstance(commit, str)
        return commit

    def _evaluate(self, coalition: Coalition, permit: Permit | None = None) -> Value:
        commit, parents = self._commit(coalition), self._ancestors(coalition)
        evaluate, seed = self.run.evaluator.evaluate, self.run.seed
        try:
            if permit is None:
                return evaluate(commit, purpose="credit", seed=seed, parents=parents)
            return evaluate(
                commit, purpose="sealed", seed=seed, split="sealed", parents=parents, permit=permit
            )
        except PredictError as error:
            return error

    def _ancestors(self, coalition: Coalition) -> list[str]:
        """Sets that this one contains, larger first: it may start from what these have cached."""
        found = []
        while coalition:
            coalition &= ~(1 << coalition.bit_length() - 1)
            made = self.commit(coalition)
            found += [made] if isinstance(made, str) else []
        return found

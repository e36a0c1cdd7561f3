"""Credit in stage 22: sets of the accepted changes are evaluated on the pinned base."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from stages.accepted import accepted_changes
from stages.rulings import ruling_of
from stages.run import Run
from tasks.attribute import (
    Blocked,
    Coalition,
    Credited,
    CreditError,
    Explorer,
    Game,
    Plan,
    Player,
    Precedence,
    Slices,
    Value,
    between_changes,
    between_types,
    coalition_of,
    members,
    plan_credit,
)
from tasks.errors import PredictError
from tasks.patch import Conflict, Replay
from tasks.records.attribution import Attribution, Contribution
from tasks.records.candidate import Candidate
from tasks.records.comparison import TypeItems
from tasks.records.credit import CreditCost, CreditReport, Dependency
from tasks.records.score import Evaluation

TYPE_ITEMS = "type-credit"
"""The list of the ledger that holds credit by item."""
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
        made = self.commit(coalition)
        if isinstance(made, str):
            return None
        places = {change.commit: place for place, change in enumerate(self.changes)}
        return Blocked(places[made.commit], made.detail)

    def price(self, coalition: Coalition) -> str | None:
        """The tree to be evaluated; None for one that the search knows, or that does not apply."""
        made = self.commit(coalition)
        if isinstance(made, Conflict):
            return None
        tree = self.run.workspace.tree_of(made)
        return None if tree in self.known else tree

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

    @cached_property
    def _replay(self) -> Replay:
        return Replay(self.run.workspace, self.base)

    def _evaluate(self, coalition: Coalition) -> Value:
        commit = self.commit(coalition)
        assert isinstance(commit, str)
        try:
            return self.run.evaluator.evaluate(
                commit, purpose="credit", seed=self.run.seed, parents=self._ancestors(coalition)
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


def measure_credit(run: Run, base: str, champion: str) -> Attribution:
    """Credit of every accepted change and type; the rule is in `tasks/attribute/rules.py`."""
    started, changes = time.monotonic(), accepted_changes(run)
    bench = Bench(run, base, champion, changes)
    players = [_player(run, change) for change in changes]
    kinds = _kinds(players)
    budget = run.target.budget.credit
    explorer = Explorer(Precedence.free(len(changes)), bench.applies, bench.measure)

    def planned(order: Precedence, probes: int) -> Plan:
        left = max(0, budget - probes)
        known = len(bench.known)
        return plan_credit(order, list(kinds.values()), left, bench.price, known, run.seed)

    try:
        plan = explorer.explore(planned)
    except CreditError as error:
        run.degrade(f"credit was not measured: {error.cause}", "no change has credit of its own")
        return _unmeasured(bench, players, explorer, error.cause, time.monotonic() - started)
    game = Game(explorer.order, explorer.evaluations(), run.difference)
    credited = Credited(players, game, plan)
    for kind, items in credited.items().items():
        run.ledger.append(TYPE_ITEMS, TypeItems(change_type=kind, items=items))
    names = [player.id for player in players]
    report = CreditReport(
        cost=_cost(bench, explorer, plan, time.monotonic() - started),
        composition=credited.composition(),
        interactions=(
            *between_changes(game, plan, names),
            *between_types(game, list(kinds.values()), list(kinds)),
        ),
        dependencies=tuple(_dependencies(explorer, names)),
        by_researcher=credited.shares([player.researcher for player in players]),
        by_declared=credited.shares([player.declared for player in players]),
        note=_note(plan, budget),
    )
    return Attribution(
        contributions=credited.contributions(),
        by_type=credited.by_type(_slices(run)),
        full=game.values[game.order.whole],
        report=report,
    )


def _player(run: Run, change: Candidate) -> Player:
    proposal = change.proposal
    kind = ruling_of(run, proposal).credited
    return Player(change.id, kind, proposal.researcher, proposal.change_type)


def _kinds(players: Sequence[Player]) -> dict[str, Coalition]:
    """Every type that occurs with its changes, in the order of first acceptance."""
    return {
        kind: coalition_of(p for p, other in enumerate(players) if other.change_type == kind)
        for kind in dict.fromkeys(player.change_type for player in players)
    }


def _slices(run: Run) -> Slices:
    made: dict[str, dict[str, list[str]]] = {}
    for item, of in run.slices.items():
        for dimension, value in of.items():
            made.setdefault(dimension, {}).setdefault(value, []).append(item)
    return {d: dict(sorted(values.items())) for d, values in sorted(made.items())}


def _dependencies(explorer: Explorer, names: Sequence[str]) -> list[Dependency]:
    return [
        Dependency(
            change=names[need.player],
            needs=tuple(names[place] for place in members(need.prerequisites)),
            kind=need.kind,
            detail=need.detail,
        )
        for need in explorer.needs
    ]


def _cost(bench: Bench, explorer: Explorer, plan: Plan | None, seconds: float) -> CreditCost:
    trees = {tree for c in explorer.values if (tree := bench.price(c)) is not None}
    lines = plan.lines if plan is not None else ()
    exact = plan is not None and plan.exact
    return CreditCost(
        method="exact" if exact else "sampled" if lines else "none",
        budget=bench.run.target.budget.credit,
        measured=len(explorer.values),
        evaluations=len(trees),
        probes=explorer.probes,
        orders=len(lines),
        seconds=round(seconds, 2),
    )


def _note(plan: Plan, budget: int) -> str:
    if plan.exact or plan.pairs:
        return ""
    return (
        f"budget.credit of {budget} evaluations is too small for Shapley values: leave-one-out is "
        "all that was measured"
    )


def _unmeasured(
    bench: Bench, players: Sequence[Player], explorer: Explorer, cause: str, seconds: float
) -> Attribution:
    full = bench.measure([(1 << len(players)) - 1])[0]
    if isinstance(full, PredictError):
        raise full
    assert isinstance(full, Evaluation)
    return Attribution(
        contributions=tuple(
            Contribution(
                change=player.id, change_type=player.change_type, difference=None, note=cause
            )
            for player in players
        ),
        by_type=(),
        full=full,
        report=CreditReport(cost=_cost(bench, explorer, None, seconds), note=cause),
    )

"""Credit in stage 22: sets of the accepted changes are evaluated on the pinned base."""

from __future__ import annotations

import time
from collections.abc import Sequence

from stages.bench import Bench
from stages.rulings import ruling_of
from stages.run import Run
from stages.sealed_credit import sealed_credit
from tasks.attribute import (
    Coalition,
    Credited,
    CreditError,
    Explorer,
    Game,
    Plan,
    Player,
    Precedence,
    Slices,
    between_changes,
    between_types,
    coalition_of,
    members,
    plan_credit,
)
from tasks.errors import PredictError
from tasks.files import write_atomically
from tasks.records.attribution import Attribution, Contribution
from tasks.records.candidate import Candidate
from tasks.records.comparison import TypeItems
from tasks.records.credit import CreditCost, CreditReport, Dependency
from tasks.records.score import Evaluation
from tasks.track import CREDIT_SCORES, sets_csv

TYPE_ITEMS = "type-credit"
"""The list of the ledger that holds credit by item."""


def measure_credit(run: Run, base: str, champion: str, changes: Sequence[Candidate]) -> Attribution:
    """Credit of changes that lead from base to champion, in the order of acceptance, and of types.

    The rule is in `tasks/attribute/rules.py`.
    """
    started = time.monotonic()
    bench = Bench(run, base, champion, changes)
    players = [_player(run, change) for change in changes]
    kinds = _kinds(players)
    budget = run.target.budget.credit * len(players)
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
    _keep_scores(run, changes, game)
    credited = Credited(players, game, plan)
    for kind, items in credited.items().items():
        run.ledger.append(TYPE_ITEMS, TypeItems(change_type=kind, items=items))
    names = [player.id for player in players]
    sealed, told = sealed_credit(bench, explorer.order, kinds)
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
        sealed_note=told,
        note=_note(plan, budget),
    )
    return Attribution(
        contributions=credited.contributions(),
        by_type=tuple(
            entry.model_copy(update={"sealed": sealed.get(entry.change_type)})
            for entry in credited.by_type(_slices(run))
        ),
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


def _keep_scores(run: Run, changes: Sequence[Candidate], game: Game) -> None:
    """What every figure of credit can be computed from again; a set is named by its changes."""
    named = {
        "+".join(changes[place].id for place in members(coalition)) or "base": evaluation
        for coalition, evaluation in sorted(game.values.items())
    }
    write_atomically(run.folder / CREDIT_SCORES, sets_csv(named))


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
        budget=bench.run.target.budget.credit * len(bench.changes),
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
        f"{budget} evaluations beside leave-one-out (budget.credit for each change) are too few "
        "for Shapley values: leave-one-out is all that was measured"
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

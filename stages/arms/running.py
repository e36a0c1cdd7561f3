"""An arm at work: attempts side by side until its budgets are used up, each kept when it ends."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from stages.arms.source import Attempt, Best, Source
from stages.run import Run
from stages.settings import WORKERS
from tasks.costs import price
from tasks.errors import PredictError
from tasks.patch import EditError
from tasks.propose import wilcoxon
from tasks.records.attribution import ArmTrial
from tasks.records.cost import Cost
from tasks.records.document import CurvePoint
from tasks.records.score import Evaluation
from tasks.records.trial import Trial
from tasks.test.trials import trial_of

REPEATS_MOST = 20
"""Attempts in a row on known trees after which a space counts as used up."""
ROUNDING = 1e-6


@dataclass(frozen=True)
class Budget:
    """What an arm may spend: passes over the development items, and seconds in the sandbox.

    It goes on until both are used up. Without `seconds` the passes decide alone; `most` bounds the
    passes that the seconds may add up to, None for no bound. Where, at the price of its passes so
    far, the seconds would not be used up within the bound, it ends at equal passes: more of them
    would be paid for and still not be equal compute.
    """

    passes: float
    seconds: float | None = None
    most: float | None = None

    def left(self, spent: Cost) -> bool:
        """Whether there is something left of either."""
        if spent.passes < self.passes - ROUNDING:
            return True
        return self._seconds_left(spent) and not self.stops(spent)

    def stops(self, spent: Cost) -> bool:
        """Whether it is the bound alone that ends the arm, reached or known to come first."""
        if self.most is None or not self._seconds_left(spent):
            return False
        return spent.passes >= self.most - ROUNDING or self._out_of_reach(spent, self.most)

    def within(self, spent: Cost) -> bool:
        """Whether this much had been spent before equal compute, or the bound, was passed."""
        if self.seconds is None or spent.seconds > self.seconds + ROUNDING:
            return False
        return self.most is None or spent.passes <= self.most + ROUNDING

    def _out_of_reach(self, spent: Cost, most: float) -> bool:
        if self.seconds is None or spent.passes < self.passes - ROUNDING:
            return False
        return spent.seconds / spent.passes * most < self.seconds

    def _seconds_left(self, spent: Cost) -> bool:
        return self.seconds is not None and spent.seconds < self.seconds - ROUNDING


@dataclass(frozen=True)
class Standing:
    """The best, and what had been spent, after one attempt."""

    best: Best
    spent: Cost


@dataclass
class Running:
    """Owns the state of one arm: the best, the costs, and the way to both."""

    run: Run
    arm: str
    source: Source
    base: str
    baseline: Evaluation
    standings: list[Standing] = field(init=False)
    _trees: set[tuple[str, int]] = field(init=False)
    _repeats: int = 0

    def __post_init__(self) -> None:
        self.standings = [Standing(Best(self.base, self.baseline, {}), Cost())]
        self._trees = {(self.baseline.tree, self.run.seed)}

    @property
    def now(self) -> Standing:
        """Where it stands."""
        return self.standings[-1]

    @property
    def curve(self) -> tuple[CurvePoint, ...]:
        """Best so far after each attempt, the base first."""
        return tuple(
            CurvePoint(
                evaluations=s.spent.evaluations,
                seconds=s.spent.seconds,
                compute=s.spent.seconds,
                best=s.best.evaluation.mean,
                passes=s.spent.passes,
            )
            for s in self.standings
        )

    def resume(self) -> None:
        """Takes up what an interrupted arm had finished; its best is in the cache."""
        done = tuple(self.run.ledger.read(f"arm-{self.arm}", ArmTrial))
        self.source.resume(done)
        for trial in done:
            self._account(trial, self._again(trial) if trial.best else None)

    def go_on(self, budget: Budget) -> None:
        """Tries until the budget is used up, all has been tried, or the run is cancelled."""
        while budget.left(self.now.spent) and not self.run.cancelled:
            own = time.process_time()
            attempts = self.source.ask(self.now.best, WORKERS)
            own = time.process_time() - own
            if not attempts or self._repeats >= REPEATS_MOST:
                return
            self._step(attempts, own)

    def _step(self, attempts: Sequence[Attempt], own: float) -> None:
        """Runs attempts side by side and takes in what came of them, in order.

        Raises KeyboardInterrupt when the run is cancelled meanwhile: what was cut short is no
        outcome.
        """
        run, reference = self.run, self.now.best.evaluation.mean
        outcomes = run.mapper(f"{self.arm} trial", self._try, attempts)
        if run.cancelled:
            raise KeyboardInterrupt
        for attempt, (commit, trial) in zip(attempts, outcomes, strict=True):
            evaluation = trial.evaluation if trial.state == "complete" else None
            better = evaluation is not None and self._better(evaluation)
            value = self._value(trial, reference)
            made = self._trial(attempt, commit, trial, value, better, own)
            own = 0.0  # thinking up the whole batch is charged to its first
            run.ledger.append(f"arm-{self.arm}", made)
            if not better and commit not in {attempt.base, self.base}:
                run.workspace.forget(commit)
            self.source.tell(attempt, value)
            best = Best(commit, evaluation, attempt.parameters) if better and evaluation else None
            self._account(made, best)
            words = f"{_scored(trial)}best {self.now.best.evaluation.mean:.4f}"
            run.progress.trial_finished(attempt.title, trial.state, words)

    def _try(self, attempt: Attempt) -> tuple[str, Trial]:
        run, best = self.run, self.now.best
        name = f"{self.arm}-{attempt.number}"
        commit = attempt.base
        if attempt.edits:
            try:
                commit = run.workspace.commit(
                    attempt.base,
                    attempt.edits,
                    f"{attempt.title}, an attempt without diagnosis",
                    {"Whetstone-Run": run.id, "Whetstone-Arm": self.arm},
                    name,
                )
            except EditError:
                commit = attempt.base  # these are the settings that it has
        run.progress.trial_started(attempt.title)
        if attempt.seed != run.seed:
            return commit, self._whole(name, commit, attempt.seed)
        race = run.race(best.evaluation, "automl", wilcoxon)
        parents = list(dict.fromkeys([attempt.base, self.base]))
        return commit, race.run(name, commit, parents, lambda: run.cancelled)

    def _whole(self, name: str, commit: str, seed: int) -> Trial:
        """The trial of a commit under another seed: all items, as nothing is changed to lose by."""
        run, reference = self.run, self.baseline
        evaluation, error = None, ""
        try:
            evaluation = run.evaluator.evaluate(
                commit, purpose="automl", seed=seed, parents=[self.base]
            )
        except PredictError as failed:
            error = failed.cause
        state = "crashed" if evaluation is None else "complete"
        total = len(reference.items)
        return trial_of(name, state, evaluation, error, reference, run.difference, total)

    def _trial(
        self,
        attempt: Attempt,
        commit: str,
        trial: Trial,
        value: float | None,
        better: bool,
        own: float,
    ) -> ArmTrial:
        tree = self.run.workspace.tree_of(commit)
        repeats = (tree, attempt.seed) in self._trees
        cost = Cost() if repeats else self._price(tree, attempt.seed)
        return ArmTrial(
            number=attempt.number,
            title=attempt.title,
            commit=commit,
            tree=tree,
            seed=attempt.seed,
            state=trial.state,
            value=value,
            best=better,
            repeats=repeats,
            key=attempt.key,
            parameters=attempt.parameters,
            cost=cost.plus(Cost(own_cpu_seconds=own)),
        )

    def _price(self, tree: str, seed: int) -> Cost:
        lines = [s for s in self.run.spending() if (s.tree, s.seed, s.split) == (tree, seed, "dev")]
        return price(s for s in lines if s.purpose == "automl")

    def _account(self, trial: ArmTrial, best: Best | None) -> None:
        key = trial.tree, trial.seed
        self._repeats = self._repeats + 1 if key in self._trees else 0
        self._trees.add(key)
        spent = self.now.spent.plus(trial.cost)
        self.standings.append(Standing(best or self.now.best, spent))

    def _again(self, trial: ArmTrial) -> Best:
        """The best that a trial became, as it was measured then."""
        evaluation = self.run.evaluator.evaluate(
            trial.commit, purpose="automl", seed=trial.seed, parents=[self.base]
        )
        return Best(trial.commit, evaluation, trial.parameters)

    def _better(self, evaluation: Evaluation) -> bool:
        run, best = self.run, self.now.best.evaluation
        ahead = run.target.sign * (evaluation.mean - best.mean) > 0
        return ahead and not run.trade(evaluation, self.baseline)

    def _value(self, trial: Trial, reference: float) -> float | None:
        """The dev mean; of a stopped loser what it was raced against plus its difference."""
        if trial.state == "complete" and trial.evaluation is not None:
            return trial.evaluation.mean
        if trial.difference is not None:
            return reference + self.run.target.sign * trial.difference.delta
        return None


def _scored(trial: Trial) -> str:
    """The trial's score, and its paired difference from the best that it was raced against."""
    if trial.evaluation is None:
        return f"{trial.error.splitlines()[0][:100]}; " if trial.error else ""
    share = f" on {trial.share:.0%} of the items" if trial.share < 1 else ""
    score = f"score {trial.evaluation.mean:.4f}{share}, "
    return f"{score}{trial.difference.figures}, " if trial.difference is not None else score

"""Searches compared: grouped over seeds, curves with bands, and differences paired item by item."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from statistics import fmean

from stages.credit import TYPE_ITEMS
from stages.evaluations import data_of
from stages.run import Run
from stages.searches import Search, searches_of
from tasks.errors import WhetstoneError
from tasks.records.attribution import Attribution
from tasks.records.comparison import Against, ArmGroup, Comparison, TypeAgainst, TypeItems
from tasks.records.cost import Cost
from tasks.records.document import CurvePoint, TypeCredit
from tasks.records.score import Difference, Evaluation
from tasks.validate import FEWEST_SEEDS, band, superiority

Groups = dict[str, dict[int, Search]]
"""Name to seed to search."""


def compare_searches(run: Run, others: Sequence[Run]) -> Comparison:
    """All searches of these runs and studies, those of one name grouped over their seeds.

    Raises WhetstoneError where nothing was measured yet, or where data differ.
    """
    runs = (run, *others)
    for other in others:
        if data_of(other) != data_of(run) or other.target.name != run.target.name:
            raise WhetstoneError(
                f"runs {run.id} and {other.id} used different data",
                "compare runs of one target on one data set",
            )
    groups: Groups = {}
    for search in (search for each in runs for search in searches_of(each)):
        groups.setdefault(search.name, {})[search.seed] = search
    if not groups:
        raise WhetstoneError(
            f"run {run.id} has measured nothing yet", "wait until its baseline is over"
        )
    first, *rest = groups
    return Comparison(
        target=run.target.name,
        metric=run.target.metric.name,
        direction=run.target.metric.direction,
        groups=tuple(_group(name, by_seed) for name, by_seed in groups.items()),
        against=tuple(_against(run, name, groups[first], groups[name]) for name in rest),
        types=tuple(t for each in runs for t in _types(each, groups)),
        notes=tuple(_notes(groups)),
    )


def _group(name: str, by_seed: dict[int, Search]) -> ArmGroup:
    own = list(by_seed.values())
    sealed = [search.sealed.mean for search in own if search.sealed is not None]

    def curves(of: Callable[[CurvePoint], float]) -> list[list[tuple[float, float]]]:
        return [[(of(point), point.best) for point in search.curve] for search in own]

    return ArmGroup(
        name=name,
        runs=tuple(search.run for search in own),
        seeds=tuple(by_seed),
        cost=_mean_cost([search.cost for search in own]),
        dev=fmean(search.dev.mean for search in own),
        sealed=fmean(sealed) if sealed else None,
        by_passes=band(curves(lambda point: point.passes)),
        by_seconds=band(curves(lambda point: point.compute)),
    )


def _against(run: Run, name: str, first: dict[int, Search], other: dict[int, Search]) -> Against:
    seeds = tuple(seed for seed in first if seed in other)

    def apart(of: Callable[[Search], Evaluation | None]) -> Difference | None:
        one, two = (_averaged([of(group[s]) for s in seeds]) for group in (first, other))
        return run.difference(one, two) if one is not None and two is not None else None

    one, two = (_averaged([group[s].sealed for s in seeds]) for group in (first, other))
    sign, sampled = run.target.sign, run.target.metric.kind != "pytest"
    both = [(first[s].sealed, other[s].sealed) for s in seeds]
    return Against(
        other=name,
        seeds=seeds,
        dev=apart(lambda search: search.dev),
        sealed=apart(lambda search: search.sealed),
        sealed_at_compute=apart(lambda search: search.sealed_at_compute),
        superiority=superiority(one, two, sign, sampled) if one and two else None,
        ahead=sum(sign * (a.mean - b.mean) > 0 for a, b in both if a is not None and b is not None),
    )


def _averaged(evaluations: Sequence[Evaluation | None]) -> Evaluation | None:
    """Scores averaged over seeds, item by item; None where one is missing, or has other items."""
    known = [evaluation for evaluation in evaluations if evaluation is not None]
    if not known or len(known) < len(evaluations):
        return None
    scores = [evaluation.by_item for evaluation in known]
    if any(set(score) != set(scores[0]) for score in scores):
        return None
    items = tuple(
        item.model_copy(update={"score": fmean(score[item.item] for score in scores)})
        for item in known[0].items
    )
    return known[0].model_copy(update={"items": items})


def _types(run: Run, groups: Groups) -> Iterator[TypeAgainst]:
    """Each type's credit in this run, beside each tuner under the same seed."""
    items = {t.change_type: t.items for t in run.ledger.read(TYPE_ITEMS, TypeItems)}
    tuners = [by_seed[run.seed] for by_seed in groups.values() if run.seed in by_seed]
    attribution = run.stored(22, 0, Attribution)
    for credit in attribution.by_type if attribution is not None else ():
        for tuner in (search for search in tuners if search.tuned):
            yield _type(run, credit, items.get(credit.change_type), tuner)


def _type(run: Run, credit: TypeCredit, items: Evaluation | None, tuner: Search) -> TypeAgainst:
    tuning = run.difference(tuner.dev, tuner.base)
    minus = run.difference(items, _gains(tuner)) if items is not None else None
    beats = "open"
    if minus is not None and minus.interval.low > 0:
        beats = "yes"
    elif minus is not None and minus.interval.high < 0:
        beats = "no"
    return TypeAgainst.model_validate(
        {
            "run": run.id,
            "seed": run.seed,
            "change_type": credit.change_type,
            "credit": credit.difference,
            "shapley": credit.shapley,
            "tuner": tuner.name,
            "tuning": tuning,
            "minus_tuning": minus,
            "beats": beats,
        }
    )


def _gains(tuner: Search) -> Evaluation:
    """Item by item what the tuner gained on the base."""
    before = tuner.base.by_item
    items = tuple(
        item.model_copy(update={"score": item.score - before[item.item]})
        for item in tuner.dev.items
    )
    return tuner.dev.model_copy(update={"items": items})


def _mean_cost(costs: Sequence[Cost]) -> Cost:
    whole = Cost()
    for cost in costs:
        whole = whole.plus(cost)
    count = len(costs)
    return Cost(
        evaluations=round(whole.evaluations / count),
        passes=whole.passes / count,
        seconds=whole.seconds / count,
        cpu_seconds=whole.cpu_seconds / count,
        own_cpu_seconds=whole.own_cpu_seconds / count,
        tokens=None if whole.tokens is None else round(whole.tokens / count),
        money=None if whole.money is None else whole.money / count,
    )


def _notes(groups: Groups) -> Iterator[str]:
    few = [name for name, by_seed in groups.items() if len(by_seed) < FEWEST_SEEDS]
    if few:
        yield (
            f"fewer than {FEWEST_SEEDS} seeds of {', '.join(few)}: their curves have no interval; "
            "run them again with --seed 1, --seed 2 and so on, and name the runs here"
        )
    if not any(name.endswith(" random") for name in groups):
        yield "no random search is here: `whetstone automl TARGET --like RUN --sampler random`"
    if "luck" not in groups:
        yield "nothing says what luck gives: `whetstone automl TARGET --like RUN --arm luck`"

"""`figures.csv`: every figure of the page that is not of one change, one row a figure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import astuple, dataclass

from tasks.records.cost import Cost
from tasks.records.document import AutomlEntry, RunDocument, Standing, TypeCredit
from tasks.records.score import Difference, Estimate
from tasks.report import slices
from tasks.report.arm_ending import arm_name
from tasks.report.csv_table import cell
from tasks.report.curve import arms_of

COLUMNS = (
    "section", "name", "split", "figure", "value", "low", "high", "level", "p_value", "n", "groups",
)  # fmt: skip


@dataclass(frozen=True)
class _Of:
    """What a figure is about: the first four columns."""

    section: str
    name: str
    split: str
    figure: str


_Row = tuple[_Of, Difference | Estimate | float]


def figures_csv(document: RunDocument) -> str:
    """Standings, gains, credit, interactions, slices, arms, costs and noise.

    What was not measured has no row. Figures that are counted have neither interval nor n.
    """
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(COLUMNS)
    for of, figure in _rows(document):
        writer.writerow([*map(cell, astuple(of)), *_figures(figure)])
    return output.getvalue()


def _rows(document: RunDocument) -> Iterator[_Row]:
    for name, standing in (("baseline", document.baseline), ("champion", document.champion)):
        yield from _both("standing", name, standing)
    yield from _known("gain", "champion", "dev", "gain", document.gain)
    yield from _known("gain", "champion", "sealed", "gain", document.sealed_gain)
    for entry in document.by_type:
        yield from _credit(entry)
    yield from _composing(document)
    for split in slices.SPLIT_NAMES:
        for pair in slices.pairs(document, split):
            name = f"{pair.dimension}: {pair.value}" if pair.dimension else pair.value
            yield _Of("slice", name, split, "baseline"), pair.before
            yield _Of("slice", name, split, "champion"), pair.after
    for arm in arms_of(document):
        yield from _arm(arm)
    yield from _costs("search", document.cost)
    yield from _run(document)


def _credit(entry: TypeCredit) -> Iterator[_Row]:
    kind = entry.change_type
    yield from _known("credit by type", kind, "dev", "shapley", entry.shapley)
    yield from _known("credit by type", kind, "dev", "lost without", entry.difference)
    yield from _known("credit by type", kind, "sealed", "lost without", entry.sealed)
    for share in entry.finer:
        name = f"{kind}: {share.name}"
        yield from _known("credit by finer type", name, "dev", "shapley", share.difference)
    for dimension, values in entry.by_slice.items():
        for value, found in values.items():
            name = f"{kind}, {dimension}: {value}"
            yield from _known("credit by slice", name, "dev", "shapley", found)


def _composing(document: RunDocument) -> Iterator[_Row]:
    credit = document.credit
    if credit is None:
        return
    for section, shares in (
        ("credit by researcher", credit.by_researcher),
        ("credit by declared type", credit.by_declared),
    ):
        for share in shares:
            yield from _known(section, share.name, "dev", "shapley", share.difference)
    for pair in credit.interactions:
        name = f"{pair.first} and {pair.second}"
        yield _Of(f"interaction of {pair.between}", name, "dev", "index"), pair.difference
    if credit.composition is not None:
        for part in ("whole", "parts", "residual"):
            found: Difference = getattr(credit.composition, part)
            yield _Of("composition", "champion", "dev", part), found


def _arm(arm: AutomlEntry) -> Iterator[_Row]:
    name = arm_name(arm.arm, arm.sampler)
    for split, score in (("dev", arm.dev), ("sealed", arm.sealed)):
        yield from _known("arm", name, split, "score", score)
    yield from _known("arm", name, "dev", "gain", arm.gain)
    yield from _known("arm", name, "sealed", "gain", arm.sealed_gain)
    yield from _known("arm", name, "sealed", "gain at equal compute", arm.compute_gain)
    yield from _known("arm", name, "dev", "champion minus it", arm.lead)
    yield from _known("arm", name, "sealed", "champion minus it", arm.sealed_lead)
    yield from _costs(name, arm.cost)


def _costs(name: str, cost: Cost) -> Iterator[_Row]:
    for figure, value in cost.model_dump().items():
        if value is not None:
            yield _Of("cost", name, "", figure), float(value)


def _run(document: RunDocument) -> Iterator[_Row]:
    for purpose, count in document.evaluations_by_purpose.items():
        yield _Of("evaluations", purpose, "", "count"), float(count)
    yield _Of("run", "run", "", "seconds"), document.seconds
    yield _Of("run", "run", "sealed", "openings"), float(document.sealed_openings)
    noise = document.noise_floor
    if noise is not None:
        for number, mean in enumerate(noise.means, start=1):
            yield _Of("noise", f"baseline, repeat {number}", "dev", "score"), mean
        yield _Of("noise", "baseline", "dev", "standard deviation"), noise.standard_deviation
        yield _Of("noise", "baseline", "dev", "items that moved"), float(noise.items_that_moved)
    for stage in document.stages:
        yield _Of("stage", stage.name, "", "seconds"), stage.seconds


def _both(section: str, name: str, standing: Standing | None) -> Iterator[_Row]:
    if standing is not None:
        yield from _known(section, name, "dev", "score", standing.dev)
        yield from _known(section, name, "sealed", "score", standing.sealed)


def _known(
    section: str, name: str, split: str, figure: str, value: Difference | Estimate | None
) -> Iterator[_Row]:
    if value is not None:
        yield _Of(section, name, split, figure), value


def _figures(figure: Difference | Estimate | float) -> list[str]:
    if isinstance(figure, float):
        return [repr(figure), *[""] * 6]
    value = figure.delta if isinstance(figure, Difference) else figure.score
    p_value = repr(figure.p_value) if isinstance(figure, Difference) else ""
    bounds = figure.interval
    return [
        *map(repr, (value, bounds.low, bounds.high, bounds.level)), p_value,
        *map(repr, (figure.n, figure.groups)),
    ]  # fmt: skip

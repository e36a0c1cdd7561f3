"""The tables beside the page: every figure that the page prints is in one of them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.records.document import RunDocument
from tasks.records.score import Difference, Estimate, Interval
from tasks.report import write_report
from tasks.report.curves_csv import curves_csv
from tasks.report.figures_csv import figures_csv
from tasks.report.wording import difference, estimate
from tests.tasks.report.full_document import full_document

FIGURE = re.compile(r"[+-]?\d+\.\d+ (?:\[[^\]]+\]|exact), n=\d+")
Table = list[dict[str, str]]


@pytest.fixture(scope="module")
def document() -> RunDocument:
    return full_document()


def rows(text: str) -> Table:
    return list(csv.DictReader(text.splitlines()))


def printed(document: RunDocument, folder: Path) -> set[str]:
    """Every figure with an interval on the page, charts included, as it is written there."""
    text = write_report(document, folder).read_text(encoding="utf-8")
    return set(FIGURE.findall(text.replace("\N{MINUS SIGN}", "-")))


def tabled(folder: Path) -> Iterator[str]:
    """The figures of the tables, written as the page writes them."""
    for row in rows((folder / "figures.csv").read_text(encoding="utf-8")):
        if row["n"]:
            yield _written(row, "", row["value"])
    for row in rows((folder / "changes.csv").read_text(encoding="utf-8")):
        for name in ("dev", "search", "select", "shapley", "contribution", "alone"):
            if row[f"{name}_delta"]:
                yield _written(row, f"{name}_", row[f"{name}_delta"])


def _written(row: dict[str, str], prefix: str, value: str) -> str:
    interval = Interval(low=float(row[f"{prefix}low"]), high=float(row[f"{prefix}high"]))
    n, groups = int(row[f"{prefix}n"]), int(row[f"{prefix}groups"])
    if not row[f"{prefix}p_value"]:
        return estimate(Estimate(score=float(value), interval=interval, n=n, groups=groups))
    p_value = float(row[f"{prefix}p_value"])
    return difference(
        Difference(delta=float(value), interval=interval, p_value=p_value, n=n, groups=groups)
    )


def test_every_figure_of_the_page_is_in_a_table(document: RunDocument, tmp_path: Path) -> None:
    found = printed(document, tmp_path)
    assert len(found) > 100
    assert found - set(tabled(tmp_path)) == set()


def test_figures_are_named_and_to_the_last_digit(document: RunDocument) -> None:
    table = rows(figures_csv(document))
    keys = [(row["section"], row["name"], row["split"], row["figure"]) for row in table]
    assert len(keys) == len(set(keys))
    by_key = dict(zip(keys, table, strict=True))
    kind = document.by_type[0]
    assert kind.shapley is not None
    assert kind.sealed is not None
    row = by_key["credit by type", kind.change_type, "dev", "shapley"]
    assert (float(row["value"]), float(row["low"])) == (
        kind.shapley.delta, kind.shapley.interval.low,
    )  # fmt: skip
    row = by_key["credit by type", kind.change_type, "sealed", "lost without"]
    assert float(row["value"]) == kind.sealed.delta
    row = by_key["credit by slice", f"{kind.change_type}, modality: picture", "dev", "shapley"]
    assert float(row["value"]) == kind.by_slice["modality"]["picture"].delta
    assert document.credit is not None
    name = document.credit.by_researcher[1].name
    assert ("credit by researcher", name, "dev", "shapley") in by_key
    assert float(by_key["cost", "search", "", "passes"]["value"]) == document.cost.passes
    assert by_key["cost", "search", "", "tokens"]["n"] == ""
    assert float(by_key["slice", "category: temporal", "sealed", "champion"]["value"]) == (
        document.champion.sealed.by_slice["category"]["temporal"].score  # type: ignore[union-attr]
    )


def test_what_was_not_measured_has_no_row(document: RunDocument) -> None:
    bare = document.model_copy(
        update={"sealed_gain": None, "credit": None, "arms": (), "automl": None, "by_type": ()}
    )
    table = rows(figures_csv(bare))
    assert not [row for row in table if row["section"].startswith(("credit", "arm", "inter"))]
    assert [row["split"] for row in table if row["section"] == "gain"] == ["dev"]
    assert not [row for row in table if not row["value"]]


def test_curves_are_those_of_the_search_and_of_every_arm(document: RunDocument) -> None:
    table = rows(curves_csv(document))
    names = list(dict.fromkeys(row["search"] for row in table))
    assert names[0] == "research (mixed)"
    assert len(names) == 1 + len(document.arms)
    own = [float(row["best"]) for row in table if row["search"] == names[0]]
    assert own == [point.best for point in document.curve]

"""`changes.csv`: one row a change, for spreadsheets and scripts."""

from __future__ import annotations

import csv
import io

from tasks.records.document import ChangeEntry, RunDocument
from tasks.records.score import Difference
from tasks.report.wording import visible

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "id", "title", "change_type", "fine_type", "declared_type", "source", "researcher", "round",
    "files", "commit",
    "verdict", "reason",
    *(f"{what}_{part}" for what in ("dev", "search", "select", "shapley", "contribution", "alone")
      for part in ("delta", "low", "high", "p_value", "n", "groups")),
    "mlflow_run",
)  # fmt: skip


def changes_csv(document: RunDocument) -> str:
    """Accepted changes first. Unmeasured figures are empty, never zero."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(COLUMNS)
    for change in (*document.accepted, *document.rejected):
        writer.writerow(_row(change))
    return output.getvalue()


def _row(change: ChangeEntry) -> list[str]:
    words = (
        change.id, change.title, change.change_type, change.fine_type,
        change.declared_type or "", change.source,
        change.researcher, str(change.round), " ".join(change.files), change.commit,
        change.verdict, change.reason,
    )  # fmt: skip
    return [
        *(cell(word) for word in words),
        *_figures(change.dev),
        *_figures(change.search.gain if change.search else None),
        *_figures(change.select.gain if change.select else None),
        *_figures(change.shapley),
        *_figures(change.contribution),
        *_figures(change.alone),
        cell(change.mlflow_run),
    ]


def cell(text: str) -> str:
    """Text that a spreadsheet would run as a formula is quoted: titles are not ours."""
    safe = visible(text)
    return f"'{safe}" if safe.startswith(_FORMULA) else safe


def _figures(d: Difference | None) -> list[str]:
    if d is None:
        return [""] * 6
    values = (d.delta, d.interval.low, d.interval.high, d.p_value, d.n, d.groups)
    return [repr(value) for value in values]

"""The page: a run document as one self-contained HTML file, with JSON and CSV beside it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tasks.home import write_atomically
from tasks.records.document import RunDocument
from tasks.report import headline, palette, slices, tried, waterfall, wording
from tasks.report.claim import claim
from tasks.report.credit import credit
from tasks.report.csv_table import changes_csv
from tasks.report.curve import curve

_FOLDER = Path(__file__).parent


def write_report(document: RunDocument, folder: Path) -> Path:
    """Writes `report.html`, `report.json` and `changes.csv` into the folder; returns the page.

    Built from the document alone. Each file is replaced in one step.
    """
    write_atomically(folder / "report.json", document.model_dump_json(indent=1) + "\n")
    write_atomically(folder / "changes.csv", changes_csv(document))
    page = folder / "report.html"
    write_atomically(page, render(document))
    return page


def render(document: RunDocument) -> str:
    """The page's HTML. It loads nothing, runs no script, and its policy forbids both."""
    return _environment().get_template("report.html.j2").render(_view(document))


def _view(document: RunDocument) -> dict[str, Any]:
    shown = slices.slices(document)
    return {
        "d": document,
        "css": Markup((_FOLDER / "page.css").read_text(encoding="utf-8")),
        "colours": palette.COLOURS,
        "type_names": wording.TYPE_NAMES,
        "type_colours": {kind: colour.name for kind, colour in palette.BY_TYPE.items()},
        "title": headline.title(document),
        "facts": (
            ("What earned it", headline.earned(document)),
            *(("Own credit", text) for text in (headline.unproven(document),) if text),
            ("Against tuning alone", headline.against_tuning(document)),
            ("Why it ended", headline.ending(document)),
            ("What it cost", headline.cost(document)),
        ),
        "claim": claim(document),
        "waterfall": waterfall.waterfall(document),
        "residual": waterfall.residual(document),
        "credit": credit(document),
        "curve": curve(document),
        "slices_split": slices.SPLIT_NAMES[shown[0]] if shown else "",
        "slices": shown[1] if shown else None,
        "slice_tables": [
            (slices.SPLIT_NAMES[split], rows)
            for split in slices.SPLIT_NAMES
            if len(rows := slices.pairs(document, split)) > 1
        ],
        "accepted": tried.accepted(document),
        "groups": tried.groups(document),
    }


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_safe,
    )
    environment.filters |= {
        "typeset": wording.typeset,
        "estimate": lambda e: wording.typeset(wording.estimate(e)),
        "difference": lambda d: wording.typeset(wording.difference(d)),
        "score": lambda e: wording.typeset(wording.score(e)),
        "bounds": lambda e: wording.typeset(wording.bounds(e)),
        "delta": lambda d: wording.typeset(wording.delta(d)),
        "margin": lambda d: wording.typeset(wording.margin(d)),
        "p_value": wording.p_value,
        "sample": wording.sample,
        "counted": wording.counted,
        "duration": wording.duration,
        "line": wording.line,
        "number": wording.number,
    }
    return environment


def _safe(value: Any) -> Any:
    """Every text that the template prints shows its control characters; autoescape follows."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return wording.visible(value)
    return value

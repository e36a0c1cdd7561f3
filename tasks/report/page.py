"""The page: a run document as one self-contained HTML file, with JSON and CSV beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markupsafe import Markup

from tasks.files import write_atomically
from tasks.records.document import RunDocument
from tasks.report import composing, headline, palette, slices, tried, waterfall, wording
from tasks.report.arm_ending import arm_name, cost_words, short_of
from tasks.report.claim import claim
from tasks.report.credit import credit
from tasks.report.csv_table import changes_csv
from tasks.report.curve import arms_of, curve
from tasks.report.curves_csv import curves_csv
from tasks.report.environment import environment, stylesheet
from tasks.report.figures_csv import figures_csv
from tasks.report.tree import tree


def write_report(document: RunDocument, folder: Path) -> Path:
    """Writes `report.html` with `report.json` and three tables into the folder; returns the page.

    Built from the document alone. Each file is replaced in one step.
    """
    write_atomically(folder / "report.json", document.model_dump_json(indent=1) + "\n")
    write_atomically(folder / "changes.csv", changes_csv(document))
    write_atomically(folder / "figures.csv", figures_csv(document))
    write_atomically(folder / "curves.csv", curves_csv(document))
    page = folder / "report.html"
    write_atomically(page, render(document))
    return page


def render(document: RunDocument) -> str:
    """The page's HTML. It loads nothing, runs no script, and its policy forbids both."""
    return environment().get_template("report.html.j2").render(_view(document))


def _view(document: RunDocument) -> dict[str, Any]:
    shown = slices.slices(document)
    accepted, groups = tried.accepted(document), tried.groups(document)
    anchors = {a.change.id: a.anchor for a in (*accepted, *(a for g in groups for a in g.attempts))}
    return {
        "d": document,
        "css": Markup(stylesheet()),
        "colours": palette.COLOURS,
        "type_names": wording.TYPE_NAMES,
        "type_colours": {kind: colour.name for kind, colour in palette.BY_TYPE.items()},
        "title": headline.title(document),
        "facts": (
            ("What earned it", headline.earned(document)),
            ("Against tuning alone", headline.against_tuning(document)),
            ("What it cost", headline.cost(document)),
            *(("Own credit", text) for text in (headline.unproven(document),) if text),
            *composing.sentences(document),
            ("Why it ended", headline.ending(document)),
            *(("What the model was asked", text) for text in (headline.asked(document),) if text),
        ),
        "claim": claim(document),
        "waterfall": waterfall.waterfall(document),
        "residual": waterfall.residual(document),
        "rounding": waterfall.ROUNDING,
        "credit": credit(document),
        "interactions": composing.strongest(document),
        "curve": curve(document),
        "searched": headline.searched(document),
        "arms": arms_of(document),
        "arm_name": arm_name,
        "cost_words": cost_words,
        "short_of": short_of,
        "slices_split": slices.SPLIT_NAMES[shown[0]] if shown else "",
        "slices": shown[1] if shown else None,
        "slice_tables": [
            (slices.SPLIT_NAMES[split], rows)
            for split in slices.SPLIT_NAMES
            if len(rows := slices.pairs(document, split)) > 1
        ],
        "accepted": accepted,
        "groups": groups,
        "rounds": tree(document, anchors),
    }

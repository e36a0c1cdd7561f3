"""The ending of an arm without diagnosis in a terminal: what it reached, and at what cost."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tasks.records.cost import Cost
from tasks.records.document import AutomlEntry, RunDocument
from tasks.report import wording

ARM_NAMES = {
    "declared": "Declared knobs",
    "literals": "Every literal of the code",
    "random_edits": "Blind edits",
    "luck": "Luck",
}
"""What the arms are called where people read of them."""
ABOUT_ALL = 0.9
"""Share of its seconds up to which an arm has not had equal compute: a last trial may not fit."""


def arm_name(arm: str, sampler: str) -> str:
    """Such as `Declared knobs, tpe`."""
    tuned = arm in {"declared", "literals"}
    return f"{ARM_NAMES[arm]}, {sampler}" if tuned else ARM_NAMES[arm]


def cost_words(cost: Cost) -> str:
    """A cost in a line; tokens and money where a model was asked."""
    parts = [
        wording.counted(cost.evaluations, "evaluation"),
        f"{cost.passes:.1f} full passes",
        f"{cost.seconds:.1f} s in the sandbox ({cost.cpu_seconds:.1f} s of processor)",
        f"{cost.own_cpu_seconds:.1f} s of our own",
    ]
    if cost.tokens is not None:
        parts.append(f"{cost.tokens} tokens")
    if cost.money is not None:
        parts.append(f"{cost.money:.2f} of money")
    return ", ".join(parts)


def short_of(arm: AutomlEntry) -> str:
    """What to add to a figure at equal compute where much less was used; else empty."""
    share = arm.compute_share
    return f" (at {share:.0%} of it)" if share is not None and share < ABOUT_ALL else ""


def arm_summary(document: RunDocument) -> RenderableType:
    """Everything that `whetstone automl` prints when it is done."""
    name = wording.line(document.metric.name, 30)
    parts: list[RenderableType] = [Text()]
    for arm in document.arms:
        parts.append(Text(f"{arm_name(arm.arm, arm.sampler)} on {document.target}", style="bold"))
        parts += [_scores(document, arm, name), Text(), _facts(arm), Text()]
    places = Table(box=None, show_header=False, pad_edge=False)
    for title, command in document.commands.items():
        places.add_row(Text(title, style="dim"), Text(command))
    parts.append(places)
    if document.degradations:
        parts += [Text(), Text("Degradations", style="bold")]
        parts += [Text(f"  {wording.line(entry, 300)}") for entry in document.degradations]
    return Padding(Group(*parts), (0, 1))


def _scores(document: RunDocument, arm: AutomlEntry, name: str) -> Table:
    table = Table("", f"{name}, sealed split", f"{name}, development split", box=None)
    base = document.baseline
    table.add_row(
        "baseline",
        wording.measured(base.sealed if base else None),
        wording.measured(base.dev if base else None),
    )
    table.add_row("at equal evaluations", wording.measured(arm.sealed), wording.measured(arm.dev))
    table.add_row("gain", wording.tested(arm.sealed_gain), wording.tested(arm.gain))
    if arm.compute_gain is not None:
        words = f"{wording.tested(arm.compute_gain)}{short_of(arm)}"
        table.add_row("gain at equal compute", words, "")
    return table


def _facts(arm: AutomlEntry) -> Table:
    facts = Table(box=None, show_header=False, pad_edge=False)
    for title, words in _told(arm):
        facts.add_row(Text(title, style="dim"), Text(wording.line(words, 600)))
    return facts


def _told(arm: AutomlEntry) -> Iterator[tuple[str, str]]:
    yield "cost", cost_words(arm.cost)
    if arm.parameters:
        yield "best", ", ".join(f"{name} = {value}" for name, value in arm.parameters.items())
    if arm.note:
        yield "note", arm.note

"""The ending of a run in a terminal: what was won, what won it, what it cost, where it is."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tasks.records.document import ChangeEntry, RunDocument, Standing
from tasks.records.score import Difference, Summary
from tasks.records.usage import ModelEntry
from tasks.report import composing, headline, wording
from tasks.report.claim import claim
from tasks.report.waterfall import by_type

TYPE_STYLES = {
    "bug_fix": "dark_orange3",
    "architecture": "deep_sky_blue3",
    "prompt": "green4",
    "hyperparameter": "medium_violet_red",
}


def summary(document: RunDocument) -> RenderableType:
    """Everything that `whetstone improve` prints when it is done."""
    parts: list[RenderableType] = [Text(), Text(headline.title(document), style="bold")]
    parts += [Text(stamp, style="bold yellow") for stamp in _stamps(document)]
    parts += [Text(), _scores(document)]
    if document.accepted:
        parts += [Text(), Text("Accepted changes", style="bold"), _changes(document.accepted)]
        parts += [Text(), Text("Credit by type, development split", style="bold"), _types(document)]
    parts += [Text(), _facts(document)]
    if document.model is not None and document.model.total.calls:
        parts += [
            Text(),
            Text("Asked of the model", style="bold"),
            _asked(document, document.model),
        ]
    if document.degradations:
        parts += [Text(), Text("Degradations", style="bold")]
        parts += [Text(f"  {wording.line(entry, 300)}") for entry in document.degradations]
    parts += [Text(), _places(document)]
    return Padding(Group(*parts), (0, 1))


def _stamps(document: RunDocument) -> Iterable[str]:
    if not document.metric.guarded:
        yield "unguarded: this target scores itself, nothing outside it checked its figures"
    if document.sandbox == "unsandboxed":
        yield "unsandboxed: candidates could read and write all that this user can, gold included"
    if document.status != "completed":
        yield wording.line(f"{document.status}: {document.error}".rstrip(": "), 400)


def _scores(document: RunDocument) -> Table:
    name = wording.line(document.metric.name, 30)
    table = _table(f"{name}, sealed split", f"{name}, development split", head=True)
    for label, standing in (("baseline", document.baseline), ("champion", document.champion)):
        table.add_row(Text(label), *_standing(standing))
    table.add_row(
        Text("difference", style="bold"),
        _difference(document.sealed_gain),
        _difference(document.gain),
    )
    arm = document.automl
    if arm is not None:
        label = f"Optuna ({arm.sampler}), {wording.counted(arm.evaluations, 'evaluation')}"
        table.add_row(Text(label), _estimate(arm.sealed), _estimate(arm.dev))
    return table


def _standing(standing: Standing | None) -> tuple[Text, Text]:
    if standing is None:
        return _estimate(None), _estimate(None)
    return _estimate(standing.sealed), _estimate(standing.dev)


def _changes(changes: tuple[ChangeEntry, ...]) -> Table:
    table = _table("change", "credit, development split", "lost without it", head=True)
    for change in by_type(changes):
        table.add_row(
            Text(wording.TYPE_NAMES[change.change_type], style=TYPE_STYLES[change.change_type]),
            Text(wording.line(change.title, 90)),
            _difference(change.earned, change.contribution_note),
            Text("" if change.contribution is None else wording.difference(change.contribution)),
        )
    return table


def _types(document: RunDocument) -> Table:
    table = _table("", "", "")
    for entry in document.by_type:
        table.add_row(
            Text(wording.TYPE_NAMES[entry.change_type], style=TYPE_STYLES[entry.change_type]),
            Text(wording.counted(entry.changes, "change")),
            _difference(entry.earned, entry.note),
            Text("" if entry.difference is None else wording.difference(entry.difference)),
        )
    return table


def _facts(document: RunDocument) -> Table:
    table = _table("")
    table.add_row("ended because", Text(headline.ending(document)))
    if unproven := headline.unproven(document):
        table.add_row("own credit", Text(unproven, style="yellow"))
    for name, sentence in composing.sentences(document):
        table.add_row(name.lower(), Text(sentence))
    table.add_row("against tuning", Text(headline.against_tuning(document)))
    table.add_row("code against numbers", Text(claim(document).sentence))
    table.add_row("cost", Text(headline.cost(document)))
    table.add_row("", Text(f"{document.cache_hits} evaluations came from the cache"))
    if asked := headline.asked(document):
        table.add_row("model", Text(asked))
    table.add_row("sandbox", Text(document.sandbox))
    return table


def _asked(document: RunDocument, model: ModelEntry) -> Table:
    """Tokens and money by stage, in all, and of accepted changes that had calls of their own."""
    table = _table("calls", "tokens in", "cached", "out", "money", head=True)
    rows = [*model.by_stage.items(), ("in all", model.total)]
    rows += [(c.title, c.usage) for c in by_type(document.accepted) if c.usage is not None]
    for name, usage in rows:
        table.add_row(
            Text(wording.line(name or "other", 40)), Text(f"{usage.calls}"),
            Text(f"{usage.prompt:,}"), Text(f"{usage.cached:,}"), Text(f"{usage.completion:,}"),
            Text("no price known" if usage.money is None else f"{usage.money:.4f}"),
        )  # fmt: skip
    return table


def _places(document: RunDocument) -> Table:
    table = _table("")
    places = {"branch": document.branch, "report": document.report, **document.commands}
    for name, value in places.items():
        if value:
            table.add_row(
                Text(wording.line(name, 40)), Text(wording.visible(value), overflow="fold")
            )
    return table


def _table(*columns: str, head: bool = False) -> Table:
    """A frameless table of a muted first column and the columns named."""
    table = Table(box=None, pad_edge=False, show_header=head, padding=(0, 3, 0, 0))
    table.add_column("", style="bright_black" if not head else "", no_wrap=True)
    for column in columns:
        table.add_column(Text(column), header_style="bright_black", overflow="fold")
    return table


def _estimate(value: Summary | None) -> Text:
    return Text(wording.measured(value))


def _difference(value: Difference | None, note: str = "") -> Text:
    if value is None:
        return Text(wording.line(note, 80) or "not measured", style="bright_black")
    return Text(wording.difference(value), style="bold")

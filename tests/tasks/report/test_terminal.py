from __future__ import annotations

import io
from types import ModuleType

from rich.console import Console

from tasks.records.document import RunDocument
from tasks.records.usage import ModelEntry, Usage
from tasks.report import summary


def printed(document: RunDocument, width: int = 160) -> str:
    output = io.StringIO()
    Console(file=output, width=width).print(summary(document))
    return output.getvalue()


def test_ending_shows_scores_changes_tuning_and_every_place(sample: ModuleType) -> None:
    document = sample.sample_document()
    text = printed(document)
    assert "0.116 [0.099, 0.134], n=806" in text
    assert "+0.120 [+0.095, +0.146], n=806" in text
    assert "Optuna (tpe), 36 evaluations" in text
    for change in document.accepted:
        assert change.title in text
    for value in (document.branch, document.report, *document.commands.values()):
        assert value in text
    assert "sealed split opened 6 times" in text
    assert "bubblewrap" in text
    assert "unsandboxed" not in text
    assert "unsandboxed: candidates could read" in printed(
        sample.sample_document(sandbox="unsandboxed")
    )


def test_ending_says_plainly_that_nothing_was_accepted(sample: ModuleType) -> None:
    text = printed(sample.sample_document(accepted=0))
    assert "No change was accepted" in text
    assert "The claim fails here" in text
    assert "Accepted changes" not in text


def test_titles_are_neither_markup_nor_escape_sequences(sample: ModuleType) -> None:
    entry = sample.change(1, "bug_fix", "[red]x[/red] \x1b[2J", "accepted", 0.03)
    document = sample.sample_document().model_copy(update={"accepted": (entry,)})
    text = printed(document)
    assert "[red]x[/red] \\x1b[2J" in text
    assert "\x1b" not in text


def test_paths_survive_a_narrow_terminal(sample: ModuleType) -> None:
    document = sample.sample_document()
    joined = "".join(line.strip() for line in printed(document, width=60).splitlines())
    assert document.report in joined


def test_an_accepted_change_without_credit_of_its_own_is_named(sample: ModuleType) -> None:
    document = sample.sample_document(accepted=4)
    assert "own credit" not in printed(document)
    clear, *others = document.accepted
    unclear = clear.model_copy(update={"contribution": sample.difference(0.002, 0.02)})
    lost = others[0].model_copy(
        update={"contribution": None, "contribution_note": "left out, the rest does not merge"}
    )
    partly = document.model_copy(update={"accepted": (unclear, lost, *others[1:])})
    flat = " ".join(printed(partly).split())
    assert "own credit 2 of 4 accepted changes without credit of its own clear of zero:" in flat
    assert f"{unclear.title} (+0.002 [-0.018, +0.022], n=1180)" in flat
    assert "(left out, the rest does not merge)" in flat


def test_a_run_that_was_interrupted_says_so_and_how_to_go_on(sample: ModuleType) -> None:
    going = "whetstone improve lifelog --resume 20261121-114502-lifelog-7f3a"
    document = sample.sample_document(
        accepted=0, status="interrupted", error="its process is gone", commands={"go on": going}
    )
    text = printed(document)
    assert "was interrupted before it could conclude" in text
    assert "interrupted: its process is gone" in text
    assert going in text


def test_what_the_model_cost_is_shown_by_stage_and_by_change(sample: ModuleType) -> None:
    document = sample.sample_document()
    assert "Asked of the model" not in printed(document)
    draft = Usage(calls=1, prompt=1_234, completion=56, cached=1_000, money=0.0125)
    spent = ModelEntry(
        name="m", total=draft.model_copy(update={"calls": 3}),
        by_stage={"draft_changes": draft, "form_hypotheses": Usage(calls=2, money=None)},
    )  # fmt: skip
    first, *others = document.accepted
    paid = first.model_copy(update={"title": "Paid for", "usage": draft})
    text = printed(document.model_copy(update={"model": spent, "accepted": (paid, *others)}))
    rows = [line.split() for line in text.partition("Asked of the model")[2].splitlines()]
    assert ["draft_changes", "1", "1,234", "1,000", "56", "0.0125"] in rows
    assert ["form_hypotheses", "2", "0", "0", "0", "no", "price", "known"] in rows
    assert ["in", "all", "3", "1,234", "1,000", "56", "0.0125"] in rows
    assert ["Paid", "for", "1", "1,234", "1,000", "56", "0.0125"] in rows

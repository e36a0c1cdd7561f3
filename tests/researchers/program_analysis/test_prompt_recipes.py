"""Prompts are told from other templates by their shape, and get the lines that they lack."""

from __future__ import annotations

from typing import Any

import pytest

from tasks.records.evidence import FailureReport

CLINIC = {
    "prompts/ask.txt": (
        "You answer questions about a patient's chart for a nurse.\n"
        "Always answer in a full and friendly sentence.\n\n"
        "Notes:\n{notes}\n\nQuestion: {question}\nAnswer:\n"
    ),
    "prompts/letter.txt": "Dear {name},\nyour appointment is on {day}. Please bring your card.\n",
}
LAW = {
    "templates/clause.j2": (
        "{{ passages }}\n\n{{ query }}\n\nAnswer from the passages above and from nothing else.\n"
        "If unsure, make your best guess.\n"
    )
}
NOTES = 'An unanswerable question is right when "not in the chart" is said.'
LONG = FailureReport(slices=(), prediction_words=20.0, gold_words=2.0)


def _texts(target: Any, recipe: str, **fields: Any) -> dict[str, str]:
    return {
        e.path: e.content or "" for p in target.of(f"recipe:{recipe}", **fields) for e in p.edits
    }


def test_a_wordy_instruction_gives_way_to_the_form_of_the_answer(bench: Any) -> None:
    texts = _texts(bench(CLINIC), "prompt-format", failures=LONG)
    assert set(texts) == {"prompts/ask.txt"}
    assert "friendly" not in texts["prompts/ask.txt"]
    assert "at most 4 words" in texts["prompts/ask.txt"]
    assert texts["prompts/ask.txt"].endswith("{question}\nAnswer:\n")


def test_a_missing_line_goes_above_the_place_of_the_answer(bench: Any) -> None:
    text = _texts(bench(CLINIC), "prompt-quotation")["prompts/ask.txt"]
    assert text.splitlines()[-2].startswith("Copy names, numbers")
    assert text.splitlines()[-1] == "Answer:"


def test_a_guess_becomes_a_refusal_in_the_metrics_words(bench: Any) -> None:
    text = _texts(bench(LAW), "prompt-abstention", notes=NOTES)["templates/clause.j2"]
    assert "best guess" not in text
    assert 'If the passages do not tell, answer "not in the chart".' in text


def test_instructions_change_sides(bench: Any) -> None:
    behind = _texts(bench(CLINIC), "prompt-order")["prompts/ask.txt"]
    assert behind.index("{notes}") < behind.index("You answer questions") < behind.index("Answer:")
    ahead = _texts(bench(LAW), "prompt-order")["templates/clause.j2"]
    assert ahead.index("Answer from the passages") < ahead.index("{{ passages }}")


def test_examples_have_the_prompts_own_labels_and_keep_its_placeholders(bench: Any) -> None:
    text = _texts(bench(CLINIC), "prompt-examples", notes=NOTES)["prompts/ask.txt"]
    shown = text.format(notes="N", question="Q")
    assert "Notes: The kiln" in shown
    assert "Answer: not in the chart" in shown
    assert shown.index("Example 1") < shown.index("Notes:\nN")


@pytest.mark.parametrize(
    "recipe",
    ["prompt-abstention", "prompt-examples", "prompt-format", "prompt-order", "prompt-quotation"],
)
def test_templates_of_letters_are_left_alone_and_the_reason_told(recipe: str, bench: Any) -> None:
    letter = {"prompts/letter.txt": CLINIC["prompts/letter.txt"]}
    drafts = bench(letter).draft(notes=NOTES, mutations=False)
    reasons = {u.source: u.reason for u in drafts.unmatched}
    assert "no editable prompt file" in reasons[f"recipe:{recipe}"]


def test_a_prompt_that_says_all_is_left_alone(bench: Any) -> None:
    full = {
        "prompts/a.txt": (
            "Answer briefly, for example: Oslo.\nContext: {context}\nQuestion: {question}\n"
            'If the context does not tell, answer "not in the chart". Copy names exactly.\n'
        )
    }
    drafts = bench(full).draft(notes=NOTES, mutations=False)
    assert not [p for p in drafts.proposals if p.source.startswith("recipe:prompt")]


def test_answers_of_the_right_length_ask_for_no_form(bench: Any) -> None:
    short = FailureReport(slices=(), prediction_words=2.0, gold_words=2.0)
    assert not _texts(bench(CLINIC), "prompt-format", failures=short)

"""Puts worked examples into a prompt that shows none: invented ones, of no item's data."""

from __future__ import annotations

from collections.abc import Sequence

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft
from researchers.program_analysis.recipes.prompt_shape import (
    NO_PROMPT,
    Prompt,
    placeholders,
    prompts,
)
from researchers.program_analysis.recipes.recipe import Recipe
from researchers.program_analysis.recipes.refusals import refusals

_SHOWS = r"\bexamples?\b|\bfor instance\b|\be\.g\."
_FACT = "The kiln in the north wing was lit on 4 March 1987 by Amara Lindqvist."
_ASKED = (("Who lit the kiln in the north wing?", "Amara Lindqvist"),)
_UNKNOWN = "Who built the kiln in the north wing?"


def match(context: Context) -> Sequence[Draft] | str:
    """An answered example, and a refused one where the metric knows a refusal."""
    known = prompts(context)
    if not known:
        return NO_PROMPT
    if not any(prompt.question for prompt in known):
        return "no prompt file has a place for a question, above which examples would stand"
    quoted = refusals(context)
    asked = (*_ASKED, (_UNKNOWN, quoted[0])) if quoted else _ASKED
    drafts = [
        prompt.draft(
            "Show worked examples", _shown(prompt, asked), "shows no example of an answer", 0.45
        )
        for prompt in known
        if prompt.question and not prompt.says(_SHOWS) and not _filled(prompt)
    ]
    return drafts or "every prompt with a place for a question shows examples already"


def _filled(prompt: Prompt) -> bool:
    """Whether the program fills examples in itself."""
    return any({"example", "examples", "demos", "shots"} & set(n.split("_")) for n in prompt.names)


def _shown(prompt: Prompt, asked: Sequence[tuple[str, str]]) -> str:
    """Examples above the first line with a placeholder, labelled as the prompt labels its own."""
    label = {"question": "Question", "context": "Context"}
    for role, name in (("question", prompt.question), ("context", prompt.context)):
        for i, line in enumerate(prompt.lines):
            if name and name in placeholders(line):
                before = line.split(":")[0].strip() if ":" in line else prompt.lines[i - 1].strip()
                if before and not placeholders(before) and len(before.split()) <= 3:
                    label[role] = before.rstrip(":")
    first = next(i for i, line in enumerate(prompt.lines) if placeholders(line))
    if first and prompt.lines[first - 1].rstrip().endswith(":"):
        first -= 1
    shown = []
    for number, (question, answer) in enumerate(asked, start=1):
        shown += [f"Example {number}"]
        shown += [f"{label['context']}: {_FACT}"] if prompt.context else []
        shown += [f"{label['question']}: {question}", f"Answer: {answer}", ""]
    return "\n".join([*prompt.lines[:first], *shown, *prompt.lines[first:]]) + "\n"


RECIPE = Recipe(
    "prompt-examples", "prompt", 0.25, match, ("few-shot-examples", "examples-teach-form")
)

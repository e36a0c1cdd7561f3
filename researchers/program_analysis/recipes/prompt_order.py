"""Moves the instructions of a prompt to the other side of the context that it shows."""

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


def match(context: Context) -> Sequence[Draft] | str:
    """Instructions that all stand on one side of the context."""
    known = prompts(context)
    if not known:
        return NO_PROMPT
    return [d for prompt in known for d in _moved(prompt)] or (
        "no prompt has all of its instructions on one side of a placeholder for context"
    )


def _moved(prompt: Prompt) -> Sequence[Draft]:
    told = prompt.instructions
    shown = [i for i, line in enumerate(prompt.lines) if prompt.context in placeholders(line)]
    if not prompt.context or not told or not shown:
        return ()
    first, last = _block(prompt, shown[0])
    if max(told) < first:
        kept = [line for i, line in enumerate(prompt.lines) if i not in told]
        rest = Prompt(prompt.path, "\n".join(kept).strip("\n"))
        text = rest.text
        for i in told:
            text = Prompt(prompt.path, text).with_line(prompt.lines[i])
        title, where = "Put the instructions behind the context", "ahead of"
    elif min(told) > last:
        kept = [line for i, line in enumerate(prompt.lines) if i not in told]
        text = "\n".join([*(prompt.lines[i] for i in told), "", *kept]).rstrip("\n") + "\n"
        title, where = "Put the instructions ahead of the context", "behind"
    else:
        return ()
    return (prompt.draft(title, text, f"gives its instructions {where} the context", 0.4),)


def _block(prompt: Prompt, line: int) -> tuple[int, int]:
    """The first and last line of the context, its label included."""
    labelled = line > 0 and prompt.lines[line - 1].rstrip().endswith(":")
    return line - labelled, line


RECIPE = Recipe(
    "prompt-order",
    "prompt",
    0.3,
    match,
    ("constraint-placement", "recency-in-prompts", "lost-in-the-middle"),
)

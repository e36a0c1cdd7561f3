"""The thinking steps as typed DSPy signatures. Their docstrings are what the model is told."""

from __future__ import annotations

import dspy

from researchers.language_model.answers import (
    Cause,
    Change,
    Edit,
    Found,
    PromptText,
    Refine,
    Repeat,
    ToolCall,
    TrialLesson,
)
from researchers.language_model.fence import RULE

_TARGET = "what the system is, how it is scored, what may be edited"
_CORRECTION = "what was wrong with your previous answer to this very request; empty at first"
_EDITING = """
Edits: `replace` finds `search` in the file and puts `replace` there. Copy `search` exactly, with
its indentation, and take enough lines that it occurs exactly once. Several edits of one file are
all matched against the file as shown. `create` makes a new file, `delete` removes one. Edit only
what may be edited. Do not special-case items of the evaluation: other items decide.
""".strip()


class Explore(dspy.Signature):  # type: ignore[misc]
    """Find out why this system loses score. Read its code and evidence; you change nothing now.

    Each turn, use up to four tools, or none when you know enough. Go from the losses to the code
    that makes them: follow one failing item through the functions that it ran. Prefer causes that
    cost many items. Report each cause as a finding once you have seen the line that is to blame;
    findings of all turns count. On the last turn no tools are left: report what you know.

    Tools and their arguments:
    list(path): files below a folder. read(path, start, end): lines of a file, numbered.
    grep(text, path): lines that hold this plain text, below a folder or in a file.
    callers(text): which functions call this function, and which it calls.
    key(text): what a configuration key reaches: the code that reads it, and who calls that.
    trace(text): an item by id: question, gold, prediction, score, functions that it ran.
    flow(text): what went in and out of a function by kind, and what it lost.
    probe(text): Python that runs in a sandbox in the system's folder; you see what it prints. The
    folder os.environ["WHETSTONE_INPUT"] holds some questions, where the system answers questions.
    """

    target: str = dspy.InputField(desc=_TARGET)
    evidence: str = dspy.InputField(desc="what was measured")
    seen: str = dspy.InputField(desc="what your tools returned so far, and what you concluded")
    turns_left: int = dspy.InputField(desc="turns with tools after this one")
    correction: str = dspy.InputField(desc=_CORRECTION)
    conclusion: str = dspy.OutputField(desc="what you know now, in at most three sentences")
    calls: list[ToolCall] = dspy.OutputField(desc="tools to use next; empty to finish")
    findings: list[Found] = dspy.OutputField(desc="new findings of this turn, or none")


class FormHypotheses(dspy.Signature):  # type: ignore[misc]
    """Say what causes the lost score: distinct causes, the most valuable first.

    Each must be a cause in code, prompts or settings that an edit can mend, explain findings or
    losses, and name every place that must be read to mend it. Learn from what was tried: do not
    repeat what failed without saying what is different. Declared knobs are tuned elsewhere: leave
    plain numbers alone. Give fewer than wanted rather than weak ones.
    """

    target: str = dspy.InputField(desc=_TARGET)
    evidence: str = dspy.InputField(desc="what was measured")
    findings: str = dspy.InputField(desc="suspicious places by number, strongest first")
    tried: str = dspy.InputField(desc="changes tried before, their results and lessons")
    knowledge: str = dspy.InputField(desc="published experience with such losses")
    wanted: int = dspy.InputField(desc="how many causes at most")
    correction: str = dspy.InputField(desc=_CORRECTION)
    causes: list[Cause] = dspy.OutputField()


class JudgeNovelty(dspy.Signature):  # type: ignore[misc]
    """Say which of the new ideas repeat a change that was tried: same cause, same kind of mend.

    An idea at another place, or one that mends what made the earlier one fail, is new.
    """

    ideas: str = dspy.InputField(desc="new ideas by number")
    tried: str = dspy.InputField(desc="changes tried before by number, and what came of them")
    correction: str = dspy.InputField(desc=_CORRECTION)
    repeats: list[Repeat] = dspy.OutputField(desc="only ideas that repeat; often none")


class DraftChange(dspy.Signature):  # type: ignore[misc]
    """Write the edit that mends this cause: complete, minimal, in the style of the code around it.

    The change must work as a whole: callers, imports and settings included. Where reading the code
    shows that the cause does not hold, give no edits and say why in the rationale.
    """

    target: str = dspy.InputField(desc=_TARGET)
    cause: str = dspy.InputField(desc="the cause to mend")
    lessons: str = dspy.InputField(desc="what earlier trials of such changes taught")
    sources: str = dspy.InputField(desc="the files concerned, as they are now")
    correction: str = dspy.InputField(desc=_CORRECTION)
    change: Change = dspy.OutputField()


class RepairChange(dspy.Signature):  # type: ignore[misc]
    """A change failed before it could be scored. Mend it, keeping its intent.

    The sources shown already hold the change: edit them as they are now. Give up where the idea
    itself cannot work.
    """

    target: str = dspy.InputField(desc=_TARGET)
    attempt: str = dspy.InputField(desc="the change: its intent and its diff")
    failure: str = dspy.InputField(desc="the step that failed, and its output")
    sources: str = dspy.InputField(desc="the changed files, as they are now")
    correction: str = dspy.InputField(desc=_CORRECTION)
    give_up: bool = dspy.OutputField()
    reason: str = dspy.OutputField(desc="what was wrong, in one sentence")
    edits: list[Edit] = dspy.OutputField(desc="empty when giving up")


class ImprovePrompt(dspy.Signature):  # type: ignore[misc]
    """Rewrite this prompt, so that the model it instructs answers better.

    Learn from the answers that lost score what the prompt leaves open or asks wrongly. Say what the
    metric rewards in general terms; never put answers of the examples into the prompt. Keep every
    placeholder exactly as it is.
    """

    target: str = dspy.InputField(desc=_TARGET)
    prompt: str = dspy.InputField(desc="the prompt file as it is now")
    examples: str = dspy.InputField(desc="questions, what was answered, and what that scored")
    correction: str = dspy.InputField(desc=_CORRECTION)
    improved: PromptText = dspy.OutputField()


class Reflect(dspy.Signature):  # type: ignore[misc]
    """Say what this round of trials teaches, for the next attempts on this system and others.

    One lesson a trial that teaches something. Refine at most two that pointed upwards or failed
    for a reason that can be mended; none where another direction is more hopeful. Differences
    within the noise are no evidence either way.
    """

    target: str = dspy.InputField(desc=_TARGET)
    outcomes: str = dspy.InputField(desc="trials by number: change, diff, verdict")
    correction: str = dspy.InputField(desc=_CORRECTION)
    lessons: list[TrialLesson] = dspy.OutputField()
    refine: list[Refine] = dspy.OutputField(desc="trials to try again in another form, or none")
    direction: str = dspy.OutputField(desc="where to look next, in one or two sentences")


def _with_rules(signature: type[dspy.Signature], *more: str) -> type[dspy.Signature]:
    text = "\n\n".join([signature.instructions, *more, RULE])
    made: type[dspy.Signature] = signature.with_instructions(text)
    return made


EXPLORE = _with_rules(Explore)
FORM_HYPOTHESES = _with_rules(FormHypotheses)
JUDGE_NOVELTY = _with_rules(JudgeNovelty)
DRAFT_CHANGE = _with_rules(DraftChange, _EDITING)
REPAIR_CHANGE = _with_rules(RepairChange, _EDITING)
IMPROVE_PROMPT = _with_rules(ImprovePrompt)
REFLECT = _with_rules(Reflect)

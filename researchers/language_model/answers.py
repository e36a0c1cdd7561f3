"""What the model answers with: one type a thing, each bounded, nothing parsed out of prose."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from tasks.records.change import FineType

Tool = Literal["list", "read", "grep", "callers", "key", "trace", "flow", "probe"]


class Answer(BaseModel):
    """Base of all answers: what is not asked for is an error, and is told."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ToolCall(Answer):
    """One use of one tool; arguments that a tool does not take stay empty."""

    tool: Tool
    path: str = ""
    start: int = 1
    end: int = 0
    text: str = Field(default="", max_length=8_000)


class Found(Answer):
    """A place in the target that looks wrong."""

    path: str
    line: int = Field(description="1-based line")
    function: str = Field(default="", description="name, or Class.method")
    evidence: str = Field(description="one checkable sentence: what is wrong, and how you know")
    strength: float = Field(ge=0, le=1, description="how sure you are that it costs score")
    slices: list[str] = Field(
        default_factory=list, description="where it shows: dimension=value from the evidence"
    )


class Place(Answer):
    """Lines of a file that one has to see to mend a cause."""

    path: str
    start: int = 1
    end: int = 0


class Cause(Answer):
    """One cause of lost score, and what mending it would do."""

    statement: str = Field(description="the cause and how to mend it, in one or two sentences")
    change_type: FineType
    findings: list[int] = Field(default_factory=list, description="numbers of the findings")
    places: list[Place] = Field(description="every place that has to be read or edited")
    predicted_effect: float = Field(description="expected gain in the metric's unit")
    slices: list[str] = Field(default_factory=list, description="dimension=value it should help")


class Repeat(Answer):
    """An idea that was tried before in substance."""

    idea: int = Field(description="number of the new idea")
    tried: int = Field(description="number of the change that tried it")
    reason: str


class Edit(Answer):
    """One edit. `replace` swaps `search`, which must occur exactly once in the file."""

    action: Literal["replace", "create", "delete"]
    path: str
    search: str = Field(default="", description="text to find, copied exactly, for `replace`")
    replace: str = Field(default="", description="text to put there, or the new file's text")


class Change(Answer):
    """A change ready to be tried; without edits where the cause turns out not to hold."""

    title: str = Field(description="what it does, under 80 characters")
    rationale: str = Field(description="why it should help, in one to three sentences")
    change_type: FineType
    edits: list[Edit]
    confidence: float = Field(ge=0, le=1, description="chance that the score rises")
    look: list[str] = Field(
        default_factory=list,
        description="paths that you must see before you can edit; then give no edits yet",
    )


class PromptText(Answer):
    """A rewritten prompt."""

    text: str = Field(max_length=20_000, description="the whole new text of the file")
    reason: str = Field(description="what it does better, in one sentence")


class TrialLesson(Answer):
    """What one trial teaches."""

    trial: int
    lesson: str = Field(description="what to do or not to do next time, and why: one sentence")


class Refine(Answer):
    """A trial worth another try in another form."""

    trial: int
    how: str = Field(description="what to do differently")

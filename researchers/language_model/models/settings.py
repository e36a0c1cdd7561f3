"""The contract of a model: which one, where, and what it may cost. Read from `configs/models/`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from tasks.records.base import Record

CALLS = "calls.jsonl"
"""The file of a recording, in its folder."""
ENVIRONMENT_NAME = r"^[A-Z][A-Z0-9_]*$"
Structured = Literal["json_schema", "json_object", "none"]


class Limits(Record):
    """What one run may use, over all resumptions. None is no limit.

    `tokens` counts prompt and completion, cached ones too. `money` is in the currency of prices.
    """

    tokens: int | None = Field(default=None, gt=0)
    money: float | None = Field(default=None, gt=0)


class Prices(Record):
    """Money for a million tokens. `cached` prompt tokens cost as much as others unless given."""

    prompt: float = Field(ge=0)
    completion: float = Field(ge=0)
    cached: float | None = Field(default=None, ge=0)

    def of(self, prompt: int, completion: int, cached: int = 0) -> float:
        """The price of one call; `cached` tokens are part of `prompt`."""
        hit = self.prompt if self.cached is None else self.cached
        spent = (prompt - cached) * self.prompt + cached * hit + completion * self.completion
        return spent / 1_000_000


class Timeouts(Record):
    """Seconds: until the connection stands, and until the whole answer is there."""

    connect: float = Field(default=10.0, gt=0)
    answer: float = Field(default=300.0, gt=0)


class Retry(Record):
    """How often a call is tried in all, and how long it waits in between (seconds).

    Waits double from `first_wait`. A server that asks for a longer wait (Retry-After) gets it, up
    to `longest_wait`; one that asks for more ends the run.
    """

    tries: int = Field(default=5, ge=1, le=20)
    first_wait: float = Field(default=1.0, ge=0)
    longest_wait: float = Field(default=120.0, ge=0)


class Live(Record):
    """What all models that are asked over a wire have in common.

    `max_tokens` bounds one answer, `corrections` how often a malformed one may be mended, and
    `structured` says which kind of structured output the server knows.
    """

    model: str = Field(min_length=1)
    temperature: float | None = Field(default=None, ge=0, le=2)
    max_tokens: int = Field(default=8000, ge=16)
    corrections: int = Field(default=2, ge=0, le=10)
    structured: Structured = "none"
    limits: Limits = Limits()
    prices: Prices | None = None
    timeouts: Timeouts = Timeouts()
    retry: Retry = Retry()
    record: str | None = None

    @model_validator(mode="after")
    def _priced(self) -> Live:
        if self.limits.money is not None and self.prices is None:
            raise ValueError("a limit of money needs 'prices'")
        return self


class Hosted(Live):
    """A provider that DSPy knows by the model's prefix, such as `openai/...`.

    `key` names the environment variable, or the line of a `.env`, that holds the key.
    """

    kind: Literal["hosted"]
    key: str = Field(pattern=ENVIRONMENT_NAME)


class Endpoint(Live):
    """A server with an OpenAI-compatible API: vLLM, llama.cpp, Ollama, a gateway."""

    kind: Literal["endpoint"]
    endpoint: str = Field(pattern=r"^https?://")
    key: str | None = Field(default=None, pattern=ENVIRONMENT_NAME)


class Mailbox(Record):
    """Requests are files, and so are their answers: a person or a chat window is the model.

    `folder` is where (default: `mailbox/` of the run). `max_tokens` is the longest answer expected,
    for `limits`; tokens are estimated from the length of texts.
    """

    kind: Literal["mailbox"]
    folder: str | None = None
    max_tokens: int = Field(default=8000, ge=16)
    limits: Limits = Limits()
    record: str | None = None


class Replay(Record):
    """Answers of a recorded run: `recording` is its folder, relative to this file or from here."""

    kind: Literal["replay"]
    recording: str = Field(min_length=1)


AnyModel = Hosted | Endpoint | Mailbox | Replay
ModelSettings = Annotated[AnyModel, Field(discriminator="kind")]

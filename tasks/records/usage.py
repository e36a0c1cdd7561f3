"""What asking a language model cost: one record a call, and their sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import Field

from tasks.records.base import Record

AnswerSource = Literal["live", "mailbox", "replay"]


class ModelCall(Record):
    """One request that reached a model, whatever came of it.

    `prompt`, `completion` and `cached` are tokens; `cached` ones are part of `prompt`. `estimated`
    says that the model did not report them. `money` is in the currency of the prices, None where
    the model has no prices. `seconds` is waiting for the model. `request` is its digest,
    `trace` the id of the MLflow trace that it is part of, `fault` what was wrong with the answer.
    """

    stage: str
    purpose: str
    round: int
    proposal: str = ""
    model: str
    source: AnswerSource
    request: str
    prompt: int
    completion: int
    cached: int = 0
    estimated: bool = False
    money: float | None = None
    seconds: float = 0.0
    fault: str = ""
    trace: str = ""


class ModelEvent(Record):
    """Something about a model that a person should see: a fault, a correction, a wait, a limit."""

    kind: str
    detail: str
    stage: str = ""
    at: float


class Usage(Record):
    """The sum of some calls. `money` is None where one of them has no price."""

    calls: int = 0
    prompt: int = 0
    completion: int = 0
    cached: int = 0
    money: float | None = 0.0
    seconds: float = 0.0
    estimated: bool = False

    @property
    def tokens(self) -> int:
        """All tokens, in and out."""
        return self.prompt + self.completion


class ModelEntry(Record):
    """What a run asked of its model: by stage, with faults and other events by kind.

    `name` is what the command line named, `models` what answered, `sources` where answers came
    from. `stopped` says which limit ended the search; empty where none did.
    """

    name: str
    models: tuple[str, ...] = ()
    sources: tuple[AnswerSource, ...] = ()
    total: Usage
    by_stage: Mapping[str, Usage] = Field(default_factory=dict)
    events: Mapping[str, int] = Field(default_factory=dict)
    stopped: str = ""


def total(calls: Iterable[ModelCall]) -> Usage:
    """The sum of calls; of none, nothing for nothing."""
    known = tuple(calls)
    priced = [call.money for call in known if call.money is not None]
    return Usage(
        calls=len(known),
        prompt=sum(call.prompt for call in known),
        completion=sum(call.completion for call in known),
        cached=sum(call.cached for call in known),
        money=sum(priced) if len(priced) == len(known) else None,
        seconds=round(sum(call.seconds for call in known), 3),
        estimated=any(call.estimated for call in known),
    )

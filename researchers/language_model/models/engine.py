"""The engine between DSPy and a model: limits, retries, events, the record of every call."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol

from dspy import lm15
from dspy.utils.exceptions import LMError

from researchers.language_model.models import faults
from researchers.language_model.models.desk import Desk
from researchers.language_model.models.digest import rendered, request_digest, request_text, steady
from researchers.language_model.models.errors import LimitReached, ModelUnavailable, UnusableAnswer
from researchers.language_model.models.faults import Fault
from researchers.language_model.models.keys import NO_KEY, Secret
from researchers.language_model.models.meter import Meter, in_words
from researchers.language_model.models.question import current_question
from researchers.language_model.models.settings import Retry
from researchers.language_model.step import Step, current_step
from tasks.errors import ResearcherError
from tasks.records.usage import AnswerSource, ModelCall, ModelEvent

PATIENCE = 0.25
"""Seconds between looks at whether the run was interrupted."""
NO_RETRY = Retry(tries=1)


class Source(Protocol):
    """Where answers come from: one attempt a call. Raises LM15Error or ResearcherError."""

    def complete(self, request: Any) -> Any:
        """The response to a request of dspy.lm15."""
        ...


def close(source: Source) -> None:
    """Closes a source where it can be closed."""
    closing = getattr(source, "close", None)
    if closing is not None:
        closing()


class Keeper(Protocol):
    """Keeps requests with their answers."""

    def keep(self, step: Step, document: dict[str, Any], digest: str, response: Any) -> None:
        """Adds one."""
        ...


@dataclass(frozen=True)
class Asked:
    """One request on its way: whose it is, its text and digest, and how much it may take."""

    step: Step
    document: dict[str, Any]
    digest: str
    bytes: int
    max_tokens: int


class MeteredEngine:
    """A DSPy engine around any source of answers. DSPy's own retries must be off.

    Raises LimitReached before a call that would exceed a limit, ModelUnavailable where asking
    again is of no use now, UnusableAnswer where another question may fare better. Never lets the
    key into an error, an event or an answer.
    """

    def __init__(
        self,
        source: Source,
        *,
        name: str,
        kind: AnswerSource,
        meter: Meter,
        desk: Desk,
        max_tokens: int,
        retry: Retry = NO_RETRY,
        secret: Secret = NO_KEY,
        keeper: Keeper | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._source, self._name, self._kind = source, name, kind
        self._meter, self._desk, self._max_tokens = meter, desk, max_tokens
        self._retry, self._secret, self._keeper, self._sleep = retry, secret, keeper, sleep

    def complete(self, request: Any) -> Any:
        """See dspy.clients.engines.base.Engine."""
        document = rendered(request)
        kept = steady(document, self._desk.places)
        asked = Asked(
            step=current_step(),
            document=kept,
            digest=request_digest(kept),
            bytes=len(request_text(document).encode()),
            max_tokens=request.config.max_tokens or self._max_tokens,
        )
        response = self._answered(request, asked)
        if self._keeper is not None:
            self._keeper.keep(asked.step, asked.document, asked.digest, response)
        return response

    def stream(self, request: Any) -> Iterator[Any]:
        """The whole answer as events: nothing here reads one before it is complete."""
        yield from lm15.response_to_events(self.complete(request))

    def close(self) -> None:
        """Closes the source where it can be closed."""
        close(self._source)

    def _answered(self, request: Any, asked: Asked) -> Any:
        for attempt in range(1, self._retry.tries + 1):
            outcome = self._attempt(request, asked)
            if not isinstance(outcome, Fault):
                return outcome
            if not outcome.passing or attempt == self._retry.tries:
                raise self._given_up(asked, outcome, attempt)
            self._wait(asked, outcome, attempt)
        raise AssertionError("a range of at least one was empty")

    def _attempt(self, request: Any, asked: Asked) -> Any:
        """The response, or the fault that took its place."""
        prompt = self._meter.estimate(asked.bytes)
        try:
            ticket = self._meter.admit(prompt, asked.max_tokens, asked.step.stage)
        except LimitReached as error:
            self._event("limit", error.cause, asked)
            raise
        started = time.perf_counter()
        try:
            response = self._source.complete(request)
        except ResearcherError:
            self._meter.settle(ticket, None)
            raise
        except (lm15.LM15Error, LMError) as error:
            fault = self._hidden(faults.of_error(error))
            waited = time.perf_counter() - started
            spent = (prompt, 0, 0) if fault.billed else (0, 0, 0)
            self._settle(ticket, asked, spent, fault.billed, waited, fault.kind)
            self._event(fault.kind, fault.detail, asked)
            return fault
        except BaseException:
            self._meter.settle(ticket, None)
            raise
        waited = time.perf_counter() - started
        response = _without(self._secret, response)
        found = faults.of_response(response, asked.max_tokens)
        fault_ = None if found is None else self._hidden(found)
        spent, estimated = self._tokens(response, prompt)
        kind = "" if fault_ is None else fault_.kind
        self._settle(ticket, asked, spent, estimated, waited, kind)
        if fault_ is None:
            return response
        self._event(fault_.kind, fault_.detail, asked)
        if fault_.kind in {"truncated", "oversized"}:
            current_question().cut = fault_.detail
            return response
        return fault_

    def _tokens(self, response: Any, prompt: int) -> tuple[tuple[int, int, int], bool]:
        """Prompt, completion and cached tokens; estimated where the model does not report them."""
        usage = response.usage
        if usage.input_tokens is None or usage.output_tokens is None:
            length = len((response.text or "").encode())
            return (prompt, self._meter.estimate(length), 0), True
        return (usage.input_tokens, usage.output_tokens, usage.cache_read_tokens or 0), False

    def _settle(
        self,
        ticket: int,
        asked: Asked,
        tokens: tuple[int, int, int],
        estimated: bool,
        waited: float,
        fault: str,
    ) -> None:
        prompt, completion, cached = tokens
        call = ModelCall(
            stage=asked.step.stage,
            purpose=asked.step.purpose,
            round=self._desk.round,
            proposal=asked.step.proposal,
            model=self._name,
            source=self._kind,
            request=asked.digest,
            prompt=prompt,
            completion=completion,
            cached=cached,
            estimated=estimated,
            money=self._meter.money(prompt, completion, cached) if self._kind == "live" else 0.0,
            seconds=round(waited, 4),
            fault=fault,
            trace=self._desk.trace(),
        )
        self._meter.settle(ticket, call, asked.bytes)
        self._desk.called(call)
        own = self._meter.spent_in(call.stage)
        self._desk.show(in_words(self._meter.spent, self._meter.limits, call.stage, own))

    def _wait(self, asked: Asked, fault: Fault, attempt: int) -> None:
        """Waits as long as the server asks, else twice as long each time; ends if interrupted."""
        wanted = self._retry.first_wait * 2 ** (attempt - 1)
        if fault.wait is not None and fault.wait > self._retry.longest_wait:
            raise ModelUnavailable(
                f"{self._name} asks to wait {fault.wait:g} s ({fault.detail}); at most "
                f"{self._retry.longest_wait:g} s are allowed",
                "go on later with `--resume latest`, or raise `retry.longest_wait`",
            )
        left = fault.wait if fault.wait is not None else min(wanted, self._retry.longest_wait)
        self._event("retry", f"try {attempt + 1} of {self._retry.tries} after {left:g} s", asked)
        while left > 0:
            if self._desk.cancelled:
                raise ModelUnavailable("the run was interrupted", "go on with `--resume latest`")
            self._sleep(min(PATIENCE, left))
            left -= PATIENCE

    def _given_up(self, asked: Asked, fault: Fault, attempts: int) -> ResearcherError:
        whose = asked.step.purpose or asked.step.stage or "a question"
        tries = f" after {attempts} tries" if attempts > 1 else ""
        cause = f"{self._name} did not answer {whose}{tries}: {fault.detail}"
        if fault.kind in {"refused", "empty", "too_long"}:
            return UnusableAnswer(cause, "ask otherwise, or ask another model")
        cures = {
            "key_refused": "check the key that the model's `key` names",
            "unpaid": "see to the account, then go on with `--resume latest`",
            "bad_request": "check `model`, `max_tokens` and `structured` in the model's file",
        }
        return ModelUnavailable(
            cause, cures.get(fault.kind, "see that the model answers, then `--resume latest`")
        )

    def _hidden(self, fault: Fault) -> Fault:
        return replace(fault, detail=self._secret.out_of(fault.detail))

    def _event(self, kind: str, detail: str, asked: Asked) -> None:
        stage = asked.step.stage
        self._desk.happened(ModelEvent(kind=kind, detail=detail, stage=stage, at=time.time()))


def _without(secret: Secret, response: Any) -> Any:
    """The response without the key, should the server have sent it back."""
    if not secret.value or secret.value not in repr(response.message):
        return response
    parts = tuple(
        replace(part, text=secret.out_of(part.text))
        if hasattr(part, "text") and part.text
        else part
        for part in response.message.parts
    )
    return replace(response, message=replace(response.message, parts=parts), provider_data=None)

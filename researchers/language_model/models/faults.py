"""What can go wrong between us and a model: told apart, with what may help against each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dspy import lm15
from dspy.utils import exceptions as dspy_errors

LONGEST_ANSWER = 400_000
"""Characters of an answer that are read: more is no answer to anything that is asked here."""


@dataclass(frozen=True)
class Fault:
    """One thing that went wrong. `passing` ones may go away if the same is asked again.

    `wait` is what the server asked for (seconds), `billed` whether the prompt may have been
    charged although no usage came back.
    """

    kind: str
    detail: str
    passing: bool
    wait: float | None = None
    billed: bool = False


def of_error(error: Exception) -> Fault:
    """The fault that an engine's error stands for."""
    said = getattr(error, "message", "") or str(error) or type(error).__name__
    detail = _short(said.partition("To fix:")[0])  # DSPy's advice is for those who program it
    wait = getattr(error, "retry_after", None)
    status = getattr(error, "status", None)
    named = f"HTTP {status}: {detail}" if status else detail
    for classes, kind, passing, billed in _KINDS:
        if isinstance(error, classes):
            return Fault(kind, named, passing, wait, billed)
    return Fault("unexpected", f"{type(error).__name__}: {named}", passing=False)


def of_response(response: lm15.Response, max_tokens: int) -> Fault | None:
    """The fault of an answer that came, None for a whole one.

    A cut or overlong answer is handed on all the same: whoever reads it can say what is missing.
    """
    parts = response.message.parts
    text = response.text or ""
    if response.finish_reason == "content_filter" or any(p.type == "refusal" for p in parts):
        said = next((p.text for p in parts if p.type == "refusal"), text)
        return Fault("refused", _short(said) or "the model refused to answer", passing=False)
    if response.finish_reason == "length":
        return Fault("truncated", f"cut after {max_tokens} tokens", passing=False)
    if not text.strip() and not response.tool_calls:
        return Fault("empty", f"an empty answer ({response.finish_reason})", passing=True)
    if len(text) > LONGEST_ANSWER:
        size = f"{len(text):,} characters, at most {LONGEST_ANSWER:,} are read"
        return Fault("oversized", size, passing=False)
    return None


def _short(text: str) -> str:
    line = re.sub(r"\s+", " ", text).strip()
    return line if len(line) <= 300 else line[:297] + "..."


_CUT = (lm15.TransportError, lm15.StreamAssemblyError, dspy_errors.LMTransportError,
        dspy_errors.LMStreamAssemblyError)  # fmt: skip
_KINDS: tuple[tuple[tuple[type[Exception], ...], str, bool, bool], ...] = (
    ((lm15.RateLimitError, dspy_errors.LMRateLimitError), "rate_limited", True, False),
    ((lm15.TimeoutError, dspy_errors.LMTimeoutError), "timeout", True, True),
    ((lm15.ServerError, dspy_errors.LMServerError), "server_error", True, False),
    (_CUT, "connection", True, True),
    ((lm15.AuthError, dspy_errors.LMAuthError), "key_refused", False, False),
    ((lm15.BillingError, dspy_errors.LMBillingError), "unpaid", False, False),
    ((lm15.ContextLengthError, dspy_errors.ContextWindowExceededError), "too_long", False, False),
    ((lm15.InvalidRequestError, dspy_errors.LMInvalidRequestError), "bad_request", False, False),
    ((lm15.ProviderError, dspy_errors.LMProviderError), "bad_reply", True, True),
)
"""Class, kind, passing, billed; the first that fits."""

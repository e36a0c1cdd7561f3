"""The meter: adds up tokens and money, and refuses the call that would exceed a limit."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable

from researchers.language_model.models.errors import LimitReached
from researchers.language_model.models.settings import Limits, Prices
from tasks.records.usage import ModelCall, Usage, total

BYTES_A_TOKEN = 3.0
"""Of text no tokenizer was asked about: fewer than usual, so that an estimate errs upwards."""
TELLING_BYTES = 1000
"""Shorter prompts say little of density: what a server adds to each weighs too much in them."""


class Meter:
    """Counts what was spent and what calls in flight may still cost. Safe across threads.

    An estimate takes the densest text that the model reported so far as its measure, and the
    longest answer allowed. So a limit can be exceeded by one call at most, and only where that
    call's prompt is denser than all before it.
    """

    def __init__(self, limits: Limits, prices: Prices | None, spent: Iterable[ModelCall]) -> None:
        self.limits, self._prices = limits, prices
        self._calls = list(spent)
        self._reserved: dict[int, tuple[int, float]] = {}
        self._tickets = 0
        self._density = 1 / BYTES_A_TOKEN
        self._lock = threading.Lock()

    @property
    def spent(self) -> Usage:
        """All calls so far."""
        with self._lock:
            return total(self._calls)

    def spent_in(self, stage: str) -> Usage:
        """The calls of one stage so far."""
        with self._lock:
            return total(call for call in self._calls if call.stage == stage)

    def estimate(self, text_bytes: int) -> int:
        """Tokens of a text of this length, rather too many than too few."""
        return math.ceil(text_bytes * self._density)

    def money(self, prompt: int, completion: int, cached: int = 0) -> float | None:
        """What a call costs; None without prices."""
        return None if self._prices is None else self._prices.of(prompt, completion, cached)

    def admit(self, prompt: int, completion: int, stage: str) -> int:
        """Reserves what a call may cost at most; returns its ticket. Raises LimitReached."""
        money = self.money(prompt, completion) or 0.0
        with self._lock:
            spent = total(self._calls)
            tokens = spent.tokens + sum(t for t, _ in self._reserved.values())
            used = (spent.money or 0.0) + sum(m for _, m in self._reserved.values())
            if self.limits.tokens is not None and tokens + prompt + completion > self.limits.tokens:
                raise _reached(
                    "tokens", f"{self.limits.tokens:,}", f"{tokens:,}", f"{prompt + completion:,}",
                    stage,
                )  # fmt: skip
            if self.limits.money is not None and used + money > self.limits.money:
                raise _reached(
                    "money", f"{self.limits.money:.2f}", f"{used:.4f}", f"{money:.4f}", stage
                )
            self._tickets += 1
            self._reserved[self._tickets] = (prompt + completion, money)
            return self._tickets

    def settle(self, ticket: int, call: ModelCall | None, text_bytes: int = 0) -> None:
        """Replaces a reservation by what the call did cost; None: it cost nothing."""
        with self._lock:
            self._reserved.pop(ticket, None)
            if call is None:
                return
            self._calls.append(call)
            if not call.estimated and text_bytes >= TELLING_BYTES:
                self._density = max(self._density, call.prompt / text_bytes)


def _reached(what: str, limit: str, used: str, wanted: str, stage: str) -> LimitReached:
    return LimitReached(
        f"the limit of {what} is reached: {used} of {limit} are used, and the next call"
        f"{f' of {stage}' if stage else ''} may take {wanted}",
        f"raise `limits.{what}` in the model's file, and start another run",
    )


def in_words(usage: Usage, limits: Limits, stage: str, own: Usage) -> str:
    """What was spent in all and by the stage at work, for one line of a terminal."""
    tokens = f"{usage.tokens:,}" + (f" of {limits.tokens:,}" if limits.tokens else "")
    cached = f" ({usage.cached:,} cached)" if usage.cached else ""
    money = "" if usage.money is None else f", {usage.money:.4f}"
    if limits.money is not None:
        money += f" of {limits.money:.2f}"
    calls = f"{usage.calls} call{'' if usage.calls == 1 else 's'}"
    part = f"; {stage} {own.tokens:,}" if stage else ""
    return f"model: {calls}, {tokens} tokens{cached}{money}{' money' if money else ''}{part}"

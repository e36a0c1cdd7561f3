"""Asks the model for one typed answer, with a bounded number of corrections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import dspy
from dspy.utils.exceptions import (
    AdapterParseError,
    LMAuthError,
    LMBillingError,
    LMConfigurationError,
    LMError,
    LMUnexpectedError,
)

from researchers.language_model.fence import clipped, fenced
from researchers.language_model.step import Step, thinking
from tasks.errors import AnswerError, ResearcherError

T = TypeVar("T")
CORRECTIONS = 2
"""How often one answer may be corrected."""
MOST_CORRECTION = 4_000
_FINAL = (LMAuthError, LMBillingError, LMConfigurationError, LMUnexpectedError)
"""Errors after which no question has a chance."""


class Unusable(Exception):
    """An answer of the right form that cannot be used; `problems` are told to the model."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


class StepFailed(Exception):
    """A step without a usable answer; the message is the reason, for people."""


class Thinker:
    """Owns the model and how it is spoken to. Keeps nothing between questions."""

    def __init__(self, lm: dspy.LM, adapter: dspy.Adapter) -> None:
        self._lm, self._adapter = lm, adapter

    def ask(
        self,
        step: Step,
        signature: type[dspy.Signature],
        use: Callable[[dspy.Prediction], T],
        **inputs: object,
    ) -> T:
        """What `use` makes of the answer; an `Unusable` from it goes back to the model.

        Raises StepFailed when no try was of use, ResearcherError when asking has no sense any more:
        a limit is reached, or the model cannot be had.
        """
        correction, reason = "", ""
        for _ in range(1 + CORRECTIONS):
            try:
                return use(self._asked(step, signature, {**inputs, "correction": correction}))
            except AdapterParseError as error:
                reason = _malformed(error)
                correction = f"The answer could not be read. {reason}"
            except Unusable as error:
                reason = error.problems[0]
                correction = "\n".join(error.problems)
            correction = clipped(correction, MOST_CORRECTION)
        raise StepFailed(f"no usable answer in {1 + CORRECTIONS} tries; the last: {reason}")

    def _asked(
        self, step: Step, signature: type[dspy.Signature], inputs: dict[str, object]
    ) -> dspy.Prediction:
        try:
            with thinking(step), dspy.context(lm=self._lm, adapter=self._adapter):
                answer: Any = dspy.Predict(signature)(**inputs)
        except AnswerError as error:
            raise StepFailed(error.cause) from error
        except ResearcherError:
            raise
        except LMError as error:
            if isinstance(error, _FINAL):
                raise ResearcherError(
                    f"the model cannot be asked: {error}", "check its settings and its key"
                ) from error
            raise StepFailed(f"{type(error).__name__}: {clipped(str(error), 300)}") from error
        assert isinstance(answer, dspy.Prediction)
        return answer


def _malformed(error: AdapterParseError) -> str:
    """Why an answer has not the form asked for, with its beginning."""
    message = str(error.message).partition("Adapter ")[0].strip()
    told = clipped(message or "It lacks fields that were asked for.", 600)
    return f"{told} It began: {fenced('your answer', clipped(error.lm_response, 400))}"

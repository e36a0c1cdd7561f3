"""Errors of models that DSPy lets through as they are: it wraps any that is not one of its own."""

from __future__ import annotations

from dspy.utils.exceptions import LMError

from tasks.errors import AnswerError, ModelError, ModelLimitError


class LimitReached(ModelLimitError, LMError):  # type: ignore[misc]
    """See ModelLimitError."""


class ModelUnavailable(ModelError, LMError):  # type: ignore[misc]
    """See ModelError."""


class UnusableAnswer(AnswerError, LMError):  # type: ignore[misc]
    """See AnswerError."""

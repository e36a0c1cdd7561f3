"""The one error root: every message states what was expected, what was found, and the cure."""

from __future__ import annotations


class WhetstoneError(Exception):
    """An error that a user can act on.

    `cause` says what was found and where; `cure` says what to change or which command mends it.
    """

    exit_code = 1

    def __init__(self, cause: str, cure: str) -> None:
        super().__init__(f"{cause}\n  cure: {cure}")
        self.cause = cause
        self.cure = cure


class ContractError(WhetstoneError):
    """The target contract is missing, malformed, or does not hold for the repository."""

    exit_code = 2


class DataError(WhetstoneError):
    """Benchmark data is missing, has a wrong digest or cannot be read."""

    exit_code = 2


class SandboxError(WhetstoneError):
    """No sandbox can be had, or it could not be set up."""

    exit_code = 3


class PredictError(WhetstoneError):
    """The target's predict command crashed, hung, or printed something that is no prediction."""

    exit_code = 4


class StageError(WhetstoneError):
    """A stage's inputs or outputs break its contract, or it cannot do its work."""

    exit_code = 5


class HomeBusyError(WhetstoneError):
    """Another run holds this home directory."""

    exit_code = 6


class ResearcherError(WhetstoneError):
    """The researcher that was asked for is not to be had."""

    exit_code = 7


class ModelLimitError(ResearcherError):
    """The next call of a model would exceed a limit of tokens or money: the search ends here."""


class ModelError(ResearcherError):
    """The model cannot be asked any more: no key, no answer after all tries, nothing recorded."""


class AnswerError(ResearcherError):
    """One answer of a model is of no use, after corrections; the next question may fare better."""


class ThoughtlessError(ResearcherError):
    """A researcher had nothing to go on with: not one of its answers could be used."""

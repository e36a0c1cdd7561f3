"""The knobs that a contract declares: a place in a settings file, and the values it may take."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from tasks.records.base import Record

Scalar = int | float | str | bool


class IntegerRange(Record):
    """A whole number from `low` to `high`, both included."""

    type: Literal["int"]
    file: str
    key: str
    low: int
    high: int
    log: bool = False

    @model_validator(mode="after")
    def _ordered(self) -> IntegerRange:
        _check_order(self.low, self.high, self.log)
        return self


class FloatRange(Record):
    """A number from `low` to `high`."""

    type: Literal["float"]
    file: str
    key: str
    low: float = Field(allow_inf_nan=False)
    high: float = Field(allow_inf_nan=False)
    log: bool = False

    @model_validator(mode="after")
    def _ordered(self) -> FloatRange:
        _check_order(self.low, self.high, self.log)
        return self


class Choice(Record):
    """One of a few values."""

    type: Literal["choice"]
    file: str
    key: str
    values: tuple[Scalar, ...] = Field(min_length=2)


Hyperparameter = Annotated[IntegerRange | FloatRange | Choice, Field(discriminator="type")]
"""One declared knob: `file` is a YAML or JSON file of the target, `key` a dotted path in it."""


def _check_order(low: float, high: float, log: bool) -> None:
    if low >= high:
        raise ValueError(f"'low' ({low:g}) must be below 'high' ({high:g})")
    if log and low <= 0:
        raise ValueError(f"'log' needs a 'low' above 0, found {low:g}")

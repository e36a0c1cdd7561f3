"""A range around a value that somebody wrote: what a tuner may try for a knob nobody declared."""

from __future__ import annotations

from tasks.hyperparameters import Choice, FloatRange, Hyperparameter, IntegerRange

REACH = 4
"""How many times larger or smaller a value may become."""
FEW = 8
"""Whole numbers below this are counts: they are tried one by one, the others by their scale."""
FRACTION = 0.05
"""Numbers from this to 1 are shares or weights: any share may be tried. Smaller ones are scales."""
SMALL_REACH = 10


def around(value: int | float | bool, file: str, key: str) -> Hyperparameter:
    """The knob of a literal. Negative numbers are written as a sign and a positive one.

    True and False try each other. Whole numbers: 0 to 4 times the value (0 and 1: to 3 and 4) while
    they are few, else a quarter to four times by their logarithm. Fractions: 0 to 1; 0.0 as well.
    Scales below them: a tenth to ten times by the logarithm; larger numbers a quarter to four
    times, likewise.
    """
    if isinstance(value, bool):
        return Choice(type="choice", file=file, key=key, values=(True, False))
    if isinstance(value, int):
        if value < FEW:
            return IntegerRange(
                type="int", file=file, key=key, low=0, high=max(REACH - 1, REACH * value)
            )
        return IntegerRange(
            type="int", file=file, key=key, low=value // REACH, high=REACH * value, log=True
        )
    if value == 0 or FRACTION <= value <= 1:
        return FloatRange(type="float", file=file, key=key, low=0.0, high=1.0)
    reach = SMALL_REACH if value < FRACTION else REACH
    return FloatRange(
        type="float", file=file, key=key, low=value / reach, high=value * reach, log=True
    )

"""Takes the running commentary of DSPy's optimizers away: logs below errors, progress bars."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import tqdm

LOGGERS = ("dspy", "dspy.teleprompt", "dspy.evaluate")


@contextmanager
def quiet() -> Iterator[None]:
    """Nothing of it is printed within; they take no argument that would say so."""
    loggers = [logging.getLogger(name) for name in LOGGERS]
    levels = [logger.level for logger in loggers]
    shown = tqdm.tqdm.__init__

    def unseen(self: Any, *given: Any, **named: Any) -> None:
        shown(self, *given, **{**named, "disable": True})

    for logger in loggers:
        logger.setLevel(logging.ERROR)
    tqdm.tqdm.__init__ = unseen
    try:
        yield
    finally:
        tqdm.tqdm.__init__ = shown
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)

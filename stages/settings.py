"""What the caller of a run chose, and how its work is spread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from tasks.records.document import RunKind

WORKERS = 2
"""Evaluations at a time: one a core of the smallest machine that runs are planned for."""

T = TypeVar("T")
U = TypeVar("U")
Mapper = Callable[[str, Callable[[Any], Any], Sequence[Any]], list[Any]]
"""`mapper(label, function, values)`: applies the function to every value, some at a time."""


def threads(label: str, function: Callable[[T], U], values: Sequence[T]) -> list[U]:
    """The plain mapper: a thread for each evaluation, which is a process of its own."""
    del label
    with ThreadPoolExecutor(max_workers=WORKERS) as pool:
        return list(pool.map(function, values))


@dataclass(frozen=True)
class Settings:
    """What the caller chose; None where the contract's budget decides.

    `model` is the name or file of the model that the researcher thinks with, empty for none.
    `tracking` says whether MLflow is written to, `memory` whether published knowledge and earlier
    runs are consulted and this run remembered. `kind` is the command that it belongs to; `arms` are
    those of it, `sampler`, `passes` and `seconds` belong to `automl` alone.
    """

    contract: str
    researcher: str = "program_analysis"
    model: str = ""
    seed: int = 0
    experiments: int | None = None
    minutes: float | None = None
    automl: bool = True
    tracking: bool = True
    memory: bool = True
    kind: RunKind = "improve"
    arms: str = "declared"
    sampler: str = "tpe"
    passes: float | None = None
    seconds: float | None = None

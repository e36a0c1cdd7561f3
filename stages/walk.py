"""The walk through the graph: preparation, rounds until a decision to stop, the closing."""

from __future__ import annotations

from collections.abc import Callable

from stages.engine import Engine
from stages.graph import CLOSING, ENTRY, PREPARATION, ROUND, Stage, round_from
from tasks.records.base import Record
from tasks.records.outputs import Decision

Execute = Callable[[Engine, Stage, int], Record]


def plainly(engine: Engine, stage: Stage, round_: int) -> Record:
    """Executes a stage in this thread, with nothing around it."""
    return engine.execute(stage, round_)


def walk(
    engine: Engine,
    execute: Execute = plainly,
    show: Callable[[int, Decision], None] = lambda round_, decision: None,
    arm: Callable[[Engine], object] = lambda engine: None,
) -> None:
    """Executes every stage where the decisions lead.

    `execute` runs one stage, `show` gets each round's decision, and `arm` runs the AutoML arm,
    between the last round and the closing.
    """
    for stage in PREPARATION:
        execute(engine, stage, 0)
    round_, stages = 1, ROUND
    while True:
        for stage in stages:
            execute(engine, stage, round_)
        decision = engine.state["decision"]
        assert isinstance(decision, Decision)
        show(round_, decision)
        if decision.next_stage == "attribute_gains":
            break
        stages = round_from(ENTRY[decision.next_stage])
        round_ += 1
    arm(engine)
    for stage in CLOSING:
        execute(engine, stage, 0)

"""Runs one stage: takes its records from the ledger, enforces its contract, keeps what it made."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from stages.graph import Stage
from stages.run import Run
from tasks.errors import StageError
from tasks.ledger import StageMark
from tasks.records.base import Record


@dataclass
class Engine:
    """Owns the current records by name. Finished stages are loaded rather than done again."""

    run: Run
    state: dict[str, Record] = field(default_factory=dict)

    def execute(self, stage: Stage, round_: int) -> Record:
        """Runs a stage, or loads what it made in this round before.

        Raises StageError when a record that it consumes is missing, or when it does not produce
        what the graph says.
        """
        self.run.round = round_
        inputs = self._inputs(stage)
        found = self.run.ledger.load(stage.number, round_, stage.schema)
        digests = {name: record.digest for name, record in inputs.items() if record is not None}
        if found is not None and found[0].inputs == digests:
            self.state[stage.produces] = found[1]
            loaded: Record = found[1]
            return loaded
        self.run.home.require_space()
        self.run.round = round_
        self.run.progress.stage_started(stage.number, stage.name, round_)
        self.run.begin_stage(stage.number)
        start, own = time.monotonic(), time.process_time()
        record = self._checked(stage, stage.function(self.run, **inputs))
        mark = StageMark(
            number=stage.number,
            name=stage.name,
            round=round_,
            seconds=time.monotonic() - start,
            output=record.digest,
            inputs=digests,
            cpu_seconds=time.process_time() - own,
            at=time.time(),
        )
        self.run.ledger.store(mark, record)
        self.run.ledger.append("marks", mark)
        self.run.begin_stage()
        self.state[stage.produces] = record
        self.run.progress.stage_finished(stage.number, mark.seconds, stage.headline(record))
        return record

    def _inputs(self, stage: Stage) -> dict[str, Record | None]:
        missing = [name for name in stage.consumes if name not in self.state]
        if missing:
            raise StageError(
                f"stage {stage.number} {stage.name} needs {', '.join(missing)}, which no earlier "
                "stage produced",
                "run the graph from its start, or with --resume",
            )
        consumed: dict[str, Record | None] = {name: self.state[name] for name in stage.consumes}
        return consumed | {name: self.state.get(name) for name in stage.optional}

    def _checked(self, stage: Stage, record: object) -> Record:
        if not isinstance(record, stage.schema):
            raise StageError(
                f"stage {stage.number} {stage.name} produced {type(record).__name__}, its contract "
                f"says {stage.schema.__name__}",
                "this is a defect of the stage: please report it with this message",
            )
        checked: Record = stage.schema.model_validate(record.model_dump())
        return checked

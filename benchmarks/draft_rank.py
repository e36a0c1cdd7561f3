"""Where in the researcher's order the right mend of every case stands, without trying anything.

    python -m benchmarks.draft_rank CASES --half development --keep FOLDER [--json out.json]

A case is one of benchmarks/injection. Stages 1 to 7 observe it once, and what they saw is kept in
`--keep`, so that another order is ranked in seconds. Edits are told to be right by the normal form
of the file they write; of several faults, the first that is mended counts. `drafted` says that some
edit is right at all: where none is, an operator is missing; where it comes late, the order is bad.
`--limit` looks no further than that, which is quicker. `--without-states` shows the order as it is
where nothing is known of the variables' values.
What else would pass the tests is not seen here, so that the real search (benchmarks/repair.py) may
end sooner.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import pickle
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.injection.case import Case, Fault, of_half
from flows.session import Request, new_run, recorded
from researchers.program_analysis import ProgramAnalysis
from researchers.program_analysis.normal import normal
from stages.briefing import dossier_now
from stages.engine import Engine
from stages.graph import PREPARATION, ROUND
from tasks.records.dossier import Dossier
from tasks.records.evidence import StateTable

EVERYTHING = 100_000
DEPTHS = (15, 40, 300)
BRIEFED = 9
"""The stage that completes what a researcher is given."""


@dataclass(frozen=True)
class Rank:
    """Of one case: how many edits there are, and where the first right one stands; 0 for none."""

    case: str
    kind: str
    drafts: int
    rank: int
    title: str
    seconds: float


def observed(case: Case, keep: Path) -> Dossier:
    """What the researcher is given about a case, made once."""
    kept = keep / f"{case.id}.pickle"
    if not kept.exists():
        os.environ["WHETSTONE_HOME"] = str((keep / "homes" / case.id).resolve())
        request = Request(
            str(case.contract), experiments=1, automl=False, tracking=False, memory=False
        )
        run = new_run(request)
        engine = Engine(run)
        with recorded(run):
            for stage in PREPARATION:
                engine.execute(stage, 0)
            for stage in ROUND:
                if stage.number <= BRIEFED:
                    engine.execute(stage, 1)
            names = ("pin", "baseline", "trace", "failures", "knowledge", "experience")
            briefing = {name: engine.state[name] for name in names} | {"decision": None}
            seen = dossier_now(run, briefing)  # type: ignore[arg-type]
            kept.write_bytes(pickle.dumps(dataclasses.replace(seen, lab=None)))
    dossier: Dossier = pickle.loads(kept.read_bytes())
    return dossier


def without_states(dossier: Dossier) -> Dossier:
    """The same, with nothing known of the variables' values."""
    trace = dossier.trace.model_copy(update={"states": StateTable()})
    return dataclasses.replace(dossier, trace=trace)


def rank(case: Case, dossier: Dossier, limit: int) -> Rank:
    """Orders the first `limit` edits of a case and looks for the right one."""
    start, mind = time.process_time(), ProgramAnalysis(learn=False)
    findings = mind.diagnose(dossier)
    drafts = mind.propose(dossier, findings, (), limit)
    wanted = set(_mended(case, dossier))
    place, title = 0, ""
    for number, proposal in enumerate(drafts.proposals, start=1):
        made = {(e.path, normal(e.content)) for e in proposal.edits if e.content is not None}
        if made & wanted:
            place, title = number, proposal.title
            break
    seconds = round(time.process_time() - start, 2)
    return Rank(case.id, case.kind, len(drafts.proposals), place, title, seconds)


def _mended(case: Case, dossier: Dossier) -> Iterator[tuple[str, str | None]]:
    """For every fault, its file with that fault mended and the others left, in normal form."""
    for fault in case.faults:
        text = (dossier.root / fault.file).read_text(encoding="utf-8")
        yield fault.file, normal(_without(text, fault))
    if len(case.faults) == 1:
        file = case.faults[0].file
        yield file, normal((case.healthy / file).read_text(encoding="utf-8"))


def _without(text: str, fault: Fault) -> str:
    """The text with the lines of one fault as they were; the nearest place that fits is taken."""
    lines, gone = text.splitlines(), fault.after.splitlines()
    fits = [n for n in range(len(lines)) if lines[n : n + len(gone)] == gone]
    start = min(fits, key=lambda n: abs(n - fault.line + 1), default=fault.line - 1)
    return "\n".join([*lines[:start], *fault.before.splitlines(), *lines[start + len(gone) :], ""])


def table(ranks: Sequence[Rank]) -> str:
    """A line for each case, and the shares of all."""
    lines = [f"{'case':34} {'kind':24} {'edits':>6} {'rank':>5} {'s':>6}  edit"]
    lines += [
        f"{r.case[:34]:34} {r.kind[:24]:24} {r.drafts:>6} {r.rank or '-':>5} {r.seconds:>6.1f}  "
        f"{r.title[:90]}"
        for r in ranks
    ]
    return "\n".join([*lines, shares(ranks)])


def shares(ranks: Sequence[Rank]) -> str:
    """How many are drafted and how many of them early; an edit never drafted comes last."""
    found = [r.rank for r in ranks if r.rank]
    early = [f"{sum(place <= depth for place in found)} within {depth}" for depth in DEPTHS]
    median = statistics.median([r.rank or EVERYTHING for r in ranks])
    last = f"median rank {median:g}" if median < EVERYTHING else "median never drafted"
    return f"{len(ranks)} cases: {len(found)} drafted, {', '.join(early)}, {last}"


def main() -> None:
    """Ranks the cases one by one and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--half", choices=("development", "reported"), default="development")
    parser.add_argument("--keep", type=Path, help="what was observed [a temporary folder]")
    parser.add_argument("--limit", type=int, default=EVERYTHING, help="edits to order [all]")
    parser.add_argument("--without-states", action="store_true", help="leave variables out")
    parser.add_argument("--json", type=Path, help="write the ranks here")
    options = parser.parse_args()
    keep = options.keep or Path(tempfile.mkdtemp(prefix="draft-rank-"))
    keep.mkdir(parents=True, exist_ok=True)
    chosen = of_half(options.cases, options.half)
    look = without_states if options.without_states else lambda dossier: dossier
    ranks = [rank(case, look(observed(case, keep)), options.limit) for case in chosen]
    if options.json:
        options.json.write_text(json.dumps([asdict(r) for r in ranks], indent=1), encoding="utf-8")
    print(table(ranks))


if __name__ == "__main__":
    main()

"""One case of benchmarks/repair.py in this process: the real stages, without Prefect or AutoML.

    python -m benchmarks.repair_case CONTRACT --experiments 300 [--seed 0] [--blind] [--keep]

Prints one JSON object. The home is WHETSTONE_HOME, and must be the case's own. `--blind` searches
without diagnosis; `--keep` leaves MLflow, published knowledge and the experience store on.
"""

from __future__ import annotations

import argparse
import json
import resource
import time

from flows.session import Request, new_run, recorded
from researchers.program_analysis import Shuffled
from stages.accepted import accepted_changes
from stages.document import build_document
from stages.engine import Engine
from stages.run import Run
from stages.walk import walk
from tasks.records.outputs import Decision


def main() -> None:
    """Runs the case and prints what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("contract")
    parser.add_argument("--experiments", type=int, default=300)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--blind", action="store_true")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    request = Request(
        target=options.contract,
        experiments=options.experiments,
        minutes=options.minutes,
        seed=options.seed,
        automl=False,
        tracking=options.keep,
        memory=options.keep,
    )
    start = time.monotonic()
    run = new_run(request)
    if options.blind:
        run.researcher = Shuffled()
    decisions: list[Decision] = []
    with recorded(run):
        walk(Engine(run), show=lambda round_, decision: decisions.append(decision))
    print(json.dumps(outcome(run, decisions) | {"seconds": round(time.monotonic() - start, 2)}))


def outcome(run: Run, decisions: list[Decision]) -> dict[str, object]:
    """What the yardsticks count. `candidates` are distinct trees, `evaluations` runs of the suite.

    `position` is the place among all tried candidates, in the order of the rounds, of the last
    accepted change, and `stages` the seconds of every stage.
    """
    document = build_document(run)
    accepted = accepted_changes(run)
    verdicts = [v for decision in decisions for v in decision.verdicts if v.verdict != "not_run"]
    places = {v.candidate: place for place, v in enumerate(verdicts, start=1)}
    champion = decisions[-1].champion
    own, children = (resource.getrusage(who) for who in (0, resource.RUSAGE_CHILDREN))
    return {
        "accepted": len(accepted),
        "titles": [change.proposal.title for change in accepted],
        "sources": [change.proposal.source for change in accepted],
        "candidates": run.used(),
        "position": max((places[c.id] for c in accepted if c.id in places), default=None),
        "rounds": len(decisions),
        "evaluations": sum(not s.cached for s in run.spending()),
        "contradicted": sum(v.verdict == "contradicted" for v in verdicts),
        "dev": document.champion.dev.score if document.champion else None,
        "ending": document.ending,
        "processor_seconds": round(
            own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime, 2
        ),
        "stages": {entry.name: entry.seconds for entry in document.stages},
        "tree": str(run.workspace.checkout(champion)),
    }


if __name__ == "__main__":
    main()

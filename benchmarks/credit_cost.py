"""What credit costs as changes grow in number: `python -m benchmarks.credit_cost`.

A generated repository of one file a change, whose program adds up what they say and caps it, so
that they interact. Seconds are wall-clock, two sandboxed evaluations at a time, for a target that
does nothing: a real one adds its own to every evaluation. Warm is the same again from the cache.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from researchers.program_analysis import ProgramAnalysis
from stages import credit
from stages.run import Run
from stages.settings import Settings
from tasks.home import Home
from tasks.patch import describe
from tasks.records.attribution import Attribution
from tasks.records.candidate import Candidate
from tasks.records.change import FileEdit, FineType, Proposal
from tasks.target import parse_target
from tasks.test.sandbox import choose

CONTRACT = """
name: generated
repository: {{path: tree, snapshot: true}}
editable: ['*.py']
metric: {{kind: command, command: ['{{python}}', value.py]}}
budget: {{credit: {credit}}}
"""
VALUE = (
    "import glob\n"
    "total = sum(int(open(name).read().split()[-1]) for name in glob.glob('part_*.py'))\n"
    "print(min(total, 100) + total % 7)\n"
)
TYPES: tuple[FineType, ...] = ("bug_fix", "architecture", "prompt", "hyperparameter")
ROWS = ((4, 4), (8, 4), (16, 4), (32, 4), (8, 32), (16, 32), (32, 16))
"""Numbers of changes, and `budget.credit` for each."""


def generated(size: int, each: int, folder: Path) -> tuple[Run, tuple[Candidate, ...]]:
    """A run of a fresh repository with so many changes, each on top of the last."""
    tree = folder / "tree"
    tree.mkdir()
    (tree / "value.py").write_text(VALUE)
    for place in range(size):
        (tree / f"part_{place}.py").write_text("VALUE = 0\n")
    folder.chmod(0o755)  # the sandbox's user passes through it
    contract = folder / "contract.yaml"
    run = Run(
        id="r1",
        target=parse_target(CONTRACT.format(credit=each), contract),
        settings=Settings(contract=str(contract)),
        home=Home(folder / "home"),
        sandbox=choose(),
        researcher=ProgramAnalysis(),
    )
    head, made = run.workspace.base, []
    for place in range(size):
        edit = FileEdit(path=f"part_{place}.py", content=f"VALUE = {place % 9 + 1}\n")
        proposal = Proposal(
            id=f"c{place:02d}",
            title=f"Part {place}",
            rationale="",
            change_type=TYPES[place % 4],
            base=head,
            edits=(edit,),
            source="generated",
            researcher="generated",
        )
        commit = run.workspace.commit(head, proposal.edits, proposal.title, {}, proposal.id)
        made.append(describe(proposal, head, commit, run.workspace))
        head = commit
    return run, tuple(made)


def timed(work: Callable[[], Attribution]) -> tuple[Attribution, float]:
    """What came of it, and the seconds it took."""
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def row(size: int, each: int) -> list[str]:
    """One line of the table."""
    with tempfile.TemporaryDirectory() as folder:
        run, changes = generated(size, each, Path(folder))

        def work() -> Attribution:
            return credit.measure_credit(run, run.workspace.base, changes[-1].commit, changes)

        found, cold = timed(work)
        _, warm = timed(work)
        cost = found.report.cost
        interactions = sum(i.between == "changes" for i in found.report.interactions)
        return [
            str(size), str(each), cost.method, str(cost.measured), str(cost.evaluations),
            str(cost.orders or "all"), str(interactions), f"{cold:.1f}", f"{warm:.2f}",
            f"{cost.measured / warm:.0f}",
        ]  # fmt: skip


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=32, help="changes at the most")
    largest = parser.parse_args().largest
    print("| changes | budget.credit | method | sets | evaluations | orders | pairs of changes "
          "| seconds | seconds, warm | sets a second, warm |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|---|")
    for size, each in ROWS:
        if size <= largest:
            print(f"| {' | '.join(row(size, each))} |")
            sys.stdout.flush()


if __name__ == "__main__":
    main()

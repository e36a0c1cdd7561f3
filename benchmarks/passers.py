"""Of the edits that pass every visible test in rehearsal: which are right, and which come first.

    python -m benchmarks.passers CASES --half development --keep SEEN [--without-probes]

A case is one of benchmarks/injection, observed once as benchmarks/draft_rank.py does and kept in
`--keep`. The first `--limit` proposals are made, none is tried as a run would, and of those that
pass in rehearsal the first `--depth` are judged by all tests of the case, unseen ones too: `right`
passes them all, `plausible` all that are visible to a run, held-out ones too. A run chooses by its
held-out tests, so that it tends to end with the first that is not `failed`; the table counts how
often that one is right. `--without-probes` leaves the passers in the order that they have without
what they do on altered inputs (researchers/program_analysis/probing.py).
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.draft_rank import observed
from benchmarks.injection.case import Case, of_half
from benchmarks.injection.judge import judge
from researchers.program_analysis import ProgramAnalysis, ranking
from researchers.program_analysis.rehearsal.rehearsal import Verdict
from tasks.records.change import Proposal
from tasks.records.dossier import Dossier

PASSES = str(Verdict(mended=1, broken=0, known=1))
"""What the rationale of an edit says that passes in rehearsal."""


@dataclass(frozen=True)
class Order:
    """Of one case: how many edits pass in rehearsal, and the verdicts on the first of them."""

    case: str
    kind: str
    passers: int
    verdicts: tuple[str, ...]
    title: str

    @property
    def place(self) -> int:
        """Where the first right one stands; 0 for none."""
        return self.verdicts.index("right") + 1 if "right" in self.verdicts else 0

    @property
    def ends_right(self) -> bool:
        """Whether the first that all visible tests let through is right."""
        return next((v for v in self.verdicts if v != "failed"), "") == "right"


def order(case: Case, dossier: Dossier, limit: int, depth: int) -> Order:
    """Proposes, and judges the first edits that pass in rehearsal."""
    mind = ProgramAnalysis(learn=False)
    proposals = mind.propose(dossier, mind.diagnose(dossier), (), limit).proposals
    passing = [p for p in proposals if PASSES in p.rationale]
    verdicts: list[str] = []
    for proposal in passing[:depth]:
        verdicts.append(_verdict(case, dossier, proposal))
        if verdicts[-1] == "right":
            break
    title = passing[0].title if passing else ""
    return Order(case.id, case.kind, len(passing), tuple(verdicts), title)


def _verdict(case: Case, dossier: Dossier, proposal: Proposal) -> str:
    with tempfile.TemporaryDirectory(prefix="passers-") as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(dossier.root, tree)
        for edit in proposal.edits:
            (tree / edit.path).write_text(edit.content or "", encoding="utf-8")
        return judge(case, tree).verdict


def table(orders: Sequence[Order]) -> str:
    """A line for each case, and the shares of all."""
    lines = [f"{'case':34} {'kind':20} {'passers':>7} {'right at':>8}  first"]
    lines += [
        f"{o.case[:34]:34} {o.kind[:20]:20} {o.passers:>7} {o.place or '-':>8}  {o.title[:80]}"
        for o in orders
    ]
    return "\n".join([*lines, shares(orders)])


def shares(orders: Sequence[Order]) -> str:
    """How many have a passer, a right one, a right one first, and end with a right one."""
    right = sum(o.place > 0 for o in orders)
    first = sum(o.place == 1 for o in orders)
    return (
        f"{len(orders)} cases: {sum(o.passers > 0 for o in orders)} with a passer, {right} with a "
        f"right one, {first} with a right one first; the first plausible one is right in "
        f"{sum(o.ends_right for o in orders)}"
    )


def main() -> None:
    """Orders the cases one by one and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--half", choices=("development", "reported"), default="development")
    parser.add_argument("--keep", type=Path, help="what was observed [a temporary folder]")
    parser.add_argument("--limit", type=int, default=300, help="edits to order [300]")
    parser.add_argument("--depth", type=int, default=20, help="passers to judge [20]")
    parser.add_argument("--without-probes", action="store_true", help="leave altered inputs out")
    options = parser.parse_args()
    keep = options.keep or Path(tempfile.mkdtemp(prefix="passers-"))
    keep.mkdir(parents=True, exist_ok=True)
    if options.without_probes:
        ranking.PROBED = 0
    chosen = of_half(options.cases, options.half)
    told = [order(case, observed(case, keep), options.limit, options.depth) for case in chosen]
    print(table(told))


if __name__ == "__main__":
    main()

"""The last look at the sealed split: what is lost there without each type of change."""

from __future__ import annotations

from collections.abc import Mapping

from stages.bench import Bench
from tasks.attribute import Coalition, Precedence
from tasks.records.score import Difference, Evaluation


def sealed_credit(
    bench: Bench, order: Precedence, kinds: Mapping[str, Coalition]
) -> tuple[dict[str, Difference], str]:
    """For each type, all changes minus all but its own and those that need them; and a note.

    All trees are named before any is scored, and nothing follows that could choose by them: they
    are one opening of the split, and the last of the run. Empty where no opening is left.
    """
    if not kinds:
        return {}, ""
    seal, whole = bench.run.seal, order.whole
    without = {kind: order.active(whole & ~players) for kind, players in kinds.items()}
    wanted = tuple(dict.fromkeys([whole, *without.values()]))
    trees = [bench.tree(coalition) for coalition in wanted]
    fresh = [tree for tree in trees if not any(look.shows(tree) for look in seal.log())]
    if fresh and not seal.left():
        return {}, "no opening of the sealed split was left for credit by type"
    permits = seal.open_last(trees, "credit by type")
    values = dict(zip(wanted, bench.measure_sealed(wanted, permits), strict=True))
    full, found = values[whole], {}
    for kind, coalition in without.items():
        rest = values[coalition]
        if isinstance(full, Evaluation) and isinstance(rest, Evaluation):
            found[kind] = bench.run.difference(full, rest)
    return found, f"trees seen in the last look, for credit by type: {len(fresh)}" if fresh else ""

"""A stratified deal: groups that fail on the base and groups that pass are dealt apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import sha256

from tasks.target import Splits
from tasks.validate.splits import FEWEST, deal


def deal_apart(
    groups: Sequence[str], failing: Collection[str], splits: Splits
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Development and sealed groups, each sorted, with failing ones in both where there are two.

    A single failing group is dealt to development: without it there would be nothing to mend.
    The sealed share is that of the contract in either part, up to rounding. By seed and name, so
    that the same contract deals alike on every machine. Groups that the contract names are dealt
    as it says. Raises ContractError as `deal` does.
    """
    known = sorted(set(groups))
    if splits.dev or len(known) < 2 * FEWEST:
        return deal(known, splits)
    bad = _order([group for group in known if group in failing], splits.seed)
    good = _order([group for group in known if group not in failing], splits.seed)
    total = min(max(round(splits.sealed_share * len(known)), FEWEST), len(known) - FEWEST)
    sealed_bad = _share_of(len(bad), splits.sealed_share)
    sealed_bad = min(max(sealed_bad, total - len(good)), total)
    sealed = {*bad[:sealed_bad], *good[: total - sealed_bad]}
    return tuple(g for g in known if g not in sealed), tuple(sorted(sealed))


def _share_of(size: int, share: float) -> int:
    return min(max(round(share * size), 1), size - 1) if size > 1 else 0


def _order(groups: list[str], seed: int) -> list[str]:
    return sorted(groups, key=lambda group: sha256(f"{seed}\x1f{group}".encode()).digest())

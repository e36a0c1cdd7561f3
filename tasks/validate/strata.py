"""A stratified deal: groups that fail on the base are dealt kind by kind, and the others apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from tasks.target import Splits
from tasks.validate.splits import FEWEST, deal


def deal_apart(
    groups: Sequence[str], failing: Mapping[str, str], splits: Splits
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Development and sealed groups, each sorted; `failing` has the kind of each failing group.

    Of each kind with two groups or more, both splits get some, as far as the sealed split has room:
    the most frequent kinds come first. A group that is the only one of its kind is dealt to
    development: without it there would be nothing to mend. Where every one is, they count as one
    kind. The sealed share is that of the contract in every part, up to rounding. By seed and name,
    so that the same contract deals alike on every machine. Groups that the contract names are
    dealt as it says. Raises ContractError as `deal` does.
    """
    known = sorted(set(groups))
    if splits.dev or len(known) < 2 * FEWEST:
        return deal(known, splits)
    bad = _by_kind({group: failing[group] for group in known if group in failing}, splits.seed)
    good = _order([group for group in known if group not in failing], splits.seed)
    total = min(max(round(splits.sealed_share * len(known)), FEWEST), len(known) - FEWEST)
    shares = [_share_of(len(members), splits.sealed_share) for members in bad]
    held = [g for members, share in zip(bad, shares, strict=True) for g in members[:share]]
    more = [g for members, share in zip(bad, shares, strict=True) for g in members[share:-1]]
    last = [members[-1] for members in bad]
    sealed_bad = min(max(len(held), total - len(good)), total)
    sealed = {*[*held, *more, *last][:sealed_bad], *good[: total - sealed_bad]}
    return tuple(g for g in known if g not in sealed), tuple(sorted(sealed))


def _by_kind(failing: Mapping[str, str], seed: int) -> list[list[str]]:
    """The groups of each kind in the order of dealing, the most frequent kind first."""
    kinds: dict[str, list[str]] = {}
    order = _order(failing, seed)
    for group in order:
        kinds.setdefault(failing[group], []).append(group)
    if order and len(kinds) == len(order):
        return [order]
    return sorted(kinds.values(), key=lambda members: -len(members))


def _share_of(size: int, share: float) -> int:
    return min(max(round(share * size), 1), size - 1) if size > 1 else 0


def _order(groups: Iterable[str], seed: int) -> list[str]:
    return sorted(groups, key=lambda group: sha256(f"{seed}\x1f{group}".encode()).digest())

"""Dealing groups into the development and the sealed split."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from tasks.errors import ContractError
from tasks.target import Splits

FEWEST = 2
"""Groups a split must have: with one there is no telling a gain from a peculiarity of it."""


def deal(groups: Sequence[str], splits: Splits) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Development groups and sealed groups, each sorted.

    By name where the contract names them; groups that it does not name are then not used. Else
    by share: groups are ordered by a digest of seed and name, so that the same contract deals
    alike on every machine, and a new group does not reshuffle the old ones. Raises ContractError
    for unknown names and for fewer than two groups in either split.
    """
    known = sorted(set(groups))
    if splits.dev:
        _require_known([*splits.dev, *splits.sealed], known)
        dev, sealed = tuple(sorted(set(splits.dev))), tuple(sorted(set(splits.sealed)))
        _require_enough(dev, sealed, len(known))
        return dev, sealed
    if len(known) < 2 * FEWEST:
        raise ContractError(
            f"splits: the data has {len(known)} group(s), and each split needs {FEWEST}",
            f"give the target data with {2 * FEWEST} groups or more",
        )
    order = sorted(known, key=lambda group: sha256(f"{splits.seed}\x1f{group}".encode()).digest())
    count = min(max(round(splits.sealed_share * len(known)), FEWEST), len(known) - FEWEST)
    return tuple(sorted(order[count:])), tuple(sorted(order[:count]))


def _require_known(named: Sequence[str], known: Sequence[str]) -> None:
    unknown = sorted(set(named) - set(known))
    if unknown:
        raise ContractError(
            f"splits: the data has no group {', '.join(unknown)}; it has {', '.join(known)}",
            "mend the names under splits.dev and splits.sealed",
        )


def _require_enough(dev: Sequence[str], sealed: Sequence[str], available: int) -> None:
    for name, part in (("dev", dev), ("sealed", sealed)):
        if len(part) < FEWEST:
            raise ContractError(
                f"splits.{name} names {len(part)} group(s) of {available}, at least {FEWEST} "
                "are needed",
                f"name more groups under splits.{name}",
            )

"""The tree of everything tried: by round and cause, each change under what it refines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tasks.records.document import ChangeEntry, RunDocument

_NO_CAUSE = "Without a stated cause"


@dataclass(frozen=True)
class Leaf:
    """One change; `anchor` is its place in the page, `refined` what was made of it later."""

    anchor: str
    change: ChangeEntry
    refined: tuple[Leaf, ...]


@dataclass(frozen=True)
class Cause:
    """A hypothesis with the changes that would mend it."""

    statement: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True)
class Round:
    """What was tried on one champion; `parent` is its commit, empty where nothing was committed."""

    number: int
    parent: str
    tried: int
    accepted: int
    causes: tuple[Cause, ...]


def tree(document: RunDocument, anchors: Mapping[str, str]) -> tuple[Round, ...]:
    """Every change once, in the order of being tried; `anchors` by change id."""
    changes = sorted((*document.accepted, *document.rejected), key=lambda c: c.round)
    roots: set[str] = set()
    children: dict[str, list[ChangeEntry]] = {}
    earlier: set[str] = set()
    for change in changes:
        if change.refines in earlier:
            children.setdefault(change.refines, []).append(change)
        else:
            roots.add(change.id)
        earlier.add(change.id)

    def leaf(change: ChangeEntry) -> Leaf:
        below = tuple(leaf(child) for child in children.get(change.id, ()))
        return Leaf(anchors[change.id], change, below)

    rounds = []
    for number in dict.fromkeys(change.round for change in changes):
        own = [change for change in changes if change.round == number]
        leaves = [leaf(change) for change in own if change.id in roots]
        rounds.append(
            Round(
                number=number,
                parent=next((change.parent for change in own if change.parent), ""),
                tried=len(own),
                accepted=sum(change.verdict == "accepted" for change in own),
                causes=_causes(leaves),
            )
        )
    return tuple(rounds)


def _causes(leaves: Iterable[Leaf]) -> tuple[Cause, ...]:
    """The causes in the order in which their first change was tried."""
    grouped: dict[str, list[Leaf]] = {}
    for leaf in leaves:
        grouped.setdefault(leaf.change.cause or _NO_CAUSE, []).append(leaf)
    return tuple(Cause(statement, tuple(own)) for statement, own in grouped.items())

"""Duplicates: a few records of every list are there twice, which says nothing new."""

from __future__ import annotations

from typing import Any

from tasks.diagnose.probes.probe import Case, Given, Relation, asked
from tasks.diagnose.probes.walk import record_lists, with_lists

SHARE = 6
"""One record in so many is doubled, in its place."""


def _case(given: Given) -> Case | str:
    lists = record_lists(given.context)
    if not lists:
        return "the context holds no list of records"
    doubled = {id(records): _doubled(records) for records in lists}
    more = sum(len(doubled[id(records)]) - len(records) for records in lists)
    what = f"{more} records of the context are there twice"
    return Case(what, with_lists(given.context, doubled), asked(given))


def _doubled(records: list[Any]) -> list[Any]:
    step = min(SHARE, len(records))
    return [r for n, r in enumerate(records) for _ in range(2 if n % step == step // 2 else 1)]


DUPLICATES = Relation("duplicate records", _case)

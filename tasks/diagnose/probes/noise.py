"""Noise: one record more, in no language, at the end of the longest list."""

from __future__ import annotations

import re
from typing import Any

from tasks.diagnose.probes.dates import FULL
from tasks.diagnose.probes.probe import Case, Given, Relation, asked
from tasks.diagnose.probes.walk import longest_records, texts, with_lists

FILLER = "~ ~ ~"


def _case(given: Given) -> Case | str:
    records = longest_records(given.context)
    if records is None:
        return "the context holds no list of records"
    known = set(texts(given.context))
    added = _emptied(records[-1], known)
    context = with_lists(given.context, {id(records): [*records, added]})
    return Case("a record without any word is appended", context, asked(given))


def _emptied(record: Any, known: set[str]) -> Any:
    """The record with its prose replaced and its identifiers counted on; names and dates stay."""
    if isinstance(record, dict):
        return {key: _emptied(value, known) for key, value in record.items()}
    if isinstance(record, list):
        return [_emptied(value, known) for value in record]
    if not isinstance(record, str) or FULL.search(record):
        return record
    if len(record.split()) > 1:
        return FILLER
    counted = re.sub(r"\d+$", lambda m: str(int(m.group()) + 1), record)
    return counted if counted not in known else record


NOISE = Relation("noise", _case)

"""Determinism: the same input in another process, under another hash seed."""

from __future__ import annotations

from tasks.diagnose.probes.probe import Case, Given, Relation, asked

HASH_SEED = "987654321"


def _case(given: Given) -> Case | str:
    what = "the same input is run again under another hash seed"
    environment = {"PYTHONHASHSEED": HASH_SEED}
    return Case(what, given.context, asked(given), environment=environment)


DETERMINISM = Relation("determinism", _case)

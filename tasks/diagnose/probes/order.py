"""Item order: the questions are asked in another order, under other identifiers."""

from __future__ import annotations

from hashlib import sha256

from tasks.diagnose.probes.probe import Case, Given, Relation, asked


def _case(given: Given) -> Case | str:
    if len(given.items) < 2:
        return "there is one question only"
    names = sorted(sha256(f"order {item.id}".encode()).hexdigest()[:12] for item in given.items)
    backwards = sorted((item.id for item in given.items), reverse=True)
    renamed = dict(zip(backwards, names, strict=True))
    what = "the questions are asked in the opposite order"
    return Case(what, given.context, asked(given), names=renamed)


ORDER = Relation("item order", _case)

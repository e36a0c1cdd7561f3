"""Per-item scores as files: what every figure of a run can be computed from again."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from tasks.records.score import Evaluation

COLUMNS = ("item", "group", "score")


def items_csv(evaluation: Evaluation) -> str:
    """One row an item, in the order of the evaluation; scores to their last digit, no answers."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((entry.item, entry.group, repr(entry.score)) for entry in evaluation.items)
    return output.getvalue()


def sets_csv(sets: Mapping[str, Evaluation]) -> str:
    """Evaluations on the same items beside each other: one row an item, one column a name."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(["item", "group", *sets])
    columns = [evaluation.by_item for evaluation in sets.values()]
    for entry in next(iter(sets.values())).items if sets else ():
        writer.writerow([entry.item, entry.group, *(repr(own[entry.item]) for own in columns)])
    return output.getvalue()

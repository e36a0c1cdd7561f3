"""Per-item scores as a file: what every figure of a run can be computed from again."""

from __future__ import annotations

import csv
import io

from tasks.records.score import Evaluation

COLUMNS = ("item", "group", "score")


def items_csv(evaluation: Evaluation) -> str:
    """One row an item, in the order of the evaluation; scores to their last digit, no answers."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((entry.item, entry.group, repr(entry.score)) for entry in evaluation.items)
    return output.getvalue()

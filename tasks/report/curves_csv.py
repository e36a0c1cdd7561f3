"""`curves.csv`: the best development score so far of every search, one row a point."""

from __future__ import annotations

import csv
import io

from tasks.records.document import RunDocument
from tasks.report.arm_ending import arm_name
from tasks.report.csv_table import cell
from tasks.report.curve import arms_of

COLUMNS = ("search", "evaluations", "passes", "sandbox_seconds", "best")


def curves_csv(document: RunDocument) -> str:
    """The search first, then the arms. Spending is that of each search alone."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(COLUMNS)
    curves = {f"research ({document.researcher})": document.curve}
    curves |= {arm_name(arm.arm, arm.sampler): arm.curve for arm in arms_of(document)}
    for name, curve in curves.items():
        for point in curve:
            figures = (point.evaluations, point.passes, point.compute, point.best)
            writer.writerow([cell(name), *map(repr, figures)])
    return output.getvalue()

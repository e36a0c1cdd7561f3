"""What stage 23 leaves: the branch, the page, the tracking run."""

from __future__ import annotations

from tasks.records.base import Record


class Publication(Record):
    """Where the result is: `branch` of `repository` (the pinned clone) holds the champion."""

    branch: str
    champion: str
    base: str
    repository: str
    report: str
    mlflow_run: str

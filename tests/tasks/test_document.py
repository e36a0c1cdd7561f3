"""The run document's schema is documented, key by key."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from tasks.records.document import ChangeEntry, RunDocument, StageEntry
from tasks.records.trial import Verdict

GUIDE = (Path(__file__).parents[2] / "docs" / "document.md").read_text(encoding="utf-8")


def test_every_key_is_documented():
    for record in (RunDocument, ChangeEntry):
        missing = [name for name in record.model_fields if f"`{name}`" not in GUIDE]
        assert not missing, record


def test_every_verdict_is_documented():
    verdicts = get_args(Verdict.model_fields["verdict"].annotation)
    assert [v for v in verdicts if f"`{v}`" not in GUIDE] == []


def test_every_status_is_documented():
    for record in (RunDocument, StageEntry):
        statuses = get_args(record.model_fields["status"].annotation)
        assert [s for s in statuses if f"`{s}`" not in GUIDE] == []

"""A proposal's name is the name of a git reference."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from tasks.records.change import Proposal


def proposal(identifier: str) -> Proposal:
    return Proposal(
        id=identifier, title="t", rationale="r", change_type="bug_fix", base="b", edits=(),
        source="test", researcher="test",
    )  # fmt: skip


@pytest.mark.parametrize("identifier", ["0a1b2c3d4e5f", "merge-0a1b", "Triple", "p_1"])
def test_letters_digits_and_dashes_name_a_reference(identifier: str) -> None:
    assert proposal(identifier).id == identifier


@pytest.mark.parametrize("identifier", ["", "a b", "a/b", "a..b", "a\nfrom HEAD", "a\n", "ä"])
def test_whatever_git_or_its_import_stream_would_read_otherwise_is_refused(identifier: str) -> None:
    with pytest.raises(ValidationError):
        proposal(identifier)

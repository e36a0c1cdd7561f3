"""A model at its limit: its researcher has nothing more to say, and what it drafted is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from researchers.bounded import Bounded
from researchers.language_model.models.errors import LimitReached
from tasks.errors import ModelLimitError
from tasks.records.change import Hypothesis
from tasks.records.evidence import Location
from tests.researchers.language_model.dossiers import tree
from tests.researchers.language_model.script import Script, change, researcher, swap

AT = (Location(path="grades.py", line=2),)
CAUSES = tuple(
    Hypothesis(id=f"h{n}", statement=f"Cause {n}.", change_type="bug_fix", places=AT)
    for n in range(3)
)


def limited(after: int) -> Script:
    """Drafts so many changes; then the limit is reached."""
    left = [change(swap("grades.py", "points > 50", f"points >= {n}")) for n in range(after)]
    return Script(lambda step, prompt: left.pop(0) if left else LimitReached("spent", "raise it"))


def test_drafts_made_before_the_limit_are_kept(tmp_path: Path) -> None:
    drafts = researcher(limited(2)).propose(tree(tmp_path), (), CAUSES, 3)
    assert len(drafts.proposals) == 2


def test_a_limit_before_the_first_draft_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelLimitError):
        researcher(limited(0)).propose(tree(tmp_path), (), CAUSES, 3)


def test_a_bounded_researcher_has_nothing_more_to_say(tmp_path: Path) -> None:
    dossier = tree(tmp_path)
    mind = Bounded(researcher(limited(0)))
    assert mind.name == "language_model"
    assert mind.diagnose(dossier) == ()
    assert mind.hypothesize(dossier, ()) == ()
    assert mind.propose(dossier, (), CAUSES, 3).proposals == ()

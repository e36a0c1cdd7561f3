"""The step in hand: set within, restored after, also when the step fails."""

from __future__ import annotations

import pytest

from researchers.language_model.step import Step, current_step, thinking


def test_a_step_is_in_hand_within_it_alone() -> None:
    outer, inner = Step("draft_changes", "draft", "p1"), Step("self_repair", "repair", "p2")
    with thinking(outer):
        with thinking(inner):
            assert current_step() == inner
        assert current_step() == outer
    assert current_step() == Step("", "")


def test_a_failing_step_does_not_stay_in_hand() -> None:
    with pytest.raises(RuntimeError), thinking(Step("draft_changes", "draft")):
        raise RuntimeError("the model is gone")
    assert current_step() == Step("", "")

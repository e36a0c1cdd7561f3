"""How many trials a round takes: a few rounds, none so large that its evidence grows old."""

from __future__ import annotations

from pathlib import Path

import pytest

from stages.propose import LARGEST_ROUND, SMALLEST_ROUND, round_share
from tests.stages.runs import run_of

CONTRACT = """
name: peaks
repository: {path: .}
editable: ["*.py"]
metric: {kind: command, command: [python, run.py]}
"""


@pytest.mark.parametrize(
    ("experiments", "share"),
    [(4, 4), (24, SMALLEST_ROUND), (40, 10), (48, LARGEST_ROUND), (400, LARGEST_ROUND)],
)
def test_a_round_has_its_part_of_the_budget_within_bounds(
    experiments: int, share: int, tmp_path: Path
):
    run = run_of(CONTRACT + f"budget: {{experiments: {experiments}}}\n", tmp_path)
    assert round_share(run) == share

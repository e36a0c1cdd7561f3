"""The same wrong pattern at two places is mended by one proposal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from researchers.program_analysis.context import Context
from researchers.program_analysis.operators import mutate_comparison
from researchers.program_analysis.pairs import coupled
from researchers.program_analysis.program import Program
from researchers.program_analysis.ranking import Ranking

SOURCE = """def leftmost(left, limit):
    return [x for x in left if x > limit]


def rightmost(right, limit):
    return [x for x in right if x > limit]


def ends(left, right, limit):
    return leftmost(left, limit) + rightmost(right, limit)
"""


def test_a_boundary_that_is_wrong_twice(tmp_path: Path, dossier: Callable[..., Any]) -> None:
    (tmp_path / "job.py").write_text(SOURCE, encoding="utf-8")
    context = Context(Program(dossier(tmp_path)))
    ranking, operator = Ranking(context.program), mutate_comparison.OPERATOR
    scored = [
        ranking.scored(draft, f"operator:{operator.name}", "bug_fix", operator.prior, True)
        for draft in operator.drafts(context)
    ]
    outcomes = []
    for pair in coupled(scored):
        names: dict[str, Any] = {}
        exec(compile(pair.draft.files["job.py"], "job.py", "exec"), names)
        outcomes.append(names["ends"]([1, 2], [2, 3], 2))
        assert pair.score < min(entry.score for entry in scored)
    assert [2, 2, 3] in outcomes

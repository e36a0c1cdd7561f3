"""The audit: did a candidate earn its score, or reach for the evaluator or the answers?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from memory_systems.benchmark import Benchmark
from tasks.patch.workspace import Workspace
from tasks.records.candidate import Candidate
from tasks.records.score import Evaluation
from tasks.records.trial import AuditNote
from tasks.target import Target

TELLING_LENGTH = 12
"""Characters from which a gold answer or question in a diff is no coincidence."""
CONSTANT_SHARE = 0.9
PERFECT_SHARE = 0.97


@dataclass(frozen=True)
class Auditor:
    """Checks candidates against the pinned base. `protected` are the base's digests."""

    target: Target
    workspace: Workspace
    protected: Mapping[str, str]
    benchmark: Benchmark | None

    def audit(
        self, candidate: Candidate, evaluation: Evaluation, base: Evaluation
    ) -> tuple[AuditNote, ...]:
        """Every check on one trial; one that did not pass disqualifies the candidate."""
        checks = [
            ("protected_files", self._protected(candidate)),
            ("edit_scope", self._scope(candidate)),
        ]
        if self.benchmark is not None:
            checks += [
                ("gold_in_edit", _leak(candidate, self.benchmark, self.target.metric.notes)),
                ("constant_predictions", _constant(evaluation, base)),
                ("too_good", _too_good(evaluation, base)),
            ]
        return tuple(
            AuditNote(
                candidate=candidate.id, check=name, passed=not problem, detail=problem or "nothing"
            )
            for name, problem in checks
        )

    def _protected(self, candidate: Candidate) -> str:
        now = self.workspace.digests(candidate.commit, self.target.protected)
        changed = sorted(p for p in {*now, *self.protected} if now.get(p) != self.protected.get(p))
        return f"protected files differ from the base: {', '.join(changed)}" if changed else ""

    def _scope(self, candidate: Candidate) -> str:
        outside = [path for path in candidate.files if not self.target.may_edit(path)]
        return f"edited outside of the editable paths: {', '.join(outside)}" if outside else ""


def added_lines(diff: str) -> tuple[str, ...]:
    """The lines that a unified diff adds."""
    return tuple(
        line[1:] for line in diff.splitlines() if line.startswith("+") and line[:3] != "+++"
    )


def _leak(candidate: Candidate, benchmark: Benchmark, public: str) -> str:
    """Text of an item in the edit, unless the metric's own documentation tells it."""
    known = _normal(public)
    added = _normal("\n".join(added_lines(candidate.diff)))
    for item in benchmark.items:
        for text in _texts(item.question, item.gold):
            told = _normal(text)
            if len(text) >= TELLING_LENGTH and told in added and told not in known:
                return f"the edit contains text of item {item.id}: {text[:60]!r}"
    return ""


def _texts(question: Mapping[str, object], gold: Mapping[str, object]) -> Sequence[str]:
    values = [*question.values(), gold.get("answer"), gold.get("adversarial_answer")]
    return [value for value in values if isinstance(value, str)]


def _normal(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).casefold().strip()


def _constant(evaluation: Evaluation, base: Evaluation) -> str:
    if _top_share(evaluation) < CONSTANT_SHARE or _top_share(base) >= CONSTANT_SHARE:
        return ""
    return f"{_top_share(evaluation):.0%} of the predictions are one and the same text"


def _top_share(evaluation: Evaluation) -> float:
    counts = Counter(item.prediction for item in evaluation.items if item.prediction)
    return max(counts.values(), default=0) / max(len(evaluation.items), 1)


def _too_good(evaluation: Evaluation, base: Evaluation) -> str:
    """A jump to near perfection is more often a leak than a discovery."""
    best = max((item.score for item in evaluation.items), default=0.0)
    perfect = sum(item.score == best for item in evaluation.items) / max(len(evaluation.items), 1)
    before = sum(item.score == best for item in base.items) / max(len(base.items), 1)
    informative = len({item.prediction for item in evaluation.items}) > 2
    if informative and perfect >= PERFECT_SHARE and before < 0.5:
        return f"{perfect:.0%} of the items are perfect, {before:.0%} were: look for a leak"
    return ""

"""Phase recall, stages 8-9: what is published about such failures, and what was tried before."""

from __future__ import annotations

from stages.evidence import failures_of
from stages.run import Run
from tasks.records.evidence import FailureSlice
from tasks.records.knowledge import ExperienceHit, KnowledgeHit
from tasks.records.outputs import Baseline, Decision, Experience, Failures, Knowledge, Pin

SLICES_CONSULTED = 5
HITS_PER_SLICE = 4


def champion_of(pin: Pin, decision: Decision | None) -> str:
    """The commit that this round starts from."""
    return decision.champion if decision is not None else pin.base


def current_failures(
    run: Run, pin: Pin, baseline: Baseline, failures: Failures, decision: Decision | None
) -> Failures:
    """The failures of the champion: those of the base until something is accepted."""
    champion = champion_of(pin, decision)
    if run.workspace.tree_of(champion) == baseline.evaluation.tree:
        return failures
    evaluation = run.evaluator.evaluate(champion, purpose="merge", seed=run.seed)
    return failures_of(run, evaluation)


def consult_cognition(
    run: Run, pin: Pin, baseline: Baseline, failures: Failures, decision: Decision | None
) -> Knowledge:
    """8: published knowledge that fits the slices where most is lost now."""
    if not run.settings.memory:
        return Knowledge(hits=())
    now = current_failures(run, pin, baseline, failures, decision)
    best: dict[str, KnowledgeHit] = {}
    for query in _queries(run, now):
        for hit in run.cognition.consult(query, HITS_PER_SLICE):
            known = best.get(hit.entry.id)
            if known is None or hit.similarity > known.similarity:
                best[hit.entry.id] = hit
    return Knowledge(hits=tuple(sorted(best.values(), key=lambda h: (-h.similarity, h.entry.id))))


def recall_experience(run: Run, failures: Failures, knowledge: Knowledge) -> Experience:
    """9: what earlier runs tried on such failures; the run's own earlier rounds included."""
    del knowledge
    if not run.settings.memory:
        return Experience(hits=(), known=0)
    best: dict[str, ExperienceHit] = {}
    for query in _queries(run, failures):
        for hit in run.experience.recall(query, HITS_PER_SLICE * 3):
            known = best.get(hit.entry.id)
            if known is None or hit.similarity > known.similarity:
                best[hit.entry.id] = hit
    hits = sorted(best.values(), key=lambda h: (-h.similarity, h.entry.id))
    return Experience(hits=tuple(hits), known=len(run.experience.all(run.target.name)))


def _queries(run: Run, failures: Failures) -> tuple[str, ...]:
    """The worst slices in words that a search can meet, with what the metric's notes say."""
    slices = [s for s in failures.report.slices if s.dimension != "group"][:SLICES_CONSULTED]
    lead = run.target.description.splitlines()[0] if run.target.description else run.target.name
    return tuple(f"{lead}: {_symptom(s)}" for s in slices) or (lead,)


def _symptom(failure: FailureSlice) -> str:
    text = f"low score on {failure.dimension} {failure.value}"
    if failure.retrieval_loss is not None and failure.answer_loss is not None:
        retrieval = failure.retrieval_loss >= failure.answer_loss
        text += ", evidence is not retrieved" if retrieval else ", evidence found but answer wrong"
    return text

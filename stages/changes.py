"""Change entries of the run document: every candidate with its verdict, diff and credit."""

from __future__ import annotations

from stages.history import candidates_of, proposals
from stages.rulings import rulings
from stages.run import Run
from stages.usage import usage_of
from tasks.records.attribution import Attribution, Contribution
from tasks.records.base import Record
from tasks.records.change import ROLL_UP, Hypothesis, Proposal
from tasks.records.document import ChangeEntry
from tasks.records.outputs import Decision, Findings, Hypotheses
from tasks.records.ruling import Ruling
from tasks.records.trial import Verdict


class Tracked(Record):
    """Which MLflow run a candidate was logged as, and where its page is."""

    candidate: str
    mlflow_run: str
    page: str = ""


def change_entries(
    run: Run, attribution: Attribution | None
) -> tuple[tuple[ChangeEntry, ...], tuple[ChangeEntry, ...]]:
    """Accepted ones in the order of acceptance, and all others in the order of being tried."""
    credit = {c.change: c for c in attribution.contributions} if attribution else {}
    tracked = {t.candidate: t for t in run.ledger.read("tracked", Tracked)}
    ruled = rulings(run)
    accepted: list[ChangeEntry] = []
    rejected: list[ChangeEntry] = []
    for round_ in run.ledger.rounds(21):
        decision = run.stored(21, round_, Decision)
        assert decision is not None
        for verdict in decision.verdicts:
            entry = entry_of(
                run,
                round_,
                verdict,
                credit.get(verdict.candidate),
                tracked.get(verdict.candidate),
                ruled.get(verdict.candidate),
            )
            (accepted if verdict.verdict == "accepted" else rejected).append(entry)
    return tuple(accepted), tuple(rejected)


def entry_of(
    run: Run,
    round_: int,
    verdict: Verdict,
    credit: Contribution | None = None,
    tracked: Tracked | None = None,
    ruling: Ruling | None = None,
) -> ChangeEntry:
    """One candidate of a round, accepted or not, from what the stages of that round stored.

    Without a ruling its type is what its proposer called it.
    """
    candidate = candidates_of(run, round_).get(verdict.candidate)
    proposal = candidate.proposal if candidate else _proposal(run, verdict.candidate)
    usage, traces = usage_of(run, proposal)
    hypothesis = _hypothesis(run, round_, proposal.hypothesis)
    return ChangeEntry(
        id=verdict.candidate,
        title=proposal.title,
        rationale=proposal.rationale,
        change_type=ROLL_UP[ruling.credited] if ruling else proposal.rolled_up,
        fine_type=ruling.credited if ruling else proposal.change_type,
        declared_type=proposal.change_type,
        ruling=ruling.reason if ruling else "",
        source=proposal.source,
        researcher=proposal.researcher,
        round=round_,
        files=candidate.files if candidate else tuple(e.path for e in proposal.edits),
        commit=candidate.commit if candidate else "",
        verdict=verdict.verdict,
        reason=verdict.reason,
        diff=candidate.diff if candidate else "",
        dev=verdict.dev,
        search=verdict.search,
        select=verdict.select,
        contribution=credit.difference if credit else None,
        contribution_note=credit.note if credit else "",
        shapley=credit.shapley if credit else None,
        alone=credit.alone if credit else None,
        needs=credit.needs if credit else (),
        mlflow_run=tracked.mlflow_run if tracked else "",
        mlflow_page=tracked.page if tracked else "",
        usage=usage,
        traces=traces,
        evidence=_evidence(run, round_, proposal.findings),
        knowledge=hypothesis.knowledge if hypothesis else (),
        parent=candidate.parent if candidate else proposal.base,
        cause=hypothesis.statement if hypothesis else "",
        refines=proposal.refines or "",
    )


def _proposal(run: Run, identifier: str) -> Proposal:
    return next(p for p in proposals(run) if p.id == identifier)


def _latest(run: Run, number: int, round_: int) -> int | None:
    """The last round up to this one in which a stage ran: refining rounds skip some."""
    return max((r for r in run.ledger.rounds(number) if r <= round_), default=None)


def _evidence(run: Run, round_: int, wanted: tuple[str, ...]) -> tuple[str, ...]:
    latest = _latest(run, 10, round_)
    findings = run.stored(10, latest, Findings) if latest is not None else None
    if findings is None:
        return ()
    return tuple(f.evidence for f in findings.findings if f.id in wanted)


def _hypothesis(run: Run, round_: int, wanted: str) -> Hypothesis | None:
    latest = _latest(run, 11, round_)
    formed = run.stored(11, latest, Hypotheses) if latest is not None else None
    return next((h for h in formed.hypotheses if h.id == wanted), None) if formed else None

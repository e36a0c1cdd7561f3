"""Checks of a whole run: its protected files, its audits, and what its candidates ran in."""

from __future__ import annotations

from stages.run import Run
from tasks.records.document import Integrity
from tasks.records.outputs import Audit, Decision, Pin
from tasks.records.trial import AuditNote


def integrity_of(run: Run, pin: Pin | None) -> tuple[Integrity, ...]:
    checks = []
    if pin is not None:
        now = run.workspace.digests(pin.base, run.target.protected)
        checks.append(
            Integrity(
                check="protected files of the pinned base",
                passed=now == dict(pin.protected),
                detail=f"{len(now)} files digested before and after",
            )
        )
    notes = [n for r in run.ledger.rounds(19) for n in _audit(run, r)]
    failed = [n for n in notes if not n.passed]
    checks.append(
        Integrity(
            check="nothing accepted failed an audit",
            passed=not ({n.candidate for n in failed} & _accepted(run)),
            detail=f"{len(notes)} checks of trials, {len(failed)} failed",
        )
    )
    # A resumed run may have another one than it began with.
    sandboxes = sorted({run.sandbox.name, *([pin.sandbox] if pin is not None else [])})
    checks.append(
        Integrity(
            check="sandbox",
            passed="unsandboxed" not in sandboxes,
            detail=f"candidates ran under {' and '.join(sandboxes)}",
        )
    )
    return tuple(checks)


def _accepted(run: Run) -> set[str]:
    """The candidates that any decision accepted."""
    decisions = [run.stored(21, round_, Decision) for round_ in run.ledger.rounds(21)]
    return {
        verdict.candidate
        for decision in decisions
        if decision is not None
        for verdict in decision.verdicts
        if verdict.verdict == "accepted"
    }


def _audit(run: Run, round_: int) -> tuple[AuditNote, ...]:
    audit = run.stored(19, round_, Audit)
    return audit.notes if audit is not None else ()

"""The sample document with everything that a report can show: all credit, every arm, a model."""

from __future__ import annotations

from typing import Any

from tasks.records.change import ROLL_UP
from tasks.records.cost import Cost
from tasks.records.credit import (
    Composition,
    CreditCost,
    CreditReport,
    Dependency,
    Interaction,
    Share,
)
from tasks.records.document import AutomlEntry, ChangeEntry, RunDocument, TypeCredit
from tasks.records.usage import ModelEntry, Usage
from tests.tasks.report.sample_document import difference, sample_document

PAGE = "http://127.0.0.1:5000/#/experiments/1/runs/{run}"


def full_document(rejected: int = 24, **more: Any) -> RunDocument:
    """A finished run whose every figure was measured; `more` overrides any field."""
    plain = sample_document(rejected=rejected)
    accepted = tuple(_credited(i, change) for i, change in enumerate(plain.accepted))
    refined = tuple(_told(i, change) for i, change in enumerate(plain.rejected))
    fields: dict[str, Any] = {
        "researcher": "mixed",
        "model": _model(),
        "accepted": accepted,
        "rejected": refined,
        "by_type": tuple(_type(entry, accepted) for entry in plain.by_type),
        "credit": _report(accepted),
        "arms": _arms(plain),
        "cost": Cost(evaluations=36, passes=41.5, seconds=180.4, cpu_seconds=171.0,
                     own_cpu_seconds=14.2, tokens=48_210, money=0.31),
    }  # fmt: skip
    full = RunDocument.model_validate({**dict(plain), **fields, **more})
    return full.model_copy(update={"automl": full.arms[0] if full.arms else None})


def _credited(number: int, change: ChangeEntry) -> ChangeEntry:
    return _told(number, change).model_copy(
        update={
            "shapley": difference(0.03 - 0.0036 * number, 0.008),
            "alone": difference(0.028 - 0.003 * number, 0.01),
            "needs": ("c000",) if number == 3 else (),
            "declared_type": "architecture" if number == 6 else change.fine_type,
            "ruling": "leaves of a settings file",
            "usage": Usage(calls=3, prompt=9_120, completion=1_400, money=0.02, seconds=31.0),
            "traces": (f"tr-{number:032x}",),
        }
    )


def _told(number: int, change: ChangeEntry) -> ChangeEntry:
    """With its cause, what it was tried on, and what it was made from."""
    return change.model_copy(
        update={
            "cause": f"Cause {number % 5}: words that mean the same never meet in the index",
            "parent": "a" * 40,
            "refines": f"c{100 + number - 1:03d}" if number % 6 == 5 and number else "",
            "mlflow_page": PAGE.format(run=change.mlflow_run),
        }
    )


def _type(entry: TypeCredit, accepted: tuple[ChangeEntry, ...]) -> TypeCredit:
    own = [change for change in accepted if change.change_type == entry.change_type]
    total = sum(change.shapley.delta for change in own if change.shapley is not None)
    slices = {
        "category": {name: difference(total * share, 0.02, 160)
                     for name, share in (("multi-hop", 0.6), ("temporal", 1.7), ("picture", 0.4))},
        "modality": {"text": difference(total, 0.015), "picture": difference(total / 2, 0.04)},
    }  # fmt: skip
    finer = dict.fromkeys(change.fine_type for change in own)
    return entry.model_copy(
        update={
            "shapley": difference(total, 0.013),
            "sealed": difference(total * 0.9, 0.02, 806, 4),
            "by_slice": slices,
            "finer": tuple(
                Share(name=kind, changes=1, difference=difference(total / len(finer), 0.01))
                for kind in finer
            ),
        }
    )


def _report(accepted: tuple[ChangeEntry, ...]) -> CreditReport:
    kinds = list(dict.fromkeys(change.change_type for change in accepted))
    pairs = [(a, b) for i, a in enumerate(kinds) for b in kinds[i + 1 :]]
    declared = dict.fromkeys(ROLL_UP[c.declared_type] for c in accepted if c.declared_type)
    return CreditReport(
        cost=CreditCost(method="sampled", budget=32, measured=38, evaluations=36, probes=1,
                        orders=4, seconds=88.2),
        composition=Composition(
            whole=difference(0.1245, 0.021), parts=difference(0.16, 0.025),
            residual=difference(-0.0355, 0.012), verdict="overlap",
        ),
        interactions=(
            *(Interaction(between="types", first=a, second=b, difference=difference(-0.004, 0.003))
              for a, b in pairs),
            Interaction(between="changes", first="c000", second="c001", draws=4,
                        difference=difference(0.006, 0.004)),
        ),
        dependencies=(Dependency(change="c003", needs=("c000",), kind="text", detail="index.py"),),
        by_researcher=(
            Share(name="program_analysis", changes=5, difference=difference(0.08, 0.014)),
            Share(name="language_model", changes=3, difference=difference(0.04, 0.012)),
        ),
        by_declared=tuple(
            Share(name=kind, changes=2, difference=difference(0.03, 0.012)) for kind in declared
        ),
        sealed_note="trees seen in the last look, for credit by type: 4",
    )  # fmt: skip


def _arms(plain: RunDocument) -> tuple[AutomlEntry, ...]:
    first = plain.automl
    assert first is not None
    cost = Cost(evaluations=36, passes=41.0, seconds=121.7, cpu_seconds=117.3, own_cpu_seconds=2.2)
    gains = {"declared": 0.012, "literals": 0.021, "random_edits": 0.006, "luck": 0.0}
    return tuple(
        first.model_copy(
            update={
                "arm": name,
                "sampler": "tpe" if name in {"declared", "literals"} else name,
                "gain": difference(gain, 0.009),
                "sealed_gain": difference(gain * 0.6, 0.011, 806, 4),
                "compute_gain": difference(gain * 0.7, 0.011, 806, 4),
                "compute_share": 0.64,
                "lead": difference(0.1245 - gain, 0.02),
                "sealed_lead": difference(0.1205 - gain * 0.6, 0.026, 806, 4),
                "cost": cost,
                "note": "it ended at 1.5 times its evaluations",
            }
        )
        for name, gain in gains.items()
    )


def _model() -> ModelEntry:
    usage = Usage(calls=41, prompt=41_000, completion=7_210, money=0.31, seconds=402.0)
    return ModelEntry(
        name="recorded", models=("recorded-small",), sources=("replay",), total=usage,
        by_stage={"form_hypotheses": usage, "draft_changes": usage}, events={"timeout": 1},
    )  # fmt: skip

"""A run document with plausible figures, for looking at the report and for measuring it."""

from __future__ import annotations

import random
from typing import Any

from tasks.records import ChangeType, Difference, Estimate, FineType, Interval, NoiseFloor, Summary
from tasks.records.document import (
    AutomlEntry,
    ChangeEntry,
    CurvePoint,
    Integrity,
    MetricEntry,
    RunDocument,
    StageEntry,
    Standing,
    TypeCredit,
)
from tasks.records.score import Part

STAGES = (
    ("scope", "frame_goal check_readiness pin_target"),
    ("observe", "measure_baseline map_code trace_dataflow slice_failures"),
    ("recall", "consult_cognition recall_experience"),
    ("diagnose", "localize_faults form_hypotheses"),
    ("propose", "draft_changes screen_novelty allocate_budget"),
    ("patch", "apply_patch smoke_test self_repair"),
    ("test", "run_trials audit_trials"),
    ("validate", "validate_heldout decide"),
    ("publish", "attribute_gains publish_report"),
)
TITLES: tuple[tuple[FineType, str], ...] = (
    ("bug_fix", "Lower-case and stem on the query side of BM25 as on the index side"),
    ("architecture", "Fuse dense and lexical rankings by reciprocal rank instead of replacing"),
    ("data_repair", "Index picture captions also where the picture has no URL"),
    ("format_alignment", "Answer with the shortest span, without a full sentence"),
    ("prompt", "Abstain when another speaker than the one asked about said it"),
    ("bug_fix", "Resolve relative dates against the session, not against today"),
    ("hyperparameter", "Set retrieval.top_k to 26"),
    ("architecture", "Add the session's date to every indexed turn"),
)
ROLLED: dict[FineType, ChangeType] = {
    "bug_fix": "bug_fix",
    "data_repair": "bug_fix",
    "architecture": "architecture",
    "prompt": "prompt",
    "format_alignment": "prompt",
    "hyperparameter": "hyperparameter",
}
DIFF = """diff --git a/memory/{name}.py b/memory/{name}.py
index 3f1c2aa..9b07d11 100644
--- a/memory/{name}.py
+++ b/memory/{name}.py
@@ -14,9 +14,13 @@ from rank_bm25 import BM25Okapi
 
 
 def tokens(text: str) -> list[str]:
-    return text.split()
+    \"\"\"Lower-cased words without punctuation, stemmed.\"\"\"
+    words = re.findall(r"[a-z0-9]+", text.lower())
+    return [stemmer.stemWord(word) for word in words if word not in STOP_WORDS]
 
 
 class Index:
-    def search(self, query: str, k: int) -> list[Hit]:
-        scores = self.bm25.get_scores(query.split())
+    def search(self, query: str, k: int, minimum: float = 0.0) -> list[Hit]:
+        scores = self.bm25.get_scores(tokens(query))
+        order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))[:k]
"""


def difference(delta: float, half: float, n: int = 1180, groups: int = 6) -> Difference:
    """With an interval of `half` to both sides."""
    return Difference(
        delta=delta,
        interval=Interval(low=delta - half, high=delta + half),
        p_value=0.0004 if delta > half else 0.31,
        n=n,
        groups=groups,
    )


def part(score: float, gain: Difference) -> Part:
    """One part of the development items."""
    interval = Interval(low=score - 0.02, high=score + 0.02)
    return Part(score=Estimate(score=score, interval=interval, n=gain.n, groups=6), gain=gain)


def summary(score: float, n: int, groups: int, seed: int) -> Summary:
    """With five categories and two modalities around the score."""
    draw = random.Random(seed)

    def near(value: float, size: int) -> Estimate:
        half = 0.5 / size**0.5
        low, high = max(0.0, value - half), min(1.0, value + half)
        return Estimate(score=value, interval=Interval(low=low, high=high), n=size, groups=groups)

    shares = {"multi-hop": 0.14, "temporal": 0.16, "open-domain": 0.05, "single-hop": 0.43,
              "adversarial": 0.22}  # fmt: skip
    category = {
        name: near(max(0.01, score * draw.uniform(0.3, 1.7)), round(n * share))
        for name, share in shares.items()
    }
    modality = {
        "text": near(score * 1.05, round(n * 0.8)),
        "picture": near(score * 0.8, round(n * 0.2)),
    }
    whole = near(score, n)
    return Summary(
        **whole.model_dump(), by_slice={"category": category, "modality": modality}
    )  # fmt: skip


def change(
    number: int, fine: FineType, title: str, verdict: str, delta: float, **more: Any
) -> ChangeEntry:
    """One entry; `more` overrides any field."""
    fields: dict[str, Any] = {
        "id": f"c{number:03d}",
        "title": title,
        "rationale": "Questions and turns pass through different tokenizers, so that words which "
        "differ only in case or ending never meet.\nBoth sides get one function.",
        "change_type": ROLLED[fine],
        "fine_type": fine,
        "source": "tokenizer_agreement",
        "researcher": "program_analysis",
        "round": 1 + number // 8,
        "files": ("memory/index.py", "memory/tokens.py"),
        "commit": f"{number:040x}",
        "verdict": verdict,
        "reason": "the paired interval lies above zero after correction for 14 tests, and the "
        "sealed split agrees"
        if verdict == "accepted"
        else f"the paired difference {delta:+.4f} is within chance at level 0.004",
        "diff": DIFF.format(name=f"module_{number}"),
        "dev": difference(delta, 0.012),
        "search": part(0.12, difference(delta + 0.001, 0.014, 787)),
        "select": part(0.11, difference(delta - 0.002, 0.02, 393)),
        "mlflow_run": f"{number:032x}",
        "evidence": (
            "memory/index.py:31 splits on whitespace, memory/query.py:12 lower-cases first",
        ),
        "knowledge": ("bm25-stemming",),
    }
    if more.get("dev", delta) is None:
        fields |= {"search": None, "select": None}
    return ChangeEntry(**{**fields, **more})


def sample_document(rejected: int = 24, accepted: int = 8, **more: Any) -> RunDocument:
    """A finished run of which the sealed split confirms the gain; `more` overrides any field."""
    kept = tuple(
        change(i, fine, title, "accepted", 0.034 - 0.0035 * i,
               contribution=difference(0.031 - 0.0036 * i, 0.009))
        for i, (fine, title) in enumerate(TITLES[:accepted])
    )  # fmt: skip
    gain = 0.1245 if kept else 0.0
    base, best = summary(0.1138, 1180, 6, 3), summary(0.1138 + gain, 1180, 6, 4)
    base_sealed, best_sealed = summary(0.1162, 806, 4, 5), summary(0.1162 + gain, 806, 4, 6)
    fields: dict[str, Any] = {
        "run": "20261121-114502-lifelog-7f3a",
        "status": "completed",
        "target": "lifelog",
        "description": "A first version of a multimodal conversational memory: it ingests "
        "dialogues with shared pictures, indexes them, and answers questions about dates.",
        "metric": MetricEntry(
            name="F1", kind="predictions", direction="maximize", unit="0 to 1", guarded=True
        ),
        "seed": 0,
        "researcher": "program_analysis",
        "started": "2026-11-21T11:45:02+00:00",
        "stages": _stages(),
        "noise_floor": NoiseFloor(
            means=(0.1138, 0.1138, 0.1138), standard_deviation=0.0, items_that_moved=0, repeats=3
        ),
        "baseline": Standing(commit="a" * 40, dev=base, sealed=base_sealed),
        "champion": Standing(commit="b" * 40, dev=best, sealed=best_sealed),
        "gain": difference(gain, 0.021) if kept else None,
        "sealed_gain": difference(gain - 0.004, 0.026, 806, 4) if kept else None,
        "accepted": kept,
        "rejected": tuple(_rejected(rejected)),
        "by_type": _credit() if kept else (),
        "automl": _automl(base, base_sealed),
        "arms": [_automl(base, base_sealed)],
        "curve": _curve(gain, rejected + accepted),
        "evaluations": 96,
        "evaluations_by_purpose": {"baseline": 3, "trial": 32, "merge": 4, "credit": 12,
                                   "automl": 36, "sealed": 6},
        "full_equivalents": 61.4,
        "cache_hits": 17,
        "seconds": 214.6,
        "sandbox": "bubblewrap",
        "sealed_openings": 6,
        "branch": "whetstone/20261121-114502-lifelog-7f3a",
        "base_commit": "a" * 40,
        "repository": "/home/ada/project/.whetstone/runs/20261121/work/repository",
        "report": "/home/ada/project/.whetstone/runs/20261121/report.html",
        "mlflow": "sqlite:////home/ada/project/.whetstone/mlflow.db",
        "degradations": ("no GPU: similarity runs on the CPU reference, results are the same",),
        "integrity": (
            Integrity(check="protected files of the pinned base", passed=True,
                      detail="12 files digested before and after"),
            Integrity(check="audit of every trial", passed=True,
                      detail="224 checks, 1 candidate disqualified by one"),
            Integrity(check="sandbox", passed=True, detail="candidates ran under bubblewrap"),
        ),
        "commands": {
            "fetch the champion": "git fetch /home/ada/project/.whetstone/runs/20261121/work/"
            "repository whetstone/20261121-114502-lifelog-7f3a",
            "run again": "whetstone improve lifelog --seed 0 --experiments 40",
            "Prefect UI": "http://127.0.0.1:4200",
        },
        "environment": {"Python": "3.11.9", "Packages": "212, digest 5b1f0e7c"},
    }  # fmt: skip
    return RunDocument(**{**fields, **more})


def _stages() -> tuple[StageEntry, ...]:
    draw = random.Random(1)
    names = [(phase, name) for phase, names in STAGES for name in names.split()]
    return tuple(
        StageEntry(
            number=i, name=name, phase=phase, status="completed",
            seconds=round(draw.uniform(0.01, 24), 3), runs=3 if 8 <= i <= 21 else 1,
        )
        for i, (phase, name) in enumerate(names, start=1)
    )  # fmt: skip


def _rejected(count: int) -> list[ChangeEntry]:
    draw = random.Random(2)
    verdicts = ("indecisive", "rejected", "raced_out", "failed", "superseded", "contradicted")
    entries = []
    for i in range(count):
        fine, title = TITLES[i % len(TITLES)]
        verdict = verdicts[0] if i % 3 == 0 else draw.choice(verdicts)
        entries.append(
            change(
                100 + i, fine, f"{title}, variant {i}", verdict, draw.gauss(-0.004, 0.01),
                **({"dev": None, "reason": "tests: AssertionError in test_index"}
                   if verdict == "failed" else {}),
            )
        )  # fmt: skip
    return entries


def _credit() -> tuple[TypeCredit, ...]:
    return (
        TypeCredit(change_type="bug_fix", changes=3, difference=difference(0.058, 0.014)),
        TypeCredit(change_type="architecture", changes=2, difference=difference(0.036, 0.012)),
        TypeCredit(change_type="prompt", changes=2, difference=difference(0.029, 0.011)),
        TypeCredit(change_type="hyperparameter", changes=1, difference=difference(0.009, 0.006)),
    )


def _automl(base: Summary, sealed: Summary) -> AutomlEntry:
    return AutomlEntry(
        sampler="tpe",
        evaluations=36,
        parameters={"settings.yaml:retrieval.top_k": 26},
        dev=summary(base.score + 0.012, base.n, base.groups, 7),
        sealed=summary(sealed.score + 0.007, sealed.n, sealed.groups, 8),
        gain=difference(0.012, 0.009),
        sealed_gain=difference(0.007, 0.011, sealed.n, sealed.groups),
        curve=tuple(
            CurvePoint(evaluations=i, seconds=4.0 * i, best=0.1138 + 0.012 * min(1, i // 7 / 3))
            for i in range(1, 37)
        ),
    )


def _curve(gain: float, tried: int) -> tuple[CurvePoint, ...]:
    shares = ((0, 0.0), (0.3, 0.0), (0.3, 0.55), (0.6, 0.55), (0.6, 0.9), (1, 0.9), (1, 1.0))
    return tuple(
        CurvePoint(evaluations=round(tried * at), seconds=200 * at, best=0.1138 + gain * share)
        for at, share in shares
    )

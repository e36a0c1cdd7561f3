"""The records that flow between stages: frozen, validated, with digests."""

from tasks.records.base import Record, digest_of
from tasks.records.candidate import Candidate, Failure, SmokeResult, SmokeStep
from tasks.records.change import (
    ROLL_UP,
    ChangeType,
    FileEdit,
    Finding,
    FineType,
    Hypothesis,
    Proposal,
)
from tasks.records.dossier import Dossier, Drafts, MetricCard, Sample, Unmatched
from tasks.records.evidence import (
    CodeMap,
    ConfigKey,
    DropCount,
    FailureReport,
    FailureSlice,
    FlowCount,
    FlowTrace,
    FunctionInfo,
    Location,
    LoopCount,
    SwallowedException,
)
from tasks.records.knowledge import (
    ExperienceEntry,
    ExperienceHit,
    KnowledgeEntry,
    KnowledgeHit,
)
from tasks.records.score import (
    Difference,
    Estimate,
    Evaluation,
    Interval,
    ItemScore,
    NoiseFloor,
    Summary,
)
from tasks.records.trial import AuditNote, Trial, Verdict

__all__ = [
    "ROLL_UP",
    "AuditNote",
    "Candidate",
    "ChangeType",
    "CodeMap",
    "ConfigKey",
    "Difference",
    "Dossier",
    "Drafts",
    "DropCount",
    "Estimate",
    "Evaluation",
    "ExperienceEntry",
    "ExperienceHit",
    "Failure",
    "FailureReport",
    "FailureSlice",
    "FileEdit",
    "Finding",
    "FineType",
    "FlowCount",
    "FlowTrace",
    "FunctionInfo",
    "Hypothesis",
    "Interval",
    "ItemScore",
    "KnowledgeEntry",
    "KnowledgeHit",
    "Location",
    "LoopCount",
    "MetricCard",
    "NoiseFloor",
    "Proposal",
    "Record",
    "Sample",
    "SmokeResult",
    "SmokeStep",
    "Summary",
    "SwallowedException",
    "Trial",
    "Unmatched",
    "Verdict",
    "digest_of",
]

"""The 23 stages in their order, by phase; what each does is in `graph.py`."""

from __future__ import annotations

from dataclasses import dataclass

_PHASES = {
    "scope": (
        "frame_goal",
        "check_readiness",
        "pin_target",
    ),
    "observe": (
        "measure_baseline",
        "map_code",
        "trace_dataflow",
        "slice_failures",
    ),
    "recall": (
        "consult_cognition",
        "recall_experience",
    ),
    "diagnose": (
        "localize_faults",
        "form_hypotheses",
    ),
    "propose": (
        "draft_changes",
        "screen_novelty",
        "allocate_budget",
    ),
    "patch": (
        "apply_patch",
        "smoke_test",
        "self_repair",
    ),
    "test": (
        "run_trials",
        "audit_trials",
    ),
    "validate": (
        "validate_heldout",
        "decide",
    ),
    "publish": (
        "attribute_gains",
        "publish_report",
    ),
}


@dataclass(frozen=True)
class Place:
    """Where a stage stands: its number from 1, its name, and its phase."""

    number: int
    name: str
    phase: str


ORDER = tuple(
    Place(number, name, phase)
    for number, (name, phase) in enumerate(
        ((name, phase) for phase, names in _PHASES.items() for name in names), start=1
    )
)
_BY_NAME = {place.name: place for place in ORDER}


def place(name: str) -> Place:
    """Where the stage of that name stands; raises KeyError where there is none."""
    return _BY_NAME[name]

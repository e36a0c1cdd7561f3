"""The research graph: 23 stages, what each consumes and produces, where the gates lead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from stages import diagnose, observe, patch, propose, publish, recall, scope, test, validate
from stages.order import Place, place
from tasks.records import CodeMap, FlowTrace, Record
from tasks.records import outputs as out
from tasks.records.attribution import Attribution
from tasks.records.dossier import Drafts
from tasks.records.publication import Publication


@dataclass(frozen=True)
class Stage:
    """One node. `consumes` are names of records that must exist, `optional` ones that may.

    `transitions` are the stages that may follow; several where the stage is a gate that chooses.
    """

    place: Place
    function: Callable[..., Record]
    produces: str
    schema: type[Any]
    consumes: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    gate: bool = False
    transitions: tuple[str, ...] = ()
    headline: Callable[[Any], str] = lambda record: ""

    @property
    def number(self) -> int:
        """1 to 23."""
        return self.place.number

    @property
    def name(self) -> str:
        """What it does, as a verb and its object."""
        return self.place.name

    @property
    def phase(self) -> str:
        """The part of the graph that it belongs to."""
        return self.place.phase

    @property
    def label(self) -> str:
        """How the stage is shown everywhere: number and name."""
        return f"{self.number:02d} {self.name}"


_DOSSIER = ("pin", "baseline", "trace", "failures", "knowledge", "experience")

GRAPH: tuple[Stage, ...] = (
    Stage(
        place("frame_goal"), scope.frame_goal, "goal", out.Goal,
        headline=lambda r: f"{r.metric}: {r.dev_items} dev and {r.sealed_items} sealed items",
    ),
    Stage(
        place("check_readiness"), scope.check_readiness, "readiness", out.Readiness,
        consumes=("goal",), gate=True, transitions=("pin_target", "stop"),
        headline=lambda r: f"{sum(p.passed for p in r.properties)} of 4 properties hold",
    ),
    Stage(
        place("pin_target"), scope.pin_target, "pin", out.Pin, consumes=("readiness",),
        headline=lambda r: f"{r.base[:12]}, {len(r.protected)} protected files digested",
    ),
    Stage(
        place("measure_baseline"), observe.measure_baseline, "baseline", out.Baseline,
        consumes=("goal", "pin"),
        headline=lambda r: f"dev {r.summary.score:.4f} [{r.summary.interval.low:.4f}, "
        f"{r.summary.interval.high:.4f}], noise {r.noise.standard_deviation:.4f}",
    ),
    Stage(
        place("map_code"), observe.map_target, "code_map", CodeMap, consumes=("pin",),
        headline=lambda r: f"{len(r.modules)} modules, {len(r.functions)} functions, "
        f"{len(r.config_keys)} configuration keys",
    ),
    Stage(
        place("trace_dataflow"), observe.trace_dataflow, "trace", FlowTrace,
        consumes=("pin", "baseline"),
        headline=lambda r: f"{len(r.flows)} functions seen, {len(r.swallowed)} swallowed "
        f"exceptions, {sum(d.dropped > 0 for d in r.drops)} places that lose records",
    ),
    Stage(
        place("slice_failures"), observe.slice_failures, "failures", out.Failures,
        consumes=("baseline",), headline=lambda r: _worst(r),
    ),
    Stage(
        place("consult_cognition"), recall.consult_cognition, "knowledge", out.Knowledge,
        consumes=("pin", "baseline", "failures"), optional=("decision",),
        headline=lambda r: f"{len(r.hits)} entries fit",
    ),
    Stage(
        place("recall_experience"), recall.recall_experience, "experience", out.Experience,
        consumes=("failures", "knowledge"),
        headline=lambda r: f"{r.known} earlier trials known, {len(r.hits)} relevant",
    ),
    Stage(
        place("localize_faults"), diagnose.localize_faults, "findings", out.Findings,
        consumes=("code_map", *_DOSSIER), optional=("decision",),
        headline=lambda r: f"{len(r.findings)} findings",
    ),
    Stage(
        place("form_hypotheses"), diagnose.form_hypotheses, "hypotheses", out.Hypotheses,
        consumes=(*_DOSSIER, "findings"), optional=("decision",),
        headline=lambda r: f"{len(r.hypotheses)} hypotheses",
    ),
    Stage(
        place("draft_changes"), propose.draft_changes, "drafts", Drafts,
        consumes=(*_DOSSIER, "findings", "hypotheses"), optional=("decision",),
        headline=lambda r: f"{len(r.proposals)} drafts, {len(r.unmatched)} ideas do not apply",
    ),
    Stage(
        place("screen_novelty"), propose.screen_novelty, "screening", out.Screening,
        consumes=("drafts",),
        headline=lambda r: f"{sum(not d.kept for d in r.decisions)} of {len(r.decisions)} dropped",
    ),
    Stage(
        place("allocate_budget"), propose.allocate_budget, "allocation", out.Allocation,
        consumes=("drafts", "screening"), gate=True, transitions=("apply_patch",),
        headline=lambda r: f"{len(r.selected)} chosen, {r.remaining} experiments left after",
    ),
    Stage(
        place("apply_patch"), patch.apply_patch, "candidates", out.Candidates,
        consumes=("drafts", "allocation"), optional=("decision",),
        headline=lambda r: f"{len(r.candidates)} commits, {len(r.refused)} refused",
    ),
    Stage(
        place("smoke_test"), patch.smoke_test, "smoke", out.SmokeReport,
        consumes=("pin", "candidates"), optional=("decision",),
        headline=lambda r: f"{sum(s.ok for s in r.results)} of {len(r.results)} pass, "
        f"{sum(s.step == 'idle' for s in r.results)} change no answer",
    ),
    Stage(
        place("self_repair"), patch.self_repair, "repairs", out.Repairs,
        consumes=(*_DOSSIER, "candidates", "smoke"), optional=("decision",),
        headline=lambda r: f"{len(r.ready)} ready, {len(r.given_up)} given up, {len(r.idle)} idle",
    ),
    Stage(
        place("run_trials"), test.run_trials, "trials", out.Trials,
        consumes=("pin", "repairs"), optional=("decision",), headline=lambda r: _trials(r),
    ),
    Stage(
        place("audit_trials"), test.audit_trials, "audit", out.Audit,
        consumes=("pin", "baseline", "repairs", "trials"),
        headline=lambda r: f"{sum(not n.passed for n in r.notes)} of {len(r.notes)} checks failed",
    ),
    Stage(
        place("validate_heldout"), validate.validate_heldout, "validation",
        out.Validation, consumes=("pin", "repairs", "trials", "audit"), optional=("decision",),
        headline=lambda r: f"{sum(v.verdict == 'accepted' for v in r.verdicts)} hold; {r.note}",
    ),
    Stage(
        place("decide"), validate.decide, "decision", out.Decision,
        consumes=(*_DOSSIER, "screening", "candidates", "repairs", "trials", "validation"),
        optional=("decision",), gate=True,
        transitions=("consult_cognition", "apply_patch", "form_hypotheses", "attribute_gains"),
        headline=lambda r: f"{r.action}: {r.reason}",
    ),
    Stage(
        place("attribute_gains"), publish.attribute_gains, "attribution", Attribution,
        consumes=("pin", "baseline", "decision"), optional=("automl",),
        headline=lambda r: f"{len(r.contributions)} contributions, {r.report.cost.method}, "
        f"{r.report.cost.evaluations} evaluations",
    ),
    Stage(
        place("publish_report"), publish.publish_report, "publication", Publication,
        consumes=("pin", "decision", "attribution"), headline=lambda r: r.branch,
    ),
)  # fmt: skip

PREPARATION = GRAPH[:7]
ROUND = GRAPH[7:21]
CLOSING = GRAPH[21:]

ENTRY = {"next_round": 8, "apply_patch": 15, "form_hypotheses": 11}
"""Where a decision sends the run: the number of the stage that the next round begins with."""


def round_from(number: int) -> tuple[Stage, ...]:
    """The stages of a round that begins with this one."""
    return tuple(stage for stage in ROUND if stage.number >= number)


def _worst(failures: out.Failures) -> str:
    named = [s for s in failures.report.slices if s.dimension != "group"]
    if not named:
        return "no losses to slice: the score is one whole, or of too few items to tell them apart"
    worst = named[0]
    if not worst.loss_share:
        return "nothing is lost"
    return f"most is lost at {worst.dimension} {worst.value}: mean {worst.mean:.3f}, n={worst.n}"


def _trials(trials: out.Trials) -> str:
    states = [trial.state for trial in trials.trials]
    return ", ".join(f"{states.count(s)} {s.replace('_', ' ')}" for s in sorted(set(states)))

"""Numbers inside the research run: Optuna proposes settings, trials tell it how they did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stages.known_settings import champion_before, known_settings
from stages.parts import seen
from stages.run import Run
from tasks.errors import ContractError
from tasks.hyperparameters import Scalar
from tasks.propose import StudyPlace, Tuner, apply_settings, by_file, read_settings
from tasks.records.base import digest_of
from tasks.records.change import TUNER, FileEdit, Proposal
from tasks.records.outputs import Repairs
from tasks.records.score import Evaluation
from tasks.records.trial import Trial

ASKS = 3
"""Settings asked for per proposal at most: a sampler may come back to what is there."""


def propose_numbers(run: Run, champion: str, count: int) -> tuple[Proposal, ...]:
    """`count` settings of the tuner against the champion, as proposals like any other.

    What was asked for and never got a trial comes first.
    """
    if count == 0:
        return ()
    try:
        current = read_settings(run.workspace.checkout(champion), run.target.hyperparameters)
    except ContractError as error:
        run.degrade(f"the champion lost a declared knob: {error.cause}", "no numbers are tuned")
        return ()
    reference = seen(run, run.evaluator.evaluate(champion, purpose="merge", seed=run.seed)).mean
    tuner = _tuner(run, champion)
    asked = [*tuner.pending()]
    proposals: dict[str, Proposal] = {}
    for _ in range(count * ASKS):
        assignment = asked.pop(0) if asked else tuner.ask(near=current)
        if dict(assignment.values) == current:
            tuner.tell(assignment, reference)
            continue
        proposal = settings_proposal(run, champion, current, assignment.values)
        proposals[proposal.id] = proposal
        if len(proposals) == count:
            break
    return tuple(proposals.values())


def tell_numbers(
    run: Run, champion: str, reference: Evaluation, repairs: Repairs, trials: Sequence[Trial]
) -> None:
    """Tells the tuner what its settings scored.

    A raced-out loser counts with what it showed, an idle one with what the champion scored; on the
    items that the search sees. What got no trial stays asked for.
    """
    if not run.target.hyperparameters:
        return
    tuner = _tuner(run, champion)
    outcomes = {trial.candidate: trial for trial in trials if trial.state != "not_run"}
    idle = {result.candidate for result in repairs.idle}
    broken = {result.candidate for result in repairs.given_up}
    for assignment in tuner.pending():
        identifier = _identifier(champion, assignment.values)
        trial = outcomes.get(identifier)
        if trial is not None:
            scored = trial.evaluation
            tuner.tell(assignment, seen(run, scored).mean if scored is not None else None)
        elif identifier in idle:
            tuner.tell(assignment, seen(run, reference).mean)
        elif identifier in broken:
            tuner.tell(assignment, None)


def settings_proposal(
    run: Run, base: str, current: Mapping[str, Scalar], values: Mapping[str, Scalar]
) -> Proposal:
    """Settings as a proposal: the files rewritten with comments kept."""
    changed = {key: value for key, value in values.items() if current.get(key) != value}
    words = ", ".join(f"{key.partition(':')[2]} {current.get(key)} -> {value}"
                      for key, value in sorted(changed.items()))  # fmt: skip
    return Proposal(
        id=_identifier(base, values),
        title=f"Set {words}" if len(words) <= 120 else f"Set {len(changed)} declared knobs",
        rationale=f"Optuna's TPE sampler suggests {words}.",
        change_type="hyperparameter",
        base=base,
        edits=settings_edits(run, base, values),
        source=TUNER,
        researcher="tuner",
        hypothesis="",
        priority=0.0,
    )


def settings_edits(run: Run, base: str, values: Mapping[str, Scalar]) -> tuple[FileEdit, ...]:
    """The files that hold the declared knobs, with these values (`file:key` to value)."""
    tree = run.workspace.checkout(base)
    return tuple(
        FileEdit(path=file, content=apply_settings((tree / file).read_text("utf-8"), file, keys))
        for file, keys in by_file(values).items()
    )


def _identifier(base: str, values: Mapping[str, Scalar]) -> str:
    """Settings are known by their values, so that a resumed run knows which were asked."""
    return digest_of([base, sorted(values.items())])[:12]


def _tuner(run: Run, champion: str) -> Tuner:
    """One study a champion: its landscape is its own. Reopened from storage on resumption.

    A new one begins with what is known: the champion itself, and the settings that were tried on
    earlier champions of this run and by earlier runs, each with the gain that it had there.
    """
    tree = run.workspace.tree_of(champion)
    name = f"{run.id}-{tree[:12]}"
    if name in run.tuners:
        return run.tuners[name]
    tuner = Tuner(
        run.target.hyperparameters,
        sampler="tpe",
        seed=run.seed,
        place=StudyPlace(
            run.home.root / "optuna.db",
            name,
            {"run": run.id, "target": run.target.name, "champion": champion},
        ),
        direction=run.target.metric.direction,
    )
    run.tuners[name] = tuner
    if not tuner.told() and not tuner.pending():
        reference = run.evaluator.evaluate(champion, purpose="merge", seed=run.seed)
        mean, sign = seen(run, reference).mean, run.target.sign
        current = read_settings(run.workspace.checkout(champion), run.target.hyperparameters)
        tuner.know(current, mean, "champion")
        for known in known_settings(run, champion_before(run, champion)):
            tuner.know(known.values, mean + sign * known.gain, known.source)
    return tuner

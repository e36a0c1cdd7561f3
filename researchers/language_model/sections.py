"""The evidence of the observing stages in words, a function a kind; nothing differs by machine."""

from __future__ import annotations

from collections.abc import Mapping

from researchers.language_model.fence import one_line
from researchers.spectrum import Spectrum
from tasks.records.dossier import Dossier, Sample
from tasks.records.evidence import DropCount, FailureSlice, FlowCount, SwallowedException

MOST_SLICES = 14
MOST_SAMPLES = 10
MOST_PLACES = 12
MOST_FUNCTIONS = 160
MOST_KEYS = 60
TEXT = 280
"""Characters of one question, answer or prediction."""


def standing(dossier: Dossier) -> str:
    """The score of the tree in hand, and how much of a difference is noise."""
    lines = []
    if dossier.score is not None:
        lines.append(f"score now: {dossier.score:.4f}")
    if dossier.noise is not None:
        lines.append(
            f"noise: the untouched base moves by {dossier.noise.standard_deviation:.4f} between "
            f"{dossier.noise.repeats} repeats"
        )
    report = dossier.failures
    if report.prediction_words is not None and report.gold_words is not None:
        lines.append(
            f"median words: {report.prediction_words:g} in predictions, "
            f"{report.gold_words:g} in gold"
        )
    if report.empty_predictions or report.constant_predictions:
        lines.append(
            f"{report.empty_predictions} predictions are empty, "
            f"{report.constant_predictions} are the same text"
        )
    return "\n".join(lines)


def losses(dossier: Dossier) -> str:
    """Where score is lost, worst first."""
    named = [s for s in dossier.failures.slices if s.dimension != "group"]
    return "\n".join(_slice(s) for s in named[:MOST_SLICES])


def examples(dossier: Dossier) -> str:
    """Items with their answers, the worst of each slice in turn."""
    return "\n".join(sample_line(s, TEXT) for s in _telling(dossier)[:MOST_SAMPLES])


def sample_line(sample: Sample, most: int) -> str:
    """One item as one line."""
    told = [
        f"item {sample.item}",
        *(f"{name}={value}" for name, value in sorted(sample.slices.items())),
        f"score {sample.score:.3g}",
        f"question: {one_line(sample.question, most)}" if sample.question else "",
        f"gold: {one_line(sample.gold, most)}" if sample.gold else "",
        f"prediction: {one_line(sample.prediction, most)}",
    ]
    return " | ".join(part for part in told if part)


def suspects(dossier: Dossier) -> str:
    """Functions through which losing items ran and others did not, most telling first."""
    trace = dossier.trace
    spectrum = Spectrum(_losses(trace.scores, dossier.metric.direction))
    ranked = sorted(
        ((spectrum.evidence(items), place) for place, items in trace.coverage.items()),
        key=lambda pair: (-pair[0], pair[1]),
    )
    return "\n".join(f"{e:.2f} {place}" for e, place in ranked[:MOST_PLACES] if e > 0)


def record_flow(dossier: Dossier) -> str:
    """Where records or exceptions disappear, and functions that often return nothing."""
    trace = dossier.trace
    drops = sorted(trace.drops, key=lambda d: (-d.dropped, d.location.path, d.location.line))
    empty = [f for f in trace.flows if f.calls and f.empty_returns * 2 > f.calls]
    return "\n".join(
        [
            *(dropped_at(d) for d in drops[:MOST_PLACES] if d.dropped),
            *(swallowed_at(s) for s in trace.swallowed[:MOST_PLACES]),
            *(f"returns nothing in most calls: {flow_line(f)}" for f in empty[:MOST_PLACES]),
        ]
    )


def flow_line(flow: FlowCount) -> str:
    """What went in and out of one function."""
    place = f"{flow.location.path}:{flow.location.function}"
    sizes = f", sizes {flow.out_sizes}" if flow.out_sizes else ""
    return (
        f"{place}: {flow.calls} calls, in {_kinds(flow.inputs)}, "
        f"out {_kinds(flow.outputs)}{sizes}, {flow.empty_returns} empty"
    )


def dropped_at(drop: DropCount) -> str:
    """Records that one statement loses."""
    at = drop.location
    return (
        f"{at.path}:{at.line} in {at.function} loses {drop.dropped} of {drop.seen} ({drop.how}): "
        f"{one_line(drop.statement, 120)}"
    )


def swallowed_at(swallowed: SwallowedException) -> str:
    """An exception that one handler keeps to itself."""
    at = swallowed.location
    raised = f", raised at {swallowed.raised}" if swallowed.raised else ""
    return (
        f"{at.path}:{at.line} in {at.function} swallows {swallowed.exception} {swallowed.count} "
        f"times: {one_line(swallowed.message, 120)}{raised}"
    )


def probes(dossier: Dossier) -> str:
    """Metamorphic relations that do not hold, with an example each."""
    lines = []
    for result in dossier.probes:
        if result.violations:
            example = result.examples[0] if result.examples else None
            shown = f"; e.g. {example.item}: {one_line(example.expected, 120)!r} became " \
                    f"{one_line(example.found, 120)!r}" if example else ""  # fmt: skip
            lines.append(
                f"{result.relation}: {len(result.violations)} of {result.items} items change where "
                f"they should not ({one_line(result.what, 120)}){shown}"
            )
    return "\n".join(lines)


def outline(dossier: Dossier) -> str:
    """Modules with their functions, prompt files, and configuration keys with their readers."""
    code = dossier.code_map
    by_module: dict[str, list[str]] = {module: [] for module in code.modules}
    for function in code.functions[:MOST_FUNCTIONS]:
        by_module.setdefault(function.path, []).append(f"{function.name}:{function.line}")
    lines = [f"{module}: {', '.join(names)}" for module, names in by_module.items()]
    if code.prompts:
        lines.append(f"prompt files: {', '.join(code.prompts)}")
    lines += [
        f"{key.path} {key.key} = {one_line(key.value, 60)}"
        f"{'' if key.readers else ' (nothing reads it)'}"
        for key in code.config_keys[:MOST_KEYS]
    ]
    return "\n".join(lines)


def _slice(failure: FailureSlice) -> str:
    line = (
        f"{failure.dimension}={failure.value}: mean {failure.mean:.3f} over {failure.n} items, "
        f"{failure.loss_share:.0%} of all loss"
    )
    if failure.retrieval_loss is not None and failure.answer_loss is not None:
        line += (
            f"; evidence not retrieved {failure.retrieval_loss:.3f}, "
            f"retrieved but answered wrongly {failure.answer_loss:.3f}"
        )
    return line


def _telling(dossier: Dossier) -> list[Sample]:
    """Samples, worst first, but a slice shows its second only after all have shown their first."""
    sign = 1 if dossier.metric.direction == "maximize" else -1
    turns: dict[tuple[tuple[str, str], ...], int] = {}
    dealt: list[tuple[int, int, Sample]] = []
    for sample in sorted(dossier.samples, key=lambda s: (sign * s.score, s.item)):
        of = tuple(sorted(sample.slices.items()))
        dealt.append((turns.setdefault(of, 0), len(dealt), sample))
        turns[of] += 1
    return [sample for *_, sample in sorted(dealt, key=lambda entry: entry[:2])]


def _losses(scores: Mapping[str, float], direction: str) -> dict[str, float]:
    """Losses in 0 to 1; for scores in 0 to 1 that are to grow, what they lack of 1."""
    if not scores:
        return {}
    low, high = min(*scores.values(), 0.0), max(*scores.values(), 1.0)
    spread = high - low
    grown = {item: (score - low) / spread for item, score in scores.items()}
    return grown if direction == "minimize" else {i: 1.0 - score for i, score in grown.items()}


def _kinds(kinds: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())[:6]) or "nothing"

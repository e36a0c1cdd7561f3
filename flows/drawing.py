"""The research graph as text and as a Mermaid flowchart."""

from __future__ import annotations

from itertools import groupby

from stages.graph import ENTRY, GRAPH, Stage


def as_text() -> str:
    """One line a stage, by phase: what it consumes and produces, and where a gate leads."""
    lines = ["The research graph. Stages 8 to 21 repeat in rounds.", ""]
    for phase, stages in groupby(GRAPH, key=lambda stage: stage.phase):
        lines.append(phase)
        lines += [_line(stage) for stage in stages]
        lines.append("")
    return "\n".join(lines).rstrip()


def as_mermaid() -> str:
    """Records flow along arrows; dashed arrows are what the decision may do."""
    producers = {stage.produces: stage for stage in GRAPH}
    lines = ["flowchart TD"]
    for phase, stages in groupby(GRAPH, key=lambda stage: stage.phase):
        lines.append(f"  subgraph {phase}")
        lines += [f"    {_node(stage)}" for stage in stages]
        lines.append("  end")
    for stage in GRAPH:
        for name in stage.consumes:
            lines.append(f"  s{producers[name].number} -->|{name}| s{stage.number}")
    lines += [f"  s21 -.->|{action}| s{number}" for action, number in ENTRY.items()]
    lines.append("  s21 -.->|stop| s22")
    return "\n".join(lines)


def _line(stage: Stage) -> str:
    consumes = ", ".join((*stage.consumes, *(f"[{name}]" for name in stage.optional))) or "contract"
    gate = f"   gate: {' | '.join(stage.transitions)}" if stage.gate else ""
    return f"  {stage.number:2d} {stage.name:<18} {consumes} -> {stage.produces}{gate}"


def _node(stage: Stage) -> str:
    label = f'"{stage.number} {stage.name}"'
    return f"s{stage.number}{{{{{label}}}}}" if stage.gate else f"s{stage.number}[{label}]"

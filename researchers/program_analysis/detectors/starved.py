"""One path serves one slice and starves another: branches, loops, results, kinds of records."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from researchers.program_analysis.context import Context, shorten, where
from researchers.program_analysis.localize import losses_of
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.sites import body_nodes
from researchers.program_analysis.slices import SCORE, Slice, memberships, said
from researchers.spectrum import share_interval
from tasks.records.change import Finding
from tasks.records.evidence import DropCount

QUANTILE = 1.64
APART = 0.15
"""How far the intervals of two shares must lie apart."""
LEAST = 4
"""Items on either side."""
LOSES = 0.1
"""How much more a slice must lose than other items, so that its own path is no design."""
ANSWERED = 0.6
"""What a way out is worth that answers something: it may be made for the slice."""
IN_ALL = 40
PASSED_OVER = frozenset({"continue", "skipped", "filter"})


@dataclass(frozen=True)
class _Rates:
    """How many items of a slice, and of the others, of those that came by, went one way."""

    slice: Slice
    own: int
    of_own: int
    other: int
    of_other: int

    @property
    def apart(self) -> float:
        """How far the intervals of both shares lie apart; negative where they overlap."""
        low, high = share_interval(self.own, self.of_own, QUANTILE)
        other_low, other_high = share_interval(self.other, self.of_other, QUANTILE)
        return max(low - other_high, other_low - high)

    @property
    def more(self) -> bool:
        """Whether the slice goes that way more often than the others."""
        return self.own * self.of_other > self.other * self.of_own

    def __str__(self) -> str:
        return (
            f"in {self.own} of {self.of_own} items {said(self.slice)} and in {self.other} of "
            f"{self.of_other} others"
        )


class _Slices:
    """Slices that lose, and how items that came by a place part into them."""

    def __init__(self, context: Context) -> None:
        dossier = context.program.dossier
        losses = losses_of(dossier)
        looked_at = frozenset(sample.item for sample in dossier.samples) & losses.keys()
        self._parts: dict[Slice, tuple[frozenset[str], frozenset[str]]] = {}
        for key, items in memberships(dossier).items():
            known = frozenset(losses) if key == SCORE else looked_at
            own, others = items & known, known - items
            if own and others and _mean(losses, own) - _mean(losses, others) >= LOSES:
                self._parts[key] = own, others

    def parted(
        self, came: frozenset[str], went: frozenset[str], more: bool | None, *, score: bool = True
    ) -> _Rates | None:
        """The slice that differs most from the others, in the way that is asked for."""
        best: _Rates | None = None
        for key, (members, others) in self._parts.items():
            own, other = came & members, came & others
            if len(own) < LEAST or len(other) < LEAST or (key == SCORE and not score):
                continue
            rates = _Rates(key, len(own & went), len(own), len(other & went), len(other))
            fits = rates.apart >= APART and (more is None or rates.more == more)
            if fits and (best is None or rates.apart > best.apart):
                best = rates
        return best


def _mean(losses: dict[str, float], items: frozenset[str]) -> float:
    return sum(losses[item] for item in items) / len(items)


def find(context: Context) -> Iterator[Finding]:
    """Branches and loops by the items that went through them, then results, then kinds."""
    trace, slices = context.program.dossier.trace, _Slices(context)
    found: list[Finding] = []
    for module, function in context.functions():
        if function.key in trace.coverage:
            found += _branches(context, module, function, slices)
            found += _results(context, module, function, slices)
    found += _kinds(context)
    yield from sorted(found, key=lambda finding: (-finding.strength, finding.id))[:IN_ALL]


def _branches(
    context: Context, module: Module, function: Function, slices: _Slices
) -> Iterator[Finding]:
    for node in body_nodes(module, function):
        if not isinstance(node, ast.If | ast.For):
            continue
        came, went = _ran(context, module, node), _ran(context, module, node.body[0])
        if came is None:
            continue
        leaves = isinstance(node, ast.If) and _leaves(node.body[-1])
        rates = slices.parted(came, went or frozenset(), leaves)
        if rates is None:
            continue
        at = node.test if isinstance(node, ast.If) else node.iter
        does = "leaves" if leaves else "goes on" if isinstance(node, ast.If) else "finds records"
        text = f"`{shorten(module.code(at))}` in {where(module, node)} {does} {rates}"
        kind = "starved_slice" if isinstance(node, ast.If) else "starved_loop"
        factor = ANSWERED if leaves and not _gives_nothing(node.body[-1]) else 1.0
        yield context.finding(kind, module, at, factor * _strength(rates), text)


def _results(
    context: Context, module: Module, function: Function, slices: _Slices
) -> Iterator[Finding]:
    """Functions that give nothing to one slice; what tells low scores is `value_spectrum`."""
    trace = context.program.dossier.trace
    came = frozenset(trace.coverage[function.key])
    values = trace.values.get(function.key, {})
    for summary in ("None", "empty"):
        number = values.get(f"return is {summary}")
        rates = None if number is None else slices.parted(
            came, trace.named(number), True, score=False
        )  # fmt: skip
        if rates is not None:
            text = f"the result of {function.name} is {summary} {rates}"
            detail = {"value": "return", "summary": summary, "lean": "bad", "usual": ""}
            yield context.finding(
                "starved_result", module, function.node, _strength(rates), text, detail
            )


def _ran(context: Context, module: Module, statement: ast.stmt) -> frozenset[str] | None:
    trace = context.program.dossier.trace
    number = trace.statements.get(f"{module.path}:{statement.lineno}")
    return None if number is None else trace.named(number)


def _leaves(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Continue | ast.Break | ast.Return | ast.Raise)


def _gives_nothing(statement: ast.stmt) -> bool:
    value = getattr(statement, "value", None)
    plain = value is None or (isinstance(value, ast.Constant) and not value.value)
    return plain or (
        isinstance(value, ast.List | ast.Dict) and not ast.unparse(value).strip("[]{}")
    )


def _strength(rates: _Rates) -> float:
    return min(0.9, 0.3 + 0.6 * rates.apart)


def _kinds(context: Context) -> Iterator[Finding]:
    """Conditions that drop records of one kind far more often than records of the others."""
    for module, node in context.each(ast.If, ast.comprehension):
        tests = node.ifs if isinstance(node, ast.comprehension) else [node.test]  # type: ignore[attr-defined]
        last = node.body[-1].end_lineno if isinstance(node, ast.If) else None
        for test in tests:
            for drop in context.program.dossier.trace.drops:
                inside = test.lineno <= drop.location.line <= (last or test.end_lineno or 0)
                if drop.how in PASSED_OVER and drop.location.path == module.path and inside:
                    yield from _kind(context, module, test, drop)


def _kind(context: Context, module: Module, test: ast.expr, drop: DropCount) -> Iterator[Finding]:
    """The kind that makes up much more of what is dropped than of what came by."""
    around = [
        loop for loop in context.program.dossier.trace.loops
        if loop.location.path == module.path
        and loop.location.line <= test.lineno <= loop.location.end_line
    ]  # fmt: skip
    inner = min(around, key=lambda p: p.location.end_line - p.location.line, default=None)
    if inner is None or len(inner.kinds) < 2:
        return
    lost, all_records = sum(drop.kinds.values()), sum(inner.kinds.values())
    for kind, count in drop.kinds.items():
        came = inner.kinds.get(kind, 0)
        if lost < LEAST or all_records < LEAST or came == 0:
            continue
        low, _ = share_interval(count, lost, QUANTILE)
        _, high = share_interval(came, all_records, QUANTILE)
        if low - high >= APART:
            text = (
                f"`{shorten(module.code(test))}` in {where(module, test)} drops "
                f"{shorten(kind)}: {count} of {lost} records looked at that it dropped are of "
                f"that kind, and {came} of {all_records} that came by"
            )
            strength = min(0.9, 0.3 + 0.6 * (low - high))
            yield context.finding("starved_kind", module, test, strength, text)

"""Localisation: how suspicious functions are, and statements inside the most suspicious ones."""

from __future__ import annotations

import ast
from functools import cached_property

from researchers.program_analysis.module import Function
from researchers.program_analysis.program import Program
from researchers.spectrum import Scale, Spectrum
from tasks.records.dossier import Dossier

UNTRACED = 0.5
NEVER_RAN = 0.15
NEVER_FAILED = 0.03
"""On test suites: what no failing test ran through cannot be why it fails."""
REFINED = 10
"""Functions whose statements are told apart."""


class Suspicion:
    """How suspicious every function and statement is, in 0 to 1, by which items ran through it.

    `UNTRACED` says that nothing is known: where items are few, or where most places tie, all
    suspicions stay near it.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._trace = program.dossier.trace
        self._tests = program.is_suite
        self._spectrum = Spectrum(losses_of(program.dossier))
        self._ran = {f"{f.location.path}:{f.location.function}" for f in self._trace.flows}

    @property
    def floor(self) -> float:
        """The share of a proposal's hope that does not hang on where it is."""
        return 0.05 if self._tests and self._statements.evidence else 0.3

    def of(self, path: str, function: str) -> float:
        """Suspicion of a function; `UNTRACED` where there is no trace or no function."""
        key = f"{path}:{function}"
        if not function or not (self._trace.coverage or self._ran):
            return UNTRACED
        if key in self._functions.evidence:
            if self._tests and not self._functions.evidence[key]:
                return self._innocent
            return self._functions.of(key)
        return UNTRACED if key in self._ran or key in self._trace.coverage else NEVER_RAN

    def at(self, path: str, line: int) -> float:
        """Suspicion of what stands on a line, or would be put there.

        A line where no statement begins has that of the statement around it.
        """
        function = self._function_at(path, line)
        if function is None:
            return UNTRACED
        whole = self.of(path, function.name)
        start = self._statement_at(path, function, line)
        if start is None or function.key not in self._told_apart:
            return whole
        place = f"{path}:{start}"
        evidence = self._statements.evidence.get(place)
        if evidence is None or (self._tests and not evidence):
            return min(whole, self._innocent if self._tests else NEVER_RAN)
        if function.key not in self._top:
            return whole
        return float((whole * self._statements.of(place)) ** 0.5)

    @cached_property
    def _statements(self) -> Scale:
        """By `path:line`."""
        trace = self._trace
        used = set(trace.statements.values())
        by_set = {number: self._spectrum.evidence(trace.named(number)) for number in used}
        found = {place: by_set[number] for place, number in trace.statements.items()}
        return Scale(found, self._spectrum.certainty, UNTRACED)

    @cached_property
    def _functions(self) -> Scale:
        """By `path:function`: its own evidence, or that of its most telling statement."""
        found: dict[str, float] = {}
        if self._spectrum.certainty:
            coverage = self._trace.coverage
            found = {k: self._spectrum.evidence(v) for k, v in coverage.items()}
            for key, place in self._placed:
                found[key] = max(found.get(key, 0.0), self._statements.evidence[place])
        return Scale(found, self._spectrum.certainty, UNTRACED)

    @cached_property
    def _placed(self) -> tuple[tuple[str, str], ...]:
        """Functions with their statements that ran."""
        pairs = []
        for place in self._statements.evidence:
            path, _, line = place.rpartition(":")
            function = self._function_at(path, int(line))
            if function is not None:
                pairs.append((function.key, place))
        return tuple(pairs)

    @cached_property
    def _told_apart(self) -> frozenset[str]:
        """Functions of which some statement is known to have run."""
        return frozenset(key for key, _ in self._placed)

    @cached_property
    def _top(self) -> frozenset[str]:
        evidence = self._functions.evidence
        return frozenset(sorted(evidence, key=lambda key: (-evidence[key], key))[:REFINED])

    @cached_property
    def _innocent(self) -> float:
        """What no failing test ran through, as far as it is known where failing tests ran."""
        trace, total = self._trace, self._spectrum.total
        seen = {item for items in trace.coverage.values() for item in items}
        known = self._spectrum.lost(seen) / total if total else 0.0
        return UNTRACED + known * (NEVER_FAILED - UNTRACED)

    @cached_property
    def _homes(self) -> dict[str, dict[int, Function]]:
        """By path: every line of a function with the innermost one; outer ones come first."""
        return {
            module.path: {
                line: function
                for function in module.functions
                for line in range(_start(function.node), (function.node.end_lineno or 0) + 1)
            }
            for module in self._program.modules
        }

    @cached_property
    def _around(self) -> dict[str, dict[int, int]]:
        """By path: every line within a statement with the first line of the innermost one."""
        return {
            path: {
                line: node.lineno
                for node in self._program.by_path[path].nodes
                if isinstance(node, ast.stmt)
                for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
            }
            for path in {place.rpartition(":")[0] for place in self._statements.evidence}
            if path in self._program.by_path
        }

    def _function_at(self, path: str, line: int) -> Function | None:
        return self._homes.get(path, {}).get(line)

    def _statement_at(self, path: str, function: Function, line: int) -> int | None:
        """Where the statement of a line begins; None for the function's own heading."""
        start = self._around.get(path, {}).get(line)
        return start if start is not None and start > function.node.lineno else None


def _start(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def losses_of(dossier: Dossier) -> dict[str, float]:
    """0 for the best score, 1 for the worst; scores within 0 and 1 are taken as they are."""
    scores = dict(dossier.trace.scores) or {s.item: s.score for s in dossier.samples}
    low, high = min(scores.values(), default=0.0), max(scores.values(), default=1.0)
    if low >= 0.0 and high <= 1.0:
        low, high = 0.0, 1.0
    span = (high - low) or 1.0
    if dossier.metric.direction.startswith("min"):
        return {item: (score - low) / span for item, score in scores.items()}
    return {item: (high - score) / span for item, score in scores.items()}

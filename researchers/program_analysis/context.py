"""What detectors and operators share: the program, kinds, findings, and builders for both."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from researchers.program_analysis import edits
from researchers.program_analysis.kinds import Kinds
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.program import Program
from researchers.program_analysis.scope import Value, values_at
from tasks.records.base import digest_of
from tasks.records.change import Finding
from tasks.records.evidence import DropCount, Location


@dataclass(eq=False)
class Context:
    """One analysis of one program; `findings` is filled after the detectors have run."""

    program: Program
    findings: tuple[Finding, ...] = ()
    _values: dict[int, list[Value]] = field(default_factory=dict, repr=False)

    @cached_property
    def kinds(self) -> Kinds:
        """Kinds of expressions of the program."""
        return Kinds(self.program)

    @cached_property
    def _drops(self) -> dict[str, list[DropCount]]:
        found: dict[str, list[DropCount]] = {}
        for drop in self.program.dossier.trace.drops:
            found.setdefault(drop.location.path, []).append(drop)
        return found

    def lost(self, module: Module, node: ast.AST, *how: str) -> tuple[int, int] | None:
        """Records lost in one of these ways within a node's lines, and records that came by.

        None where the traced run did not come there.
        """
        first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0)
        hits = [
            d for d in self._drops.get(module.path, ())
            if d.how in how and first <= d.location.line <= last
        ]  # fmt: skip
        if not any(d.seen for d in hits):
            return None
        return sum(d.dropped for d in hits), max(d.seen for d in hits)

    def values(self, module: Module, node: ast.AST) -> list[Value]:
        """What may be written at a node, nearest first."""
        if id(node) not in self._values:
            self._values[id(node)] = values_at(self.program, self.kinds, module, node)
        return self._values[id(node)]

    def each(self, *types: type[ast.AST]) -> Iterator[tuple[Module, ast.AST]]:
        """Nodes of these classes in all editable modules."""
        for module in self.program.editable:
            for node in module.nodes:
                if isinstance(node, types):
                    yield module, node

    def functions(self) -> Iterator[tuple[Module, Function]]:
        """Functions of all editable modules."""
        for module in self.program.editable:
            for function in module.functions:
                yield module, function

    def found(self, *kinds: str) -> Iterator[tuple[Finding, Module, ast.AST]]:
        """Findings of these kinds with the node that each points at."""
        for finding in self.findings:
            if finding.kind in kinds:
                place = self.program.node(finding)
                if place is not None and place[0].editable:
                    yield finding, *place

    def finding(
        self,
        kind: str,
        module: Module,
        node: ast.AST,
        strength: float,
        evidence: str,
        detail: Mapping[str, str] | None = None,
    ) -> Finding:
        """A finding at a node."""
        start, end = module.span(node)
        place = {"span": f"{start}:{end}", "node": type(node).__name__, **(detail or {})}
        name = digest_of([kind, module.path, place])[:12]
        return Finding(
            id=name,
            kind=kind,
            location=location(module, node),
            strength=max(0.0, min(1.0, strength)),
            evidence=evidence,
            detail=place,
        )


def location(module: Module, node: ast.AST) -> Location:
    """Where a node stands."""
    function = module.function_of(node)
    return Location(
        path=module.path,
        line=getattr(node, "lineno", 1),
        end_line=getattr(node, "end_lineno", None) or 1,
        function=function.name if function else "",
    )


def where(module: Module, node: ast.AST) -> str:
    """A place in words: the function and file, or the file alone."""
    function = module.function_of(node)
    return f"{function.name} ({module.path})" if function else module.path


def weighed(strength: float, lost: tuple[int, int] | None) -> tuple[float, str]:
    """A strength by what the traced run lost there, and that in words."""
    if lost is None:
        return strength, ""
    dropped, seen = lost
    if not dropped:
        return 0.7 * strength, ""
    told = f" ({dropped} of {seen} in the traced run)"
    return strength + (0.9 - strength) * min(1.0, 0.25 + dropped / seen), told


def changed(module: Module, *changes: edits.Edit) -> edits.Revisions:
    """The files of a draft that changes one module; its text is made when it is read."""
    return edits.Revisions({module.path: edits.Revision(module, changes)})


def importing(
    files: edits.Revisions, path: str, module: str, name: str | None = None
) -> edits.Revisions:
    """The same files with an import added to one of them."""
    return files.importing(path, edits.Import(module, name))


def shorten(text: str, limit: int = 60) -> str:
    """One line of source for a title."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def first(values: Iterable[Value]) -> Value | None:
    """The nearest value, if any."""
    return next(iter(values), None)

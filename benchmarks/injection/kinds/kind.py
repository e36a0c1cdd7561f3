"""A kind of defect: its name, the paper it comes from, where it may be put and how."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

from benchmarks.injection.module import Module
from benchmarks.injection.place import Edit, Place

ODC = "Duraes & Madeira 2006, Emulation of Software Faults (ODC, G-SWFIT)"
PAN = "Pan, Kim & Whitehead 2009, Toward an Understanding of Bug Fix Patterns"
STUBS = "Karampatsis & Sutton 2020, ManySStuBs4J"
PYSTUBS = "Kamienski et al. 2021, PySStuBs"
PYTER = "Oh & Oh 2022, PyTER"

Finder = Callable[[Module], Iterable[Place]]


@dataclass(frozen=True)
class Kind:
    """`find` yields every place in a module, each with its alternatives."""

    name: str
    source: str
    summary: str
    find: Finder

    def sites(self, module: Module) -> tuple[Place, ...]:
        """Places with at least one alternative, in the order of the text."""
        found = [place for place in self.find(module) if place.edits]
        return tuple(sorted(found, key=lambda p: (p.line, p.edits[0].start, p.edits[0].end)))

    def inject(self, module: Module, place: Place, random: Random) -> Edit | None:
        """One alternative that parses and changes the program; None where there is none."""
        edits = list(place.edits)
        random.shuffle(edits)
        return next((edit for edit in edits if _changes(module, edit)), None)


def kind(name: str, source: str, summary: str) -> Callable[[Finder], Kind]:
    """Makes a finder a kind."""
    return lambda find: Kind(name, source, summary, find)


def _changes(module: Module, edit: Edit) -> bool:
    try:
        tree = ast.parse(edit.apply(module.text))
        compile(tree, "injected", "exec")
    except (SyntaxError, ValueError):
        return False
    return ast.dump(tree) != ast.dump(module.tree)

"""Draws a defect: a kind, a file and a place at random, by seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from random import Random

from benchmarks.injection.case import Fault
from benchmarks.injection.kinds import KINDS, Kind
from benchmarks.injection.module import Module
from benchmarks.injection.place import Edit

_TRIES = 40
"""Combinations of kind and file that are tried for one defect."""


@dataclass(frozen=True)
class Mutant:
    """One file with one or more defects. `single` has each of several defects on its own."""

    file: str
    text: str
    faults: tuple[Fault, ...]
    single: tuple[str, ...] = ()

    @cached_property
    def key(self) -> str:
        """Identifies the changed file."""
        return sha256(f"{self.file}\x1f{self.text}".encode()).hexdigest()


@dataclass(frozen=True)
class _Drawn:
    kind: Kind
    edit: Edit
    line: int


def draw(
    modules: Mapping[str, Module], random: Random, weights: Mapping[str, float], faults: int = 1
) -> Mutant | None:
    """A defect in one of the modules (path to module); None where no place was found.

    A kind is drawn by weight, then a file, then a place, then an alternative.
    """
    files = sorted(modules)
    for _ in range(_TRIES):
        file = random.choice(files)
        module = modules[file]
        drawn = _several(module, random, weights, faults)
        if len(drawn) == faults:
            return _mutant(file, module, drawn)
    return None


def _several(
    module: Module, random: Random, weights: Mapping[str, float], count: int
) -> list[_Drawn]:
    found: list[_Drawn] = []
    for _ in range(_TRIES if count > 1 else 1):
        one = _one(module, random, weights)
        if one is not None and not any(_touch(module, one.edit, other.edit) for other in found):
            found.append(one)
            if len(found) == count:
                break
    return sorted(found, key=lambda one: one.edit.start)


def _one(module: Module, random: Random, weights: Mapping[str, float]) -> _Drawn | None:
    names = sorted(KINDS)
    (name,) = random.choices(names, [weights.get(name, 1.0) for name in names])
    places = KINDS[name].sites(module)
    if not places:
        return None
    place = random.choice(places)
    edit = KINDS[name].inject(module, place, random)
    return None if edit is None else _Drawn(KINDS[name], edit, place.line)


def _touch(module: Module, one: Edit, other: Edit) -> bool:
    """Whether two edits share a line."""
    first, second = sorted((one, other), key=lambda edit: edit.start)
    return module.line_end(first.end) >= module.line_start(second.start)


def _mutant(file: str, module: Module, drawn: Sequence[_Drawn]) -> Mutant:
    text = module.text
    for one in reversed(drawn):
        text = one.edit.apply(text)
    faults = tuple(_faults(file, module, drawn))
    single = tuple(one.edit.apply(module.text) for one in drawn) if len(drawn) > 1 else ()
    return Mutant(file, text, faults, single)


def _faults(file: str, module: Module, drawn: Sequence[_Drawn]) -> Iterator[Fault]:
    for one in drawn:
        start, end = module.line_start(one.edit.start), module.line_end(one.edit.end)
        before = module.text[start:end]
        local = Edit(one.edit.start - start, one.edit.end - start, one.edit.text)
        yield Fault(
            kind=one.kind.name,
            source=one.kind.source,
            file=file,
            line=module.text.count("\n", 0, one.edit.start) + 1,
            before=before,
            after=local.apply(before),
        )

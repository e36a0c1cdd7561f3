"""The workload: what is evaluated, dealt into the development and the sealed split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from memory_systems.benchmark import Benchmark, Item
from memory_systems.errors import BenchmarkError
from tasks.errors import DataError
from tasks.target import Data
from tasks.validate.division import divide

Split = Literal["dev", "sealed"]


@dataclass(frozen=True)
class WorkItem:
    """One item as the evaluator knows it, whatever the metric's kind."""

    id: str
    group: str
    slices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Workload:
    """Items with their groups, and which groups belong to which split.

    `benchmark` holds questions and gold for the `predictions` kind and is None for the others.
    `digest` identifies items, contexts and gold in cache keys. `select` are the development items
    that the search does not see: they tell whether what it found holds beyond what it saw.
    """

    items: tuple[WorkItem, ...]
    dev: tuple[str, ...]
    sealed: tuple[str, ...]
    digest: str
    benchmark: Benchmark | None = None
    select: frozenset[str] = frozenset()

    def divided(self, share: float, seed: int, dimensions: Sequence[str]) -> Workload:
        """With a select part of this share, alike in groups and in these slices (none: in all)."""
        items = self.of_groups(self.dev)
        names = dimensions or sorted({name for item in items for name in item.slices})
        strata = {i.id: (i.group, *(i.slices.get(name, "") for name in names)) for i in items}
        return replace(self, select=divide(strata, share, seed))

    def groups(self, split: Split) -> tuple[str, ...]:
        """The groups of a split."""
        return self.dev if split == "dev" else self.sealed

    def of_groups(self, groups: Sequence[str]) -> tuple[WorkItem, ...]:
        """The items of some groups, in a stable order."""
        wanted = set(groups)
        return tuple(item for item in self.items if item.group in wanted)

    def of_split(self, split: Split) -> tuple[WorkItem, ...]:
        """The items of a split, in the same order."""
        return self.of_groups(self.groups(split))

    def search(self) -> dict[str, tuple[WorkItem, ...]]:
        """The development items that the search sees, by group; groups without any are left out."""
        found: dict[str, list[WorkItem]] = {}
        for item in self.of_split("dev"):
            if item.id not in self.select:
                found.setdefault(item.group, []).append(item)
        return {group: tuple(found[group]) for group in self.dev if group in found}

    def smallest_group(self) -> tuple[WorkItem, ...]:
        """What the search sees of the development group of which it sees least."""
        by_group = self.search()
        return by_group[min(by_group, key=lambda group: (len(by_group[group]), group))]

    def size(self, split: Split) -> int:
        """How many items a split has."""
        return len(self.of_split(split))

    def slices(self) -> dict[str, Mapping[str, str]]:
        """Item id to its slices."""
        return {item.id: item.slices for item in self.items}

    def item(self, identifier: str) -> Item:
        """The benchmark's item; only for workloads that have a benchmark."""
        if self.benchmark is None:
            raise KeyError(identifier)
        return next(item for item in self.benchmark.items if item.id == identifier)


def load_benchmark(data: Data, folder: Path, cache: Path) -> Benchmark:
    """Loads or generates the benchmark that a contract names. Raises DataError."""
    path = (folder / data.path).resolve() if data.path else None
    try:
        return _load(data, path, cache)
    except BenchmarkError as error:
        raise DataError(error.cause, error.cure) from error


def _load(data: Data, path: Path | None, cache: Path) -> Benchmark:
    if data.benchmark == "locomo":
        from memory_systems import locomo

        return locomo.load(path)
    if data.benchmark == "lifelog":
        from memory_systems import lifelog

        name = "-".join(f"{key}{value}" for key, value in sorted(data.arguments.items()))
        try:
            return lifelog.generate(**data.arguments, assets=cache / f"lifelog-{name or 'default'}")
        except TypeError as error:
            raise DataError(
                f"data.arguments: {error}", "`python -m memory_systems.lifelog --help` lists them"
            ) from error
    from memory_systems import jsonl

    if path is None:
        raise DataError("data.path is missing", "name the folder that holds items.jsonl")
    benchmark = jsonl.load(path)
    if data.sha256 is not None and data.sha256 != benchmark.digest:
        raise DataError(
            f"data.sha256: expected {data.sha256}, the data at {path} has {benchmark.digest}",
            "restore the data, or set the new digest if the change was meant",
        )
    return benchmark

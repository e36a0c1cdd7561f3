"""Two edits at once, where each alone may show nothing: both have evidence in the same function."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations

from researchers.program_analysis.program import Program
from researchers.program_analysis.ranking import Scored

STRONG = 0.4
PER_FUNCTION = 4
AT_MOST = 12
WORTH = 0.8
"""Of the weaker half's priority."""


def paired(program: Program, scored: Iterable[Scored]) -> Iterator[Scored]:
    """The best pairs of evident edits of one function, by different operators."""
    places: dict[tuple[str, str], list[Scored]] = defaultdict(list)
    for entry in sorted(scored, key=lambda s: -s.score):
        place = entry.draft.location.path, entry.draft.location.function
        known = {s.source for s in places[place]}
        evident = entry.draft.findings and entry.draft.strength >= STRONG
        if evident and entry.source not in known:
            places[place].append(entry)
    found = [
        pair for group in places.values() for pair in combinations(group[:PER_FUNCTION], 2)
    ]  # fmt: skip
    found.sort(key=lambda pair: -min(s.score for s in pair))
    for one, other in found[:AT_MOST]:
        files = _merged(program, one, other)
        if files:
            draft = replace(
                one.draft, files=files, title=f"{one.draft.title}; {other.draft.title}",
                why=f"{one.draft.why}. {other.draft.why}",
                findings=(*one.draft.findings, *other.draft.findings),
                knowledge=(*one.draft.knowledge, *other.draft.knowledge),
            )  # fmt: skip
            source = f"{one.source}+{other.source.split(':', 1)[1]}"
            kind = min((one, other), key=lambda s: s.change_type != "architecture").change_type
            yield Scored(draft, source, kind, WORTH * min(one.score, other.score))


def _merged(program: Program, one: Scored, other: Scored) -> dict[str, str]:
    files = dict(one.draft.files)
    for path, text in other.draft.files.items():
        module = program.by_path.get(path)
        if path not in files or files[path] == text:
            files[path] = text
        elif module is None:
            return {}
        else:
            merged = merge(module.text, files[path], text)
            if merged is None:
                return {}
            files[path] = merged
    return files


def merge(base: str, one: str, other: str) -> str | None:
    """A three-way merge by lines; None where both change the same lines."""
    lines = base.splitlines(keepends=True)
    changes = sorted({*_changes(lines, one), *_changes(lines, other)})
    merged: list[str] = []
    done = 0
    for start, end, new in changes:
        if start < done or (start == done and merged and start == end):
            return None
        merged += [*lines[done:start], *new]
        done = end
    return "".join([*merged, *lines[done:]])


def _changes(base: list[str], text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    new = text.splitlines(keepends=True)
    for tag, i, j, k, m in difflib.SequenceMatcher(None, base, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield i, j, tuple(new[k:m])

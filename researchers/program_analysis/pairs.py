"""Two edits at once, where each alone may show nothing.

Either both have evidence in the same function, or both are the same blind edit at two places: a
wrong pattern that was written twice, as it stands or with mirrored names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations

from researchers.program_analysis.edits import Revision, Revisions
from researchers.program_analysis.ingredients import mirrored
from researchers.program_analysis.ranking import Scored

STRONG = 0.4
PER_FUNCTION = 4
AT_MOST = 12
PER_PATTERN = 3
WORTH = 0.8
"""Of the weaker half's priority."""
COUPLED_WORTH = 0.35
"""The same of coupled edits, which few faults need."""


def paired(scored: Iterable[Scored]) -> Iterator[Scored]:
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
    yield from _most_hopeful(found, WORTH)


def coupled(scored: Iterable[Scored]) -> Iterator[Scored]:
    """The best pairs of the same blind edit at two places of a module."""
    alike: dict[tuple[str, str, str], list[Scored]] = defaultdict(list)
    for entry in sorted(scored, key=lambda s: -s.score):
        told = entry.draft.title.partition("` in `")[0]
        group = alike[entry.source, entry.draft.location.path, told]
        if entry.blind and len(group) < PER_PATTERN:
            group.append(entry)
    found = [pair for group in alike.values() for pair in combinations(group, 2)]
    for (source, path, pattern), group in alike.items():
        for other in mirrored(pattern):
            twins = alike.get((source, path, other), []) if pattern < other else []
            found += [(one, twin) for one in group[:1] for twin in twins[:1]]
    yield from _most_hopeful(found, COUPLED_WORTH)


def _most_hopeful(found: list[tuple[Scored, Scored]], worth: float) -> Iterator[Scored]:
    found.sort(key=lambda pair: -min(s.score for s in pair))
    for one, other in found[:AT_MOST]:
        pair = joined(one, other, worth)
        if pair is not None:
            yield pair


def joined(one: Scored, other: Scored, worth: float) -> Scored | None:
    """Both edits as one, worth so much of the weaker; None where both change the same place."""
    files = _merged(one, other)
    if files is None:
        return None
    draft = replace(
        one.draft, files=files, title=f"{one.draft.title}; {other.draft.title}",
        why=f"{one.draft.why}. {other.draft.why}",
        findings=(*one.draft.findings, *other.draft.findings),
    )  # fmt: skip
    source = f"{one.source}+{other.source.split(':', 1)[1]}"
    kind = min((one, other), key=lambda s: s.change_type != "architecture").change_type
    return Scored(draft, source, kind, worth * min(one.score, other.score))


def _merged(one: Scored, other: Scored) -> Revisions | None:
    """The files of both; None where both change the same place."""
    first, second = (Revisions.of(s.draft.files) for s in (one, other))
    files = {path: first.entry(path) for path in first}
    for path in second:
        mine, theirs = files.get(path), second.entry(path)
        if mine is None or mine == theirs:
            files[path] = theirs
        elif isinstance(mine, Revision) and isinstance(theirs, Revision):
            both = mine.joined(theirs)
            if both is None:
                return None
            files[path] = both
        else:
            return None
    return Revisions(files)

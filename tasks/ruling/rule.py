"""The rule: from the evidence in the files of a change to one of the four types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from tasks.records.change import ChangeType
from tasks.ruling.alignment import differences, parsed
from tasks.ruling.changed import Evidence, FileChange, Sort, of_sort
from tasks.ruling.documents import is_settings, settings_evidence, text_evidence
from tasks.ruling.leaves import leaf_evidence
from tasks.ruling.structure import structure_evidence

TYPES: dict[Sort, ChangeType] = {
    "structure": "architecture",
    "correction": "bug_fix",
    "text": "prompt",
    "value": "hyperparameter",
}
_CODE = {".py", ".pyi"}


def rule(changes: Sequence[FileChange]) -> tuple[ChangeType, str]:
    """The type of a change and why, in words.

    New structure makes it architecture, whatever else comes with it. Else it is what more of its
    differences are: texts make a prompt, corrections of code a bug fix, texts where both are as
    many. Only where nothing but values changed is it a hyperparameter. One that changes nothing
    that a program does (comments, messages, annotations) counts as a bug fix, and says so.
    """
    found = [evidence for change in changes for evidence in _evidence(change)]
    new = of_sort(found, "structure")
    if new:
        return TYPES["structure"], _words(new)
    corrections, texts = of_sort(found, "correction"), of_sort(found, "text")
    if texts and len(texts) >= len(corrections):
        return TYPES["text"], _words(texts)
    if corrections:
        return TYPES["correction"], _words(corrections)
    values = of_sort(found, "value")
    if values:
        return TYPES["value"], _words(values)
    return TYPES["correction"], "nothing but comments, messages or annotations"


def _evidence(change: FileChange) -> Iterator[Evidence]:
    if PurePosixPath(change.path).suffix.lower() not in _CODE:
        yield from settings_evidence(change) if is_settings(change.path) else text_evidence(change)
        return
    before, after = parsed(change.before), parsed(change.after)
    if before is None or after is None:
        yield Evidence("correction", f"{change.path} does not parse on one side")
        return
    yield from structure_evidence(before, after, change.path)
    for difference in differences(before, after):
        yield from leaf_evidence(difference, change.path)


def _words(found: Sequence[Evidence]) -> str:
    told = list(dict.fromkeys(evidence.words for evidence in found))
    more = f" and {len(told) - 3} more" if len(told) > 3 else ""
    return "; ".join(told[:3]) + more

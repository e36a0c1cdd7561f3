"""Scores the rule on labelled changes: `python -m benchmarks.change_types [--half seen]`."""

from __future__ import annotations

import argparse
from collections import Counter
from hashlib import sha256
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from tasks.records.base import Record
from tasks.records.change import ChangeType
from tasks.ruling import FileChange, rule

FOLDER = Path(__file__).parent
NAMES: tuple[ChangeType, ...] = ("bug_fix", "architecture", "prompt", "hyperparameter")
HALVES = ("seen", "kept")
LATER = "later"


class Snippet(Record):
    """One file of a case; None where it does not exist."""

    path: str
    before: str | None
    after: str | None


class Source(Record):
    """Where a case was read."""

    repository: str
    commit: str
    licence: str


class Case(Record):
    """One labelled change, with the reason for its label in words; `source` where it is real."""

    id: str
    label: ChangeType
    reason: str
    files: tuple[Snippet, ...]
    source: Source | None = None
    half: str = ""


def half_of(name: str, file: str) -> str:
    """`seen` while the rule was written, or `kept` from that, by a digest of the name; or `later`:
    collected after both were scored."""
    return LATER if file == LATER else HALVES[sha256(name.encode()).digest()[0] % 2]


def cases() -> tuple[Case, ...]:
    """All labelled changes."""
    adapter = TypeAdapter(tuple[Case, ...])
    return tuple(
        case.model_copy(update={"half": half_of(case.id, path.stem)})
        for path in sorted(FOLDER.glob("*.yaml"))
        for case in adapter.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    )


def ruled(case: Case) -> tuple[ChangeType, str]:
    """What the rule says, and why."""
    return rule([FileChange(f.path, f.before, f.after) for f in case.files])


def main() -> None:
    """Prints a confusion matrix for each part and the cases where label and rule differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=[*HALVES, LATER], help="only this half")
    wanted = parser.parse_args().half
    for half in [wanted] if wanted else [*HALVES, LATER]:
        held = [case for case in cases() if case.half == half]
        found = {case.id: ruled(case) for case in held}
        counts = Counter((case.label, found[case.id][0]) for case in held)
        right = sum(counts[name, name] for name in NAMES)
        print(f"{half}: {right} of {len(held)} as labelled ({right / len(held):.1%})\n")
        print(f"| label | {' | '.join(NAMES)} |\n|---|{'---|' * len(NAMES)}")
        for label in NAMES:
            print(f"| {label} | {' | '.join(str(counts[label, name]) for name in NAMES)} |")
        print()
        for case in held:
            kind, why = found[case.id]
            if kind != case.label:
                print(f"- {case.id}: labelled {case.label}, ruled {kind} ({why})")
        print()


if __name__ == "__main__":
    main()

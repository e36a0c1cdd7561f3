"""What a run found and mended of the planted defects: the researcher's recall and precision.

    python -m benchmarks.planted_recall RUN_FOLDER [RUN_FOLDER ...] [--data FILE] [--work FOLDER]

A run folder is `<home>/runs/<id>` of a finished run on the shipped memory system. For each defect:

- found: a finding of the run points at the lines (in a prompt or setting file: at the file) that
  the true fix changes;
- drafted: a proposal changed those lines;
- mended: those lines are no longer in the champion, and an accepted change removed them; or the
  champion does not gain from the true fix (less than a tenth of what the fix is worth in the
  mended system, and less than .0005), so that another change has made the defect harmless;
- type: the accepted change that removed the lines has the defect's type, rolled up to four.

Precision is the share of accepted changes (tuned settings apart) that touch a planted defect. The
sealed manifest is read here and in no part of the product. With `--work` the predictions of every
tree are kept, so that a second call, or a second run of the same target, goes on from there.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml
from git import Repo

from benchmarks.planted_defects import ROOT, Defect, Edit, copy_tree, load_defects
from benchmarks.planted_effects import predict, score_items, write_input
from memory_systems import lifelog, locomo
from memory_systems.benchmark import Benchmark

HARMLESS = 0.0005
SHARE = 0.1
_HUNK = re.compile(r"^@@ -(\d+)(?:,(\d+))? ", re.MULTILINE)


@dataclass(frozen=True)
class Outcome:
    """What became of one defect in one run; `by` is the title of the change that mended it."""

    defect: str
    found: bool
    drafted: bool
    mended: str
    type_right: bool | None
    by: str


@dataclass(frozen=True)
class Place:
    """Lines of the defective tree that a fix changes."""

    file: str
    first: int
    last: int

    def meets(self, file: str, first: int, last: int) -> bool:
        """Whether another range of lines overlaps; whole files meet everything in them."""
        return self.file == file and first <= self.last and self.first <= last


def places(defect: Defect, base: Path) -> tuple[Place, ...]:
    """Where the fix edits; imports are left out, and files without lines count as a whole."""
    found = []
    for edit in defect.edits:
        text = (base / edit.file).read_text(encoding="utf-8")
        if not edit.file.endswith(".py"):
            found.append(Place(edit.file, 0, 10**6))
            continue
        first = text[: text.index(edit.old)].count("\n") + 1
        lines = [i for i, line in enumerate(edit.old.splitlines()) if _counts(line)]
        if lines:
            found.append(Place(edit.file, first + lines[0], first + lines[-1]))
    return tuple(found)


def _counts(line: str) -> bool:
    return bool(line.strip()) and not line.strip().startswith(("import ", "from ", '"""'))


def stage_records(run: Path, number: int) -> Iterator[dict[str, Any]]:
    """What a stage stored, round by round."""
    for path in sorted((run / f"stage-{number:02d}").glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        yield document.get("record", document)


def changed_lines(diff: str) -> Iterator[tuple[str, int, int]]:
    """File and range of old lines of every hunk of a diff made without context lines."""
    for part in re.split(r"^diff --git ", diff, flags=re.MULTILINE)[1:]:
        file = part.split(" b/", 1)[1].splitlines()[0]
        for hunk in _HUNK.finditer(part):
            start, length = int(hunk.group(1)), int(hunk.group(2) or 1)
            yield file, start, start + max(length, 1) - 1


class Judge:
    """Judges one run. Trees that other runs of the target share lie in `work` itself."""

    def __init__(self, run: Path, benchmark: Benchmark, work: Path) -> None:
        self.run, self.benchmark, self.work = run, benchmark, work
        self.own = work / run.name
        self.own.mkdir(parents=True, exist_ok=True)
        self.document: dict[str, Any] = json.loads((run / "report.json").read_text("utf-8"))
        self.base = _built(work / "base", copy_tree)
        self.source = _built(work / "input", lambda folder: write_input(benchmark, folder))
        self.champion = _built(self.own / "champion", self._check_out)
        self._score = self._mean(self.champion)

    def outcome(self, defect: Defect) -> Outcome:
        """What became of this defect."""
        where = places(defect, self.base)
        removed = next((c for c in self._accepted() if self._touches(c, where)), None)
        mended, by = "", ""
        if not self._fixable(defect):
            mended, by = ("changed", removed["title"]) if removed else ("", "")
        elif self._harmless(defect):
            mended = "harmless"
            by = removed["title"] if removed else "no gain is left in it"
        type_right = None if removed is None else removed["change_type"] == defect.change_type
        return Outcome(defect.id, self._found(where), self._drafted(where), mended, type_right, by)

    def precision(self, defects: Sequence[Defect]) -> tuple[int, int]:
        """Accepted changes that touch a planted defect, of all accepted ones but settings."""
        every = [place for defect in defects for place in places(defect, self.base)]
        changes = [c for c in self._accepted() if c["change_type"] != "hyperparameter"]
        return sum(self._touches(c, every) for c in changes), len(changes)

    def _accepted(self) -> list[dict[str, Any]]:
        accepted: list[dict[str, Any]] = self.document["accepted"]
        return accepted

    def _touches(self, change: dict[str, Any], where: Sequence[Place]) -> bool:
        """Whether the change edits a place; its functions count, since lines move as it grows."""
        for place in where:
            if place.file not in change["files"]:
                continue
            if not place.file.endswith(".py"):
                return True
            old = (self.base / place.file).read_text("utf-8").splitlines()
            wanted = {line.strip() for line in old[place.first - 1 : place.last]}
            gone = {
                line[1:].strip()
                for line in change["diff"].splitlines()
                if line.startswith("-") and not line.startswith("---")
            }
            if {line for line in wanted if len(line) > 8} & gone:
                return True
        return False

    def _found(self, where: Sequence[Place]) -> bool:
        return any(
            place.meets(f["location"]["path"], f["location"]["line"], f["location"]["end_line"])
            or (not place.file.endswith(".py") and f["location"]["path"] == place.file)
            for record in stage_records(self.run, 10)
            for f in record["findings"]
            for place in where
        )

    def _drafted(self, where: Sequence[Place]) -> bool:
        changes = [
            {"files": c["files"], "diff": c["diff"]}
            for record in stage_records(self.run, 15)
            for c in record["candidates"]
        ]
        return any(self._touches(change, where) for change in changes)

    def _fixable(self, defect: Defect) -> bool:
        """Whether the true fix still applies to the champion."""
        return all(_holds(self.champion, edit) for edit in defect.edits)

    def _harmless(self, defect: Defect) -> bool:
        def mend(tree: Path) -> None:
            shutil.copytree(self.champion, tree)
            for edit in defect.edits:
                text = (tree / edit.file).read_text("utf-8")
                (tree / edit.file).write_text(text.replace(edit.old, edit.new), "utf-8")

        gain = self._mean(_built(self.own / f"with-{defect.id}", mend)) - self._score
        return gain <= max(HARMLESS, SHARE * self._worth(defect))

    def _worth(self, defect: Defect) -> float:
        """What the fix is worth where all others are made too."""
        every = load_defects()
        others = [d for d in every if d != defect]
        mended = _built(self.work / "mended", lambda tree: copy_tree(tree, every))
        without = _built(self.work / f"without-{defect.id}", lambda tree: copy_tree(tree, others))
        return self._mean(mended) - self._mean(without)

    def _mean(self, tree: Path) -> float:
        output = tree.with_suffix(".jsonl")
        if not output.exists():
            part = output.with_suffix(".part")
            predict(tree, self.source, part, self.work / "cache")
            part.replace(output)
            print(f"predicted {tree.name}", file=sys.stderr, flush=True)
        lines = map(json.loads, output.read_text("utf-8").splitlines())
        predictions = {row["id"]: row["prediction"] for row in lines}
        return float(score_items(self.benchmark, predictions).mean())

    def _check_out(self, tree: Path) -> None:
        commit = self.document["champion"]["commit"]
        repository = Repo(self.run / "work" / "repository")
        archive = io.BytesIO()
        repository.archive(archive, commit)
        archive.seek(0)
        with tarfile.open(fileobj=archive) as tar:
            tar.extractall(tree, filter="data")


def _built(folder: Path, build: Callable[[Path], object]) -> Path:
    """A folder, built unless it is there; one that was built in part does not count."""
    if not folder.exists():
        part = folder.with_name(f"{folder.name}-part")
        shutil.rmtree(part, ignore_errors=True)
        build(part)
        part.replace(folder)
    return folder


def _holds(tree: Path, edit: Edit) -> bool:
    path = tree / edit.file
    return path.is_file() and path.read_text("utf-8").count(edit.old) == 1


def table(runs: dict[str, list[Outcome]]) -> str:
    """Markdown: a row a defect, a column a run, and the shares beneath."""
    names = list(runs)
    lines = ["| defect | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for rows in zip(*runs.values(), strict=True):
        cells = [_cell(row) for row in rows]
        lines.append(f"| {rows[0].defect} | {' | '.join(cells)} |")
    for title, holds in (
        ("found", lambda o: o.found), ("drafted", lambda o: o.drafted),
        ("mended", lambda o: bool(o.mended)), ("type right, of those told", None),
    ):  # fmt: skip
        cells = []
        for outcomes in runs.values():
            if holds is None:
                told = [o.type_right for o in outcomes if o.type_right is not None]
                cells.append(f"{sum(told)} of {len(told)}")
            else:
                cells.append(f"{sum(map(holds, outcomes))} of {len(outcomes)}")
        lines.append(f"| **{title}** | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(row: Outcome) -> str:
    steps = [word for word, holds in (("found", row.found), ("drafted", row.drafted)) if holds]
    return ", ".join([*steps, *([f"**{row.mended}**"] if row.mended else [])]) or "missed"


def _benchmark(target: str, data: Path | None, assets: Path) -> Benchmark:
    """All items of a shipped target, development and sealed, as its contract says."""
    if target == "locomo":
        return locomo.load(data)
    contract = yaml.safe_load((ROOT / "configs" / "targets" / f"{target}.yaml").read_text("utf-8"))
    return lifelog.generate(**contract["data"]["arguments"], assets=assets)


def main(argv: Sequence[str] | None = None) -> None:
    """Prints the table of the runs given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("runs", nargs="+", type=Path, help="run folders")
    parser.add_argument("--data", type=Path, help="LoCoMo's file; else $WHETSTONE_LOCOMO")
    parser.add_argument("--json", type=Path, help="write the outcomes here too")
    parser.add_argument("--work", type=Path, help="keep predictions here [a temporary folder]")
    arguments = parser.parse_args(argv)
    defects, outcomes = load_defects(), {}
    with ExitStack() as stack:
        kept = arguments.work or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for run in arguments.runs:
            target = json.loads((run / "report.json").read_text("utf-8"))["target"]
            work = (kept / target).resolve()
            benchmark = _benchmark(target, arguments.data, work / "assets")
            judge = Judge(run.resolve(), benchmark, work)
            outcomes[run.name] = [judge.outcome(defect) for defect in defects]
            touching, accepted = judge.precision(defects)
            print(f"{run.name}: {touching} of {accepted} accepted changes touch a planted defect")
    print(table(outcomes))
    if arguments.json:
        rows = {run: [asdict(o) for o in found] for run, found in outcomes.items()}
        arguments.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

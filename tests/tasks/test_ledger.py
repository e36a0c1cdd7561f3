"""The ledger: records come back as they were, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tasks.errors import StageError
from tasks.ledger import Degradation, Ledger, StageMark
from tasks.records.outputs import Property, Readiness

RECORD = Readiness(properties=(Property(name="modular", required="x", measured="y", passed=True),))


def stored(folder: Path) -> Ledger:
    ledger = Ledger(folder)
    mark = StageMark(
        number=2, name="check", round=0, seconds=1.5, output=RECORD.digest, inputs={"goal": "d"}
    )
    ledger.store(mark, RECORD)
    return ledger


def test_round_trip(tmp_path: Path):
    found = stored(tmp_path).load(2, 0, Readiness)
    assert found is not None
    assert found[1] == RECORD
    assert found[0].inputs == {"goal": "d"}


def test_nothing_stored_is_none(tmp_path: Path):
    assert Ledger(tmp_path).load(2, 0, Readiness) is None


@pytest.mark.parametrize("damage", ["altered", "truncated", "schema"])
def test_damage_is_an_error_with_the_file_named(tmp_path: Path, damage: str):
    ledger = stored(tmp_path)
    path = tmp_path / "stage-02" / "round-00.json"
    document = json.loads(path.read_text())
    if damage == "altered":
        document["record"]["properties"][0]["passed"] = False
        path.write_text(json.dumps(document))
    elif damage == "schema":
        document["record"]["surprise"] = 1
        path.write_text(json.dumps(document))
    else:
        path.write_text(path.read_text()[:40])
    with pytest.raises(StageError, match=r"round-00\.json"):
        ledger.load(2, 0, Readiness)


def test_line_cut_by_a_kill_is_passed_over(tmp_path: Path):
    ledger = Ledger(tmp_path)
    ledger.append("degradations", Degradation.now("a", "b"))
    with (tmp_path / "degradations.jsonl").open("a") as handle:
        handle.write('{"what": "c", "eff')
    assert [d.what for d in ledger.read("degradations", Degradation)] == ["a"]
    ledger.append("degradations", Degradation.now("d", "e"))
    assert [d.what for d in ledger.read("degradations", Degradation)] == ["a", "d"]

"""What was recorded replays offline and alike, on any machine; what was not is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from researchers.language_model.models import NamedModel, open_model
from researchers.language_model.models.digest import request_digest, steady
from researchers.language_model.models.settings import Replay
from tasks.errors import ModelError, ResearcherError
from tests.researchers.language_model.models.test_faults import GOOD, ask


def replay(folder: Path, desk: Any) -> Any:
    settings = Replay(kind="replay", recording=folder.name)
    return open_model(NamedModel("replay", settings, folder.parent), desk)


@pytest.fixture
def recording(faults: Any, endpoint: Any, tmp_path: Path) -> Path:
    """Two questions, the first asked twice with two answers, one of them mended."""
    folder = tmp_path / "recorded"
    other = GOOD.replace("off by one", "off by two")
    answers = [GOOD, "no JSON", other, GOOD]
    with faults.serving([faults.answer(text) for text in answers]) as server:
        model = endpoint(server.url, record=str(folder))
        for evidence in ("first", "first", "second"):
            ask(model, evidence)
    return folder


def test_a_recording_replays_in_order_and_offline(recording: Path, desk: Any) -> None:
    model = replay(recording, desk)
    said = [ask(model, "first").causes[0].statement for _ in range(3)]
    assert said == ["off by one", "off by two", "off by two"]
    assert ask(model, "second").kind == "bug"
    assert {call.source for call in desk.kept if call.model == "replay"} == {"replay"}
    assert [call.money for call in desk.kept if call.model == "replay"] == [0.0] * 6


def test_tokens_are_those_that_were_recorded(recording: Path, desk: Any) -> None:
    desk.kept.clear()
    ask(replay(recording, desk), "second")
    assert (desk.kept[0].prompt, desk.kept[0].completion, desk.kept[0].estimated) == (
        100,
        10,
        False,
    )


def test_an_unrecorded_request_says_who_asked_and_what_differs(recording: Path, desk: Any) -> None:
    with pytest.raises(ModelError) as caught:
        ask(replay(recording, desk), "third")
    said = str(caught.value)
    assert "form_hypotheses (form hypotheses) asks what the recording" in said
    assert "recorded 'first', asked now 'third'" in said
    assert "record anew" in said


def test_a_missing_or_damaged_recording_is_an_error(recording: Path, desk: Any) -> None:
    with pytest.raises(ResearcherError, match="there is no recording"):
        replay(recording.parent / "nowhere", desk)
    calls = recording / "calls.jsonl"
    calls.write_text(calls.read_text() + '{"key": "half\n')
    with pytest.raises(ResearcherError, match=r"calls\.jsonl, line 5"):
        replay(recording, desk)


def test_a_line_that_a_kill_cut_is_passed_over(recording: Path, desk: Any) -> None:
    with (recording / "calls.jsonl").open("a") as handle:
        handle.write('{"key": "cut')
    assert ask(replay(recording, desk), "second").kind == "bug"


def test_a_recording_belongs_to_one_run(
    recording: Path, faults: Any, endpoint: Any, desk: Any
) -> None:
    with faults.serving([faults.answer(GOOD)]) as server:
        endpoint(server.url, record=str(recording))  # the same run, resumed
        desk.folder = desk.folder.with_name("r2")
        with pytest.raises(ResearcherError, match="already holds the recording of run r1"):
            endpoint(server.url, record=str(recording))


def test_a_stage_begun_again_counts_by_its_later_answers(
    recording: Path, faults: Any, endpoint: Any, desk: Any
) -> None:
    later = GOOD.replace("off by one", "later")
    with faults.serving([faults.answer(later)]) as server:
        ask(endpoint(server.url, record=str(recording)), "first")
    assert ask(replay(recording, desk), "first").causes[0].statement == "later"


def test_digests_do_not_depend_on_machine_or_time(tmp_path: Path) -> None:
    def told(home: str, when: str, commit: str) -> str:
        text = f"{home}/runs/20261126-{when}-words-ab12/work: failed at {commit} in {when[:1]}.2s"
        document = {"system": "s", "messages": [{"role": "user", "content": text}], "tools": []}
        return request_digest(steady(document, [(Path(home), "<home>")]))

    assert told("/home/a/.whetstone", "120000", "a" * 40) == told("/srv/b", "230101", "b" * 40)


def test_the_recording_itself_names_no_machine(
    faults: Any, endpoint: Any, desk: Any, tmp_path: Path
) -> None:
    desk.places = [(tmp_path, "<home>")]
    folder = tmp_path / "recorded"
    with faults.serving([faults.answer(GOOD)]) as server:
        ask(endpoint(server.url, record=str(folder)), f"see {tmp_path}/runs/r1")
    assert str(tmp_path) not in (folder / "calls.jsonl").read_text()
    moved = tmp_path / "elsewhere"
    shutil.move(folder, moved)
    desk.places = [(Path("/srv/other"), "<home>")]
    assert ask(replay(moved, desk), "see /srv/other/runs/r1").kind == "bug"


def test_requests_are_readable_in_the_recording(recording: Path) -> None:
    lines = (recording / "calls.jsonl").read_text().splitlines()
    first = json.loads(lines[0])
    assert first["request"]["messages"][0]["content"].startswith("[[ ## evidence ## ]]\nfirst")
    assert first["stage"] == "form_hypotheses"
    assert "id" not in first["answer"]

"""Runs that think with a model: recorded and replayed, limited, waiting for somebody's answers."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import pytest

from flows.session import Request, new_run, resumed_run
from stages.document import build_document
from tasks.errors import ModelError, WhetstoneError
from tasks.records.document import RunDocument
from tests.researchers.language_model.models.fault_server import serving
from tests.stages.grades import CAUSES, grades, mind, model_file, reply
from tests.stages.runs import needs_sandbox, walked

pytestmark = [needs_sandbox, pytest.mark.slow]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home for all runs here, so that a tree is evaluated once."""
    home = tmp_path_factory.mktemp("home")
    home.chmod(0o755)
    return home


@pytest.fixture(autouse=True)
def home(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    tmp_path.chmod(0o755)
    monkeypatch.setenv("WHETSTONE_HOME", str(shared))
    return shared


def request(target: Path, model: str, researcher: str = "language_model") -> Request:
    return Request(
        str(target), researcher, model, experiments=4, automl=False, tracking=False, memory=False
    )


def titles(document: RunDocument) -> list[str]:
    return [change.title for change in document.accepted]


def test_a_recorded_run_replays_offline(tmp_path: Path) -> None:
    target = grades(tmp_path)
    with serving(reply) as server:
        text = f"kind: endpoint\nendpoint: {server.url}\nmodel: m\nrecord: {tmp_path}/recording\n"
        model = model_file(tmp_path, text)
        before = walked(new_run(request(target, model)))
    assert titles(before) == [CAUSES[1]]
    model = model_file(tmp_path, "kind: replay\nrecording: recording\n")
    after = walked(new_run(request(target, model)))
    assert [c.diff for c in after.accepted] == [c.diff for c in before.accepted]
    assert after.model is not None
    assert after.model.sources == ("replay",)
    assert before.model is not None
    assert after.model.total.tokens == before.model.total.tokens
    assert after.model.total.money == 0


def test_a_limit_ends_the_run_with_its_report(tmp_path: Path) -> None:
    target = grades(tmp_path)
    with serving(reply) as server:
        text = f"kind: endpoint\nendpoint: {server.url}\nmodel: m\nmax_tokens: 100\n"
        model = model_file(tmp_path, text + "limits: {tokens: 2000}\n")
        run = new_run(request(target, model))
        document = walked(run)
    assert "the limit of tokens is reached" in document.ending
    assert document.model is not None
    assert 0 < document.model.total.tokens <= 2000
    assert document.model.events["limit"] >= 1
    assert Path(document.report).is_file()
    assert {s.status for s in document.stages} == {"completed"}


def test_a_run_that_waits_for_answers_goes_on_after_a_restart(
    tmp_path: Path,
) -> None:
    target, box = grades(tmp_path), tmp_path / "box"
    model = model_file(tmp_path, f"kind: mailbox\nfolder: {box}\n")
    run = new_run(request(target, model))
    threading.Timer(1.0, lambda: _when(lambda: any(box.glob("*.md")), run.cancel.set)).start()
    with pytest.raises(ModelError, match="interrupted while it waited"):
        walked(run)
    with pytest.raises(WhetstoneError, match=r"began with .*model\.yaml, not mailbox"):
        resumed_run(request(target, "mailbox"), run.id)
    again = resumed_run(Request(str(target)), run.id)
    assert again.settings.model == run.settings.model
    assert again.settings.researcher == "language_model"
    stop = threading.Event()
    person = threading.Thread(target=_person, args=(box, stop), daemon=True)
    person.start()
    document = walked(again)
    stop.set()
    person.join()
    assert titles(document) == [CAUSES[1]]
    assert document.model is not None
    assert document.model.sources == ("mailbox",)
    assert again.desk is not None
    assert again.desk.waited() > 0
    assert "--researcher language_model --model" in build_document(again).commands["run again"]


def _when(seen, then) -> None:
    while not seen():
        time.sleep(0.05)
    then()


def _person(box: Path, stop: threading.Event) -> None:
    """Answers every request that has no answer yet."""
    while not stop.is_set():
        for letter in box.glob("*[0-9a-f].md"):
            reply_to = letter.with_suffix(".answer.json")
            if not reply_to.exists():
                reply_to.write_text(json.dumps(mind(letter.read_text(encoding="utf-8"))))
        time.sleep(0.05)

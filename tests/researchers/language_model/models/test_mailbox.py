"""The mailbox: readable requests, answers whenever they come, and nothing lost by a restart."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from researchers.language_model.models import NamedModel, open_model
from researchers.language_model.models.settings import Mailbox
from tasks.errors import ModelError
from tests.researchers.language_model.models.test_faults import GOOD, Cause, ask


def opened(desk: Any, **more: Any) -> Any:
    settings = Mailbox(kind="mailbox", **more)
    return open_model(NamedModel("mailbox", settings, Path()), desk)


def in_background(work: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    came: list[Any] = []

    def run() -> None:
        try:
            came.append(work())
        except ModelError as error:
            came.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread, came


def eventually(look: Callable[[], Any]) -> Any:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not come about")


def letter(folder: Path) -> Path:
    return eventually(lambda: next(folder.glob("form-hypotheses-*[0-9a-f].md"), None))


def test_an_answer_comes_when_it_comes(desk: Any) -> None:
    thread, came = in_background(lambda: ask(opened(desk)))
    request = letter(desk.folder / "mailbox")
    text = request.read_text(encoding="utf-8")
    assert '"kind": "bug" | "prompt",' in text
    assert "it fails" in text
    assert request.with_suffix(".answer.json").name in text
    eventually(lambda: "waiting" in desk.kinds)
    request.with_suffix(".answer.json").write_text(f"```json\n{GOOD}\n```\n", encoding="utf-8")
    thread.join(20)
    assert came[0].causes == [Cause(statement="off by one", confidence=0.5)]
    assert desk.kept[0].source == "mailbox"
    assert desk.kept[0].estimated


def test_a_malformed_answer_is_explained_and_may_be_corrected(desk: Any) -> None:
    thread, came = in_background(lambda: ask(opened(desk)))
    answer = letter(desk.folder / "mailbox").with_suffix(".answer.json")
    answer.write_text(GOOD.replace('"bug"', '"bad"'), encoding="utf-8")
    problem = answer.with_name(answer.name.replace(".answer.json", ".problem.md"))
    eventually(problem.is_file)
    assert "kind: Input should be 'bug' or 'prompt', found \"bad\"" in problem.read_text()
    assert came == []
    answer.write_text(GOOD, encoding="utf-8")
    thread.join(20)
    assert came[0].kind == "bug"
    assert not problem.exists()
    assert desk.kinds.count("malformed") == 1


def test_a_restart_finds_the_answer(desk: Any) -> None:
    thread, came = in_background(lambda: ask(opened(desk)))
    request = letter(desk.folder / "mailbox")
    desk.cancelled = True
    thread.join(20)
    assert "interrupted while it waited" in str(came[0])
    request.with_suffix(".answer.json").write_text(GOOD, encoding="utf-8")
    desk.cancelled = False
    assert ask(opened(desk)).kind == "bug"
    assert len(list(request.parent.glob("*.md"))) == 1


def test_a_folder_of_ones_own_and_another_question_another_file(desk: Any, tmp_path: Path) -> None:
    box = tmp_path / "box"
    for evidence in ("one", "two"):
        thread, _ = in_background(lambda e=evidence: ask(opened(desk, folder=str(box)), e))
        eventually(lambda n=evidence: len(list(box.glob("*.md"))) == (1 if n == "one" else 2))
        desk.cancelled = True
        thread.join(20)
        desk.cancelled = False


def test_ctrl_c_while_waiting_is_ctrl_c(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from researchers.language_model.models import mailbox

    def interrupt(seconds: float) -> None:
        raise KeyboardInterrupt

    box = mailbox.Mailbox(desk.folder / "mailbox", desk, sleep=interrupt)
    model = opened(desk)
    monkeypatch.setattr(model.lm._engine_spec, "_source", box)
    with pytest.raises(KeyboardInterrupt):
        ask(model)

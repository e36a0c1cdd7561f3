"""A model's file: found, explained where it is wrong, and refused where it holds a key."""

from __future__ import annotations

from pathlib import Path

import pytest

from researchers.language_model.models import load_model, shipped_models
from researchers.language_model.models.keys import Secret, find_key
from researchers.language_model.models.loading import parse_model
from researchers.language_model.models.settings import (
    Endpoint,
    Hosted,
    Limits,
    Mailbox,
    Prices,
    Replay,
    Retry,
    Timeouts,
)
from tasks.errors import ModelError, ResearcherError

HERE = Path("model.yaml")


def test_every_shipped_model_is_sound() -> None:
    assert {"hosted", "vllm", "ollama", "llama_cpp", "mailbox"} <= set(shipped_models())
    for name in shipped_models():
        assert load_model(name).settings.kind in {"hosted", "endpoint", "mailbox", "replay"}


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("kind: mailbox\nlimits: {tokens: 5}\n", encoding="utf-8")
    model = load_model(str(path))
    assert (model.name, model.folder) == (str(path), tmp_path)


def test_a_model_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(ResearcherError, match=r"no model 'gpt'(.|\n)*mailbox"):
        load_model("gpt")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind: hosted\nmodel: a/b\n", r"key: Field required"),
        ("kind: phone\n", r"kind: .*'mailbox'"),
        ("model: a\n", r"say which `kind`"),
        ("kind: mailbox\nfolders: x\n", r"folders: .*found 'x'"),
        ("kind: endpoint\nmodel: m\nendpoint: localhost\n", r"endpoint: .*found 'localhost'"),
        ("kind: endpoint\nmodel: m\nendpoint: http://h\nlimits: {money: 2}\n", r"needs 'prices'"),
        ("kind: [\n", r"line 2 is not YAML"),
        ("- a\n", r"holds no keys, found list"),
    ],
)
def test_an_error_says_file_key_found_and_cure(text: str, said: str) -> None:
    with pytest.raises(ResearcherError, match=rf"model.yaml(.|\n)*{said}") as caught:
        parse_model(text, HERE)
    assert caught.value.cure


@pytest.mark.parametrize(
    "line",
    [
        "key: sk-abcdefghijklmnop1234",
        "key: abc",
        "api_key: ABC",
        "model: sk-proj-abcdefghijklmnop",
        "endpoint: http://user:hunter22@host/v1",
        "model: 0123456789abcdef0123456789abcdef",
        "extra: [{token: Bearer abcdefghijk}]",
    ],
)
def test_a_key_in_the_file_is_refused_and_not_shown(line: str) -> None:
    with pytest.raises(ResearcherError, match=r"model.yaml, \w+") as caught:
        parse_model(f"kind: hosted\n{line}\n", HERE)
    assert line.split(": ", 1)[1] not in str(caught.value)
    assert "not shown" in str(caught.value)


def test_a_key_comes_from_the_environment_before_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# mine\nexport A_KEY='from file'\nB_KEY=two # note\n")
    assert find_key("A_KEY", tmp_path, {"A_KEY": "from outside"}).value == "from outside"
    assert find_key("A_KEY", tmp_path, {}).value == "from file"
    assert find_key("B_KEY", tmp_path, {}).value == "two"


def test_a_missing_key_names_its_places(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"C_KEY is neither in the environment nor in .*\.env"):
        find_key("C_KEY", tmp_path, {})


def test_a_secret_is_never_shown() -> None:
    secret = Secret("marker")
    assert "marker" not in f"{secret} {secret!r} {[secret]}"
    assert secret.out_of("say marker twice: marker") == "say [key] twice: [key]"


def test_every_key_is_documented() -> None:
    guide = (Path(__file__).parents[4] / "docs" / "researchers.md").read_text(encoding="utf-8")
    for settings in (Hosted, Endpoint, Mailbox, Replay):
        assert [n for n in settings.model_fields if f"`{n}" not in guide] == []
    for name, nested in (("limits", Limits), ("prices", Prices), ("timeouts", Timeouts)):
        assert f"`{name}." in guide
        assert [n for n in nested.model_fields if n not in guide] == []
    assert [n for n in Retry.model_fields if n not in guide] == []

"""The contract: what is valid, and what an error says."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import ContractError
from tasks.target import load_target, matches, parse_target, shipped_targets

VALID = """
name: demo
repository: {path: .}
editable: [src/**/*.py]
protected: [src/secret.py]
metric: {kind: command, command: [run]}
"""
KNOB = "hyperparameters: [{{file: s.yaml, key: a, {}}}]\n"


def parse(text: str):
    return parse_target(text, Path("somewhere/demo.yaml"))


def test_every_shipped_target_is_valid():
    for name in shipped_targets():
        assert load_target(name).name


def test_editable_less_protected():
    target = parse(VALID)
    assert target.may_edit("src/a/b.py")
    assert target.may_edit("src/b.py")
    assert not target.may_edit("src/secret.py")
    assert not target.may_edit("tests/b.py")


@pytest.mark.parametrize("path", ["/etc/passwd", "../src/a.py", "src/../../a.py"])
def test_paths_that_leave_the_tree_match_nothing(path):
    assert not matches(path, ("**",))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (VALID.replace("editable: [src/**/*.py]", ""), "editable"),
        (VALID.replace("kind: command", "kind: magic"), "metric"),
        (VALID + "surprise: 1\n", "surprise"),
        (VALID.replace("{path: .}", "{path: ., url: x}"), "repository"),
        (VALID + "budget: {experiments: 0}\n", "budget.experiments"),
        (VALID + "splits: {dev: [a], sealed: [a]}\n", "splits"),
        (VALID + "limits: {seconds: -5}\n", "limits.seconds"),
        (VALID + KNOB.format("type: int, low: 9, high: 1"), "must be below"),
        (VALID + KNOB.format("type: float, low: 0, high: 1, log: true"), "above 0"),
        (VALID + KNOB.format("type: float, low: .nan, high: 1"), "finite"),
        (VALID.replace("kind: command, command: [run]",
                       "kind: predictions, name: F1, scorer: locomo"), "predict"),
    ],
)  # fmt: skip
def test_errors_name_file_key_and_cure(text, key):
    with pytest.raises(ContractError) as caught:
        parse(text)
    assert key in caught.value.cause
    assert "demo.yaml" in caught.value.cause
    assert caught.value.cure


def test_missing_file_names_the_shipped_ones():
    with pytest.raises(ContractError) as caught:
        load_target("no-such-target")
    assert "lifelog" in caught.value.cause


def test_a_file_that_is_no_text(tmp_path: Path):
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfename")
    with pytest.raises(ContractError, match="UTF-8"):
        load_target(str(tmp_path / "binary.yaml"))


def test_text_that_is_no_yaml():
    with pytest.raises(ContractError, match="not YAML"):
        parse("a: [b")


@given(st.text())
def test_any_text_parses_or_is_refused_as_a_contract(text):
    with contextlib.suppress(ContractError):
        parse(text)

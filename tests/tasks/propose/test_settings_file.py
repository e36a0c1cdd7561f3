"""Settings files: what is kept when a value is set, and what an error names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import ContractError
from tasks.hyperparameters import Choice, FloatRange, Hyperparameter, IntegerRange, Scalar
from tasks.propose import apply_settings, read_settings

YAML = """\
# How the memory answers
retrieval:
    top_k: 5   # passages
    mode: "bm25"
    weights:
      - 0.5
      - 1.5

answer: {words: 8, abstain: true}
# end
"""

KNOBS: tuple[Hyperparameter, ...] = (
    IntegerRange(type="int", file="settings.yaml", key="retrieval.top_k", low=1, high=20),
    Choice(type="choice", file="settings.yaml", key="retrieval.mode", values=("bm25", "dense")),
    FloatRange(type="float", file="settings.yaml", key="retrieval.weights.1", low=0, high=2),
    Choice(type="choice", file="settings.yaml", key="answer.abstain", values=(True, False)),
)


def test_yaml_keeps_comments_order_quotes_and_layout() -> None:
    new = apply_settings(
        YAML,
        "settings.yaml",
        {"retrieval.top_k": 12, "retrieval.weights.1": 0.25, "answer.abstain": False},
    )
    expected = YAML.replace("top_k: 5 ", "top_k: 12").replace("1.5", "0.25")
    assert new == expected.replace("abstain: true", "abstain: false")


def test_json_keeps_its_indentation() -> None:
    text = '{\n    "a": {\n        "k": 1.5\n    },\n    "b": "ü"\n}\n'
    assert apply_settings(text, "s.json", {"a.k": 2}) == text.replace("1.5", "2")


def test_values_that_are_there_already_change_no_byte() -> None:
    odd = "a:   1\nb: [1,2]   # odd spacing\n"
    assert apply_settings(odd, "s.yaml", {"a": 1, "b.0": 1}) == odd


@given(
    st.one_of(
        st.integers(-(10**6), 10**6), st.floats(-1e6, 1e6), st.booleans(), st.text("abc: #-'\n\t")
    )
)
def test_what_is_written_is_read_back_with_its_kind(value: Scalar) -> None:
    from ruamel.yaml import YAML as Reader

    written = apply_settings("a:\n  k: old  # comment\nb: 2\n", "s.yaml", {"a.k": value})
    read = Reader(typ="safe").load(written)
    assert read["a"]["k"] == value
    assert type(read["a"]["k"]) is type(value)
    assert read["b"] == 2
    assert json.loads(apply_settings('{"k": 0}', "s.json", {"k": value}))["k"] == value


def test_settings_are_read_as_plain_values(tmp_path: Path) -> None:
    (tmp_path / "settings.yaml").write_text(YAML)
    values = read_settings(tmp_path, KNOBS)
    assert values == {
        "settings.yaml:retrieval.top_k": 5,
        "settings.yaml:retrieval.mode": "bm25",
        "settings.yaml:retrieval.weights.1": 1.5,
        "settings.yaml:answer.abstain": True,
    }
    assert [type(v) for v in values.values()] == [int, str, float, bool]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("retrieval: {mode: x}\n", "settings.yaml has no key retrieval.top_k"),
        ("answer: 1\n", r"settings.yaml has no key retrieval \(wanted: retrieval.top_k\)"),
        ("retrieval: {top_k: [1]}\n", "settings.yaml holds .* at retrieval.top_k"),
        ("retrieval: {top_k: null}\n", "settings.yaml holds NoneType at retrieval.top_k"),
        ("retrieval: [unclosed\n", "settings.yaml is not YAML"),
        ("", "settings.yaml has no key retrieval"),
    ],
)
def test_errors_name_file_and_key(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "settings.yaml").write_text(text)
    with pytest.raises(ContractError, match=words) as caught:
        read_settings(tmp_path, KNOBS[:1])
    assert caught.value.cure


def test_a_missing_file_and_broken_json_are_named(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=r"settings\.yaml is not a file"):
        read_settings(tmp_path, KNOBS)
    with pytest.raises(ContractError, match=r"s\.json is not JSON"):
        apply_settings("{", "s.json", {"a": 1})
    (tmp_path / "settings.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(ContractError, match="not UTF-8"):
        read_settings(tmp_path, KNOBS)

"""The form of an answer as people and models see it, and answers read by it."""

from __future__ import annotations

import json
from typing import Literal

import pytest
from pydantic import BaseModel, Field

from researchers.language_model.models.answer import read_answer
from researchers.language_model.models.schema import example_text, json_schema, schema_text


class Edit(BaseModel):
    path: str = Field(description="relative to the target")
    search: str = Field(min_length=1)
    replace: str = ""


class Change(BaseModel):
    title: str
    change_type: Literal["bug_fix", "prompt"]
    share: float | None = None
    edits: list[Edit]


FIELDS = {"changes": (list[Change], "best first"), "why": (str, ""), "n": (dict[str, int], "")}

TEXT = """{
  "changes": [{
    "title": text,
    "change_type": "bug_fix" | "prompt",
    "share"?: number | null,  // may be left out: null
    "edits": [{
      "path": text,  // relative to the target
      "search": text,  // at least 1 characters
      "replace"?: text,  // may be left out: ""
    }, ...],
  }, ...],  // best first
  "why": text,
  "n": {text: whole number, ...},
}"""


def test_the_schema_is_exact_and_compact() -> None:
    assert schema_text(FIELDS) == TEXT


def test_the_example_is_an_answer() -> None:
    values = read_answer(example_text(FIELDS), FIELDS)
    assert values["changes"][0].edits[0].search == "..."


def test_the_json_schema_asks_for_every_field() -> None:
    schema = json_schema(FIELDS)
    assert schema["required"] == ["changes", "why", "n"]
    assert schema["$defs"]["Edit"]["properties"]["path"]["description"]
    json.dumps(schema)


@pytest.mark.parametrize(
    "text",
    [
        '{"why": "x"}',
        'Here it is:\n{"why": "x"}\nI hope it helps.',
        '```json\n{"why": "x"}\n```',
        'First\n```\n{"why": "x"}\n```\nlast',
        '\n{"why": "x"}\n\n',
    ],
)
def test_an_object_is_found_in_its_wrapping(text: str) -> None:
    assert read_answer(text, {"why": (str, "")}) == {"why": "x"}


def test_a_fence_inside_a_string_is_no_wrapping() -> None:
    text = json.dumps({"why": "say\n```json\n{}\n```\nso"})
    assert read_answer(text, {"why": (str, "")})["why"].startswith("say")


def test_raw_newlines_in_strings_are_read() -> None:
    assert read_answer('{"why": "a\nb"}', {"why": (str, "")}) == {"why": "a\nb"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"why": 3}', "why: Input should be a valid string, found 3"),
        ('{"because": "x"}', "there is no field 'because'"),
        ('{"why": "x", }', "line 1, column"),
        ("[" * 100_000, "nested too deeply"),
        ('{"why": ' + "[" * 100_000, "nested too deeply"),
    ],
)
def test_a_problem_says_where_and_what(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_answer(text, {"why": (str, "")})


def test_many_problems_are_cut() -> None:
    document = json.dumps({"n": {str(number): "x" for number in range(50)}})
    with pytest.raises(ValueError, match="and 42 more"):
        read_answer(document, {"n": (dict[str, int], "")})

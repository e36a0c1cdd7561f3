"""Every fault of a server is survived or ends in words, and none is silent."""

from __future__ import annotations

from typing import Any, Literal

import dspy
import pytest
from pydantic import BaseModel, Field

from researchers.language_model.step import Step, thinking
from tasks.errors import AnswerError, ModelError


class Cause(BaseModel):
    statement: str
    confidence: float = Field(ge=0, le=1)


class Explain(dspy.Signature):
    """Say what may be wrong."""

    evidence: str = dspy.InputField(desc="what was seen")
    causes: list[Cause] = dspy.OutputField(desc="likeliest first")
    kind: Literal["bug", "prompt"] = dspy.OutputField()


GOOD = '{"causes": [{"statement": "off by one", "confidence": 0.5}], "kind": "bug"}'


def ask(model: Any, evidence: str = "it fails") -> Any:
    with (
        dspy.context(lm=model.lm, adapter=model.adapter),
        thinking(Step("form_hypotheses", "form hypotheses", "p1")),
    ):
        return dspy.Predict(Explain)(evidence=evidence)


def test_a_sound_answer_is_typed_and_counted(faults: Any, endpoint: Any, desk: Any) -> None:
    with faults.serving([faults.answer(GOOD, prompt=120, completion=30, cached=64)]) as server:
        found = ask(endpoint(server.url))
    assert found.causes[0] == Cause(statement="off by one", confidence=0.5)
    assert found.kind == "bug"
    (call,) = desk.kept
    assert (call.stage, call.proposal, call.round) == ("form_hypotheses", "p1", 1)
    assert (call.prompt, call.completion, call.cached) == (120, 30, 64)
    assert not call.estimated
    assert desk.kinds == []
    assert "150 tokens (64 cached)" in desk.shown[-1]
    assert desk.shown[-1].endswith("; form_hypotheses 150")


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        ({"kind": "status", "status": 429, "text": "wait", "retry_after": "0"}, "rate_limited"),
        ({"kind": "status", "status": 500, "text": "oops"}, "server_error"),
        ({"kind": "status", "status": 503, "text": "busy", "retry_after": "0"}, "server_error"),
        ({"kind": "reset"}, "connection"),
        ({"kind": "cut", "text": GOOD}, "connection"),
        ({"kind": "cut_chunk", "text": GOOD}, "connection"),
        ({"kind": "garbage", "text": "<html>gateway</html>"}, "bad_reply"),
        ({"kind": "garbage", "text": '{"choices": []}'}, "empty"),
        ({"text": "   "}, "empty"),
    ],
)  # fmt: skip
def test_a_passing_fault_is_tried_again(
    act: dict[str, Any], kind: str, faults: Any, endpoint: Any, desk: Any
) -> None:
    with faults.serving([faults.Act(**act), faults.answer(GOOD)]) as server:
        found = ask(endpoint(server.url))
    assert found.kind == "bug"
    assert len(server.requests) == 2
    assert desk.kinds == [kind, "retry"]
    assert [call.fault for call in desk.kept] == [kind, ""]


def test_a_hanging_server_is_left(faults: Any, endpoint: Any, desk: Any) -> None:
    with faults.serving([faults.Act("hang"), faults.answer(GOOD)]) as server:
        found = ask(endpoint(server.url, timeouts={"answer": 0.3}))
    assert found.kind == "bug"
    assert desk.kinds[1] == "retry"
    assert desk.kept[0].estimated, "what a server that never answered charged is not known"
    assert desk.kept[0].prompt > 0


def test_an_answer_that_trickles_is_left(faults: Any, endpoint: Any, desk: Any) -> None:
    """Each byte comes in time, the answer never does."""
    with faults.serving([faults.Act("trickle"), faults.answer(GOOD)]) as server:
        found = ask(endpoint(server.url, timeouts={"answer": 0.5}))
        assert found.kind == "bug"
        assert server.left.wait(10), "the connection of the answer that was given up is closed"
    assert desk.kinds == ["timeout", "retry"]
    assert "no whole answer within 0.5 s" in desk.events[0].detail
    assert desk.kept[0].estimated


def test_retry_after_is_honoured(faults: Any, endpoint: Any, desk: Any) -> None:
    asked = faults.Act("status", status=429, text="later", retry_after="0.3")
    with faults.serving([asked, faults.answer(GOOD)]) as server:
        ask(endpoint(server.url))
    assert "after 0.3 s" in desk.events[1].detail


def test_a_wait_beyond_what_is_allowed_ends_it(faults: Any, endpoint: Any) -> None:
    asked = faults.Act("status", status=429, text="tomorrow", retry_after="86400")
    with (
        faults.serving([asked]) as server,
        pytest.raises(ModelError, match=r"asks to wait 86400 s.*at most 5 s"),
    ):
        ask(endpoint(server.url))
    assert len(server.requests) == 1


def test_tries_are_bounded(faults: Any, endpoint: Any, desk: Any) -> None:
    with (
        faults.serving([faults.Act("status", status=502, text="bad gateway")]) as server,
        pytest.raises(ModelError, match="after 3 tries: HTTP 502"),
    ):
        ask(endpoint(server.url))
    assert len(server.requests) == 3
    assert desk.kinds.count("server_error") == 3


def test_a_refused_key_is_not_tried_again(faults: Any, endpoint: Any) -> None:
    with (
        faults.serving([faults.Act("status", status=401, text="no such key")]) as server,
        pytest.raises(ModelError, match="check the key"),
    ):
        ask(endpoint(server.url))
    assert len(server.requests) == 1


@pytest.mark.parametrize("kind", ["refusal", "filter"])
def test_a_refusal_costs_one_answer(kind: str, faults: Any, endpoint: Any, desk: Any) -> None:
    with (
        faults.serving([faults.Act(kind, text="I cannot help with that")]) as server,
        pytest.raises(AnswerError, match="I cannot help"),
    ):
        ask(endpoint(server.url))
    assert desk.kinds == ["refused"]
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"causes": [{"statement": "off by', "this is no JSON"),
        ("I think it is a bug.", "there is no JSON object"),
        ('{"causes": [], "kind": "prose"}', "found \\\"prose\\\""),
        ('{"causes": [{"statement": "x", "confidence": 2}], "kind": "bug"}', "causes[0].conf"),
        ('{"kind": "bug"}', "the field 'causes' is missing"),
        ('[1, 2]', "one JSON object is wanted"),
    ],
)  # fmt: skip
def test_a_malformed_answer_is_mended_by_its_author(
    text: str, said: str, faults: Any, endpoint: Any, desk: Any
) -> None:
    with faults.serving([faults.answer(text), faults.answer(f"```json\n{GOOD}\n```")]) as server:
        found = ask(endpoint(server.url))
    assert found.kind == "bug"
    assert desk.kinds == ["malformed"]
    assert said.replace('\\"', '"') in server.requests[1]["messages"][-1]["content"]


def test_corrections_are_bounded(faults: Any, endpoint: Any, desk: Any) -> None:
    with (
        faults.serving([faults.answer("no")]) as server,
        pytest.raises(AnswerError, match=r"could not be read after 1 correction"),
    ):
        ask(endpoint(server.url, corrections=1))
    assert len(server.requests) == 2


def test_a_cut_answer_says_that_it_was_cut(faults: Any, endpoint: Any, desk: Any) -> None:
    cut = faults.answer(GOOD[:30], finish="length")
    with faults.serving([cut, faults.answer(GOOD)]) as server:
        ask(endpoint(server.url))
    assert desk.kinds == ["truncated", "malformed"]
    assert "cut after 200 tokens" in server.requests[1]["messages"][-1]["content"]


def test_a_megabyte_is_survived_and_not_sent_back(faults: Any, endpoint: Any, desk: Any) -> None:
    with faults.serving([faults.answer("x" * 1_200_000), faults.answer(GOOD)]) as server:
        found = ask(endpoint(server.url))
    assert found.kind == "bug"
    assert desk.kinds == ["oversized", "malformed"]
    assert len(str(server.requests[1])) < 10_000


def test_a_key_that_comes_back_is_hidden(
    faults: Any, endpoint: Any, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = "marker-4f1d"
    monkeypatch.setenv("SOME_KEY", marker)
    with (
        faults.serving([faults.Act("echo_key", status=401)]) as server,
        pytest.raises(ModelError) as caught,
    ):
        ask(endpoint(server.url, key="SOME_KEY"))
    assert server.authorization == [f"Bearer {marker}"]
    assert marker not in str(caught.value)
    assert "[key]" in str(caught.value)
    assert marker not in repr(desk)


def test_a_key_in_an_answer_is_hidden(
    faults: Any, endpoint: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_KEY", "marker-4f1d")
    text = GOOD.replace("off by one", "marker-4f1d leaked")
    with faults.serving([faults.answer(text)]) as server:
        found = ask(endpoint(server.url, key="SOME_KEY"))
    assert found.causes[0].statement == "[key] leaked"

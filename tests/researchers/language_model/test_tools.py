"""The tools read the target and nothing else; each answer is fenced and bounded."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from researchers.language_model.answers import ToolCall
from researchers.language_model.tools import MOST_PROBES, MOST_SHOWN, Tools
from tasks.records.dossier import Sample
from tasks.records.evidence import CodeMap, ConfigKey, DropCount, FlowCount, FlowTrace, Location
from tests.researchers.language_model.dossiers import FakeLab, tree

FILES = {
    "app.py": "def answer(q):\n    return look(q)[:limit()]\n\ndef look(q):\n    return [q]\n",
    "settings.yaml": "top: 3\n",
    "tests/test_app.py": "def test_it():\n    pass\n",
}
AT = Location(path="app.py", line=2, function="answer")


def tools(folder: Path, **fields: Any) -> Tools:
    code = CodeMap(
        modules=("app.py",),
        functions=(),
        calls={"app.py:answer": ("app.py:look",), "app.py:main": ("app.py:answer",)},
        config_keys=(
            ConfigKey(path="settings.yaml", key="read.top", value="3", readers=(AT,)),
            ConfigKey(path="settings.yaml", key="read.depth", value="2"),
        ),
    )
    trace = FlowTrace(
        flows=(FlowCount(location=AT, calls=4, inputs={"str": 4}, empty_returns=1),),
        drops=(DropCount(location=AT, statement="[:limit()]", dropped=3, seen=9, how="slice"),),
        coverage={"app.py:answer": ("i1", "i2"), "app.py:look": ("i1",)},
        item_ids=("i1", "i2"),
        scores={"i1": 0.0, "i2": 1.0},
    )
    sample = Sample(item="i1", group="g", question="Who?", gold="Ann", prediction="Bob", score=0.0)
    known = {"code_map": code, "trace": trace, "samples": (sample,)}
    return Tools(tree(folder, FILES, **(known | fields)))


def say(kit: Tools, tool: str, **arguments: Any) -> str:
    return kit.answer(ToolCall.model_validate({"tool": tool, **arguments}))


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ({"tool": "list"}, ["app.py (5 lines)", "tests/test_app.py"]),
        ({"tool": "list", "path": "tests"}, ["tests/test_app.py"]),
        (
            {"tool": "read", "path": "app.py", "start": 4, "end": 5},
            ["4 def look", "5 lines in all"],
        ),
        ({"tool": "read", "path": "nothing.py"}, ["no text file 'nothing.py'"]),
        ({"tool": "grep", "text": "LOOK"}, ["app.py:2", "app.py:4"]),
        ({"tool": "grep", "text": "def", "path": "tests"}, ["tests/test_app.py:1"]),
        ({"tool": "callers", "text": "answer"}, ["called by: app.py:main", "calls: app.py:look"]),
        ({"tool": "key", "text": "top"}, ["read.top = 3", "app.py:2 in answer", "app.py:main"]),
        ({"tool": "key", "text": "depth"}, ["nothing reads it"]),
        ({"tool": "trace", "text": "i1"}, ["gold: Ann", "ran: app.py:answer, app.py:look"]),
        ({"tool": "trace", "text": "i9"}, ["no item 'i9'; there are e.g. i1"]),
        ({"tool": "flow", "text": "answer"}, ["4 calls", "loses 3 of 9 (slice)"]),
    ],
)
def test_each_tool_answers(tmp_path: Path, call: dict[str, Any], told: list[str]) -> None:
    shown = tools(tmp_path).answer(ToolCall.model_validate(call))
    assert shown.startswith("<data ")
    for words in told:
        assert words in shown


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../secret.txt", "link.txt", ".git/config", "out/x"]
)
def test_nothing_outside_the_tree_is_read(tmp_path: Path, path: str) -> None:
    kit = tools(tmp_path)
    root = tmp_path / "target"
    (tmp_path / "secret.txt").write_text("the key\n")
    (tmp_path / "x").write_text("the key\n")
    os.symlink(tmp_path / "secret.txt", root / "link.txt")
    os.symlink(tmp_path, root / "out")
    (root / ".git").mkdir()
    (root / ".git" / "config").write_text("the key\n")
    assert "no text file" in say(kit, "read", path=path)
    assert "the key" not in say(kit, "grep", text="key")
    assert "secret" not in say(kit, "list")


def test_long_answers_are_cut(tmp_path: Path) -> None:
    kit = tools(tmp_path)
    (tmp_path / "target" / "long.txt").write_text("word " * 40_000)
    assert len(say(kit, "read", path="long.txt")) < MOST_SHOWN + 200
    assert len(say(kit, "grep", text="word")) < MOST_SHOWN + 200


def test_probes_run_in_the_lab_and_are_counted(tmp_path: Path) -> None:
    lab = FakeLab(output=f"{tmp_path}/trees/3fa/app.py: 3")
    kit = tools(tmp_path, lab=lab)
    assert "\napp.py: 3\n" in say(kit, "probe", text="print(3)")
    for _ in range(MOST_PROBES):
        last = say(kit, "probe", text="print(3)")
    assert "probes are used" in last
    assert lab.probed == ["print(3)"] * MOST_PROBES
    assert "no sandbox" in say(tools(tmp_path, lab=None), "probe", text="print(3)")

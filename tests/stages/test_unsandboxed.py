"""A run without a sandbox: stated as a degradation, a failed check, and cached apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.session import Request, new_run
from stages.document import build_document
from tasks.test.sandbox.choice import Availability

CONTRACT = """\
name: bare
repository: {path: repo, snapshot: true}
editable: [a.py]
metric: {kind: command, command: ["{python}", a.py]}
"""


def test_the_lack_of_a_sandbox_is_everywhere_in_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "repo").mkdir()
    (tmp_path / "repo" / "a.py").write_text("print(1)\n")
    (tmp_path / "bare.yaml").write_text(CONTRACT)
    nothing = tuple(Availability(n, False, "not here") for n in ("bubblewrap", "landlock"))
    monkeypatch.setattr("tasks.test.sandbox.choice.probe", lambda: nothing)
    monkeypatch.setenv("WHETSTONE_HOME", str(tmp_path / "home"))
    run = new_run(Request(str(tmp_path / "bare.yaml"), allow_unsandboxed=True))
    run.evaluator.evaluate(run.workspace.base, purpose="baseline", seed=0)
    document = build_document(run)
    assert document.commands["open both UIs"] == f"whetstone ui --target {tmp_path / 'bare.yaml'}"
    assert document.sandbox == "unsandboxed"
    assert any("without a sandbox" in words for words in document.degradations)
    assert [c.passed for c in document.integrity if c.check == "sandbox"] == [False]
    assert [folder.name for folder in run.home.cache.iterdir() if folder.name != "lineage"] == [
        "unsandboxed"
    ]

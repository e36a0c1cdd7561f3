"""The tracer works inside the sandbox, with its folder mounted read-only."""

from __future__ import annotations

import sys

import pytest

from tasks.diagnose import read_trace, tracer_environment, tracer_folder
from tasks.test.sandbox import Job, Mount, choose, probe


@pytest.mark.skipif(not any(a.available for a in probe()), reason="no sandbox works here")
def test_traced_in_the_sandbox(tmp_path):
    tmp_path.chmod(0o755)
    root, out = tmp_path / "root", tmp_path / "out"
    root.mkdir()
    out.mkdir()
    (root / "main.py").write_text("def f(q):\n    return [q]\nprint(f('where is it'))\n")
    output = out / "trace.json"
    outcome = choose().run(
        Job(
            command=(sys.executable, "-m", "main"),
            workdir=root,
            mounts=(Mount(root), Mount(tracer_folder()), Mount(out, writable=True)),
            environment=tracer_environment(output, {"item-1": "where is it"}, root),
        )
    )
    assert outcome.stdout == "['where is it']\n", outcome
    trace = read_trace(output)
    assert [f.outputs for f in trace.flows] == [{"list[str]": 1}]
    assert trace.coverage == {"main.py:f": ("item-1",)}

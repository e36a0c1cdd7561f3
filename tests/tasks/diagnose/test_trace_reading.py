"""A trace comes from beside hostile code: only a well-formed, bounded one is taken."""

from __future__ import annotations

import json
import os

import pytest

from tasks.diagnose import read_trace
from tasks.diagnose.tracing import content, reading
from tasks.errors import PredictError

FLOW = {
    "path": "a.py", "line": 1, "end_line": 2, "function": "f", "calls": 3,
    "inputs": {"x: int": 3}, "outputs": {"None": 3}, "sizes": [0, 1, 2], "empty": 3,
    "seconds": 0.5, "items": 0, "values": [["x", "None", 0]],
}  # fmt: skip
TRACE = {
    "version": 5, "seconds": 2.0, "flows": [FLOW], "drops": [], "loops": [], "swallowed": [],
    "untraced": {}, "names": ["x"], "texts": ["1"], "states": {"a.py": [[2, 0, 0, 0]]},
    "lines": {"a.py": [[2, 0]]}, "items": ["i1"], "sets": [[0]],
}  # fmt: skip


def test_processes_are_added_up(tmp_path):
    path = tmp_path / "trace.json"
    path.write_text(json.dumps(TRACE))
    other = {**FLOW, "calls": 9, "sizes": [5, 6, 7]}
    further = {**TRACE, "seconds": 1.0, "flows": [other], "items": ["i2"]}
    (tmp_path / "trace.json.1").write_text(json.dumps(further))
    trace = read_trace(path, untraced_seconds=0.5)
    (flow,) = trace.flows
    assert (flow.calls, flow.empty_returns, flow.out_sizes) == (12, 6, (0, 6, 7))
    assert flow.inputs == {"x: int": 6}
    assert (trace.seconds, trace.slowdown, trace.items) == (2.0, 4.0, 2)
    assert trace.coverage == {"a.py:f": ("i1", "i2")}
    assert trace.named(trace.statements["a.py:2"]) == {"i1", "i2"}
    assert trace.named(trace.values["a.py:f"]["x is None"]) == {"i1", "i2"}


@pytest.mark.parametrize(
    "change",
    [
        {"version": 4},
        {"states": {"a.py": [[2, 1, 0, 0]]}},
        {"states": {"a.py": [[2, 0, 1, 0]]}},
        {"states": {"a.py": [[2, 0, 0]]}},
        {"states": {"a.py": [[2, 1, 0, 0]]}, "sets": [[0], []]},
        {"states": {"a.py": [[2, 1, 0, 0]]}, "items": ["i1", "i2"], "sets": [[0], [0, 1]]},
        {"states": {"a.py": [[2, 0, 0, 1]]}},
        {"states": {"/a.py": [[2, 0, 0, 0]]}},
        {"seconds": -1},
        {"seconds": "1"},
        {"surprise": 1},
        {"flows": [{**FLOW, "path": "../../etc/passwd"}]},
        {"flows": [{**FLOW, "path": "/etc/passwd"}]},
        {"flows": [{**FLOW, "calls": -1}]},
        {"flows": [{**FLOW, "calls": 1.5}]},
        {"flows": [{**FLOW, "calls": 10**30}]},
        {"flows": [{**FLOW, "function": "f" * 10_000}]},
        {"flows": [{**FLOW, "inputs": {str(n): 1 for n in range(100)}}]},
        {"flows": [{**FLOW, "sizes": [1]}]},
        {"flows": [{**FLOW, "items": 1}]},
        {"lines": {"a.py": [[2, 1]]}},
        {"lines": {"/a.py": [[2, 0]]}},
        {"sets": [[1]]},
        {"sets": [[-1]]},
        {"flows": [FLOW] * (content.MOST + 1)},
    ],
)
def test_nonsense_is_refused(tmp_path, change):
    path = tmp_path / "trace.json"
    path.write_text(json.dumps({**TRACE, **change}))
    with pytest.raises(PredictError, match="no trace"):
        read_trace(path)


def test_not_a_number_is_refused(tmp_path):
    path = tmp_path / "trace.json"
    path.write_text(json.dumps({**TRACE, "seconds": float("nan")}))
    with pytest.raises(PredictError, match="no trace"):
        read_trace(path)


def test_absent_linked_and_oversized_files_are_refused(tmp_path, monkeypatch):
    path = tmp_path / "trace.json"
    with pytest.raises(PredictError, match="left no trace"):
        read_trace(path)
    (tmp_path / "secret.json").write_text(json.dumps(TRACE))
    path.symlink_to(tmp_path / "secret.json")
    with pytest.raises(PredictError, match="left no trace"):
        read_trace(path)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(PredictError, match="not a plain file"):
        read_trace(path)
    path.unlink()
    path.write_text(json.dumps(TRACE))
    monkeypatch.setattr(reading, "LARGEST", 100)
    with pytest.raises(PredictError, match="larger than"):
        read_trace(path)

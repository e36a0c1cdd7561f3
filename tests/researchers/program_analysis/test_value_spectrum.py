"""Values that separate bad items from good ones become findings; values that do not, do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from researchers.program_analysis import ProgramAnalysis
from tasks.records.change import Finding
from tests.researchers.program_analysis.conftest import dossier_of, traced, write

SOURCE = """\
KNOWN = {"ann": 3, "bob": 0, "cid": 7}


def find(name, fallback):
    return KNOWN.get(name, fallback)


def greet(score, name):
    return f"{name}: {score}"


def answer(question):
    name = question.split()[-1]
    return greet(find(name, None), name)


for n in range(24):
    answer(f"question {n} of " + ("ann", "bob", "cid", "zoe")[n % 4])
"""


@pytest.fixture
def found(tmp_path: Path) -> dict[str, Finding]:
    root = write(tmp_path / "root", {"main.py": SOURCE})
    names = ("ann", "bob", "cid", "zoe")
    items = {f"item-{n}": f"question {n} of {names[n % 4]}" for n in range(24)}
    scores = {item: 0.1 if text.endswith("zoe") else 0.8 for item, text in items.items()}
    trace = traced(root, items, scores)
    findings = ProgramAnalysis().diagnose(dossier_of(root, trace=trace))
    return {f.evidence: f for f in findings if f.kind == "value_spectrum"}


def test_what_separates_is_told_with_its_counts(found: dict[str, Finding]) -> None:
    none = "is None in 6 of 6 items that lose most and in 0 of 18 of the others"
    for said in (f"the result of find {none}", f"parameter `score` of greet {none}"):
        finding = found[said]
        assert 0.5 < finding.strength < 0.9
        assert finding.location.path == "main.py"
        assert finding.location.function == said.split(" of ")[1].split()[0]


def test_what_does_not_separate_is_left_out(found: dict[str, Finding]) -> None:
    assert not [text for text in found if "`question`" in text or "`name`" in text]
    assert not [text for text in found if "result of answer" in text or "`fallback`" in text]

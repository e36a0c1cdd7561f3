"""Each deep operator writes a mend that only it is for, in code that parses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from researchers.program_analysis.catalogue import DEEP
from researchers.program_analysis.context import Context
from researchers.program_analysis.edits import canonical
from researchers.program_analysis.program import Program

SOURCE = """\
class Shelf:
    def __init__(self, size):
        self.size = size
        self.rows = []

    def free(self):
        return self.size - len(self.rows)

    def put(self, item, weight):
        if weight > self.size:
            raise ValueError(item)
        self.rows.append(item)

    def room(self, other):
        return other.size

    def heavy(self, weight):
        return weight > 3
"""
MENDS = {
    "graft_expression": "return self.size - len(self.rows)\n\n    def heavy",
    "wrap_value": "raise ValueError(str(item))",
    "graft_statement": "self.rows.append(other)",
    "any_guard": "if not weight:\n",
    "any_clause": "if (weight > self.size) and weight == 0:",
}


def texts(name: str, root: Path, make: Any) -> Iterator[str]:
    (root / "shelf.py").write_text(SOURCE, encoding="utf-8")
    (operator,) = [o for o in DEEP if o.name == name]
    for draft in operator.drafts(Context(Program(make(root)))):
        yield from draft.files.values()


@pytest.mark.parametrize("name", MENDS)
def test_a_deep_operator_writes_what_it_is_for(name: str, tmp_path: Path, dossier: Any) -> None:
    assert any(MENDS[name] in text for text in texts(name, tmp_path, dossier))


@pytest.mark.parametrize("name", MENDS)
def test_deep_drafts_parse(name: str, tmp_path: Path, dossier: Any) -> None:
    shown = [text for n, text in enumerate(texts(name, tmp_path, dossier)) if n % 20 == 0]
    assert len(shown) > 3
    assert all(canonical(text) is not None for text in shown)


def test_every_deep_operator_is_blind_and_has_a_case() -> None:
    assert {operator.name for operator in DEEP} == set(MENDS)
    assert all(operator.blind for operator in DEEP)

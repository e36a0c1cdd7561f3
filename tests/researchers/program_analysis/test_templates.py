"""Each blind template mends a small program of its own: the code is run before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from researchers.program_analysis.context import Context
from researchers.program_analysis.edits import canonical
from researchers.program_analysis.program import Program
from researchers.program_analysis.templates import TEMPLATES
from tests.researchers.program_analysis.template_cases import CASES

SHOWN = 8
WITNESSED = {"observed_branch", "observed_clause"}
"""Templates that need what a traced suite saw: test_observed.py."""


def _run(text: str) -> Mapping[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(text, "job.py", "exec"), names)
    return names


def _texts(root: Path, name: str, source: str, make: Callable[..., Any]) -> Iterator[str]:
    (root / "job.py").write_text(source, encoding="utf-8")
    context = Context(Program(make(root)))
    (operator,) = [o for o in TEMPLATES if o.name == name]
    return (text for draft in operator.drafts(context) for text in draft.files.values())


@pytest.mark.filterwarnings("ignore:coroutine")
@pytest.mark.parametrize("name", CASES)
def test_a_template_mends_what_it_is_for(name: str, tmp_path: Path, dossier: Any) -> None:
    source, mend, check = CASES[name]
    texts = _texts(tmp_path, name, source, dossier)
    right = (text for text in texts if mend in text and canonical(text) is not None)
    assert any(check(_run(text)) for text in right)
    with pytest.raises(Exception):  # noqa: B017
        assert check(_run(source))


def test_most_drafts_parse_and_none_repeats_the_program(tmp_path: Path, dossier: Any) -> None:
    for name, (source, _, _) in CASES.items():
        texts = list(islice(_texts(tmp_path, name, source, dossier), SHOWN))
        whole = [text for text in texts if canonical(text) not in {None, canonical(source)}]
        assert len(whole) >= 0.7 * len(texts), name


def test_every_blind_template_that_is_listed_is_blind() -> None:
    assert all(operator.blind for operator in TEMPLATES)
    assert {operator.name for operator in TEMPLATES} == set(CASES) | WITNESSED


def test_a_comparison_of_one_attribute_is_asked_of_its_siblings(
    tmp_path: Path, dossier: Any
) -> None:
    source = (
        "class Span:\n  def __init__(self, start, end):\n    self.start, self.end = start, end\n"
        "  def __eq__(self, other):\n    return self.start == other.start\n"
        "  def size(self):\n    return self.end - self.start\n"
    )
    texts = _texts(tmp_path, "add_clause", source, dossier)
    assert any("self.start == other.start and self.end == other.end" in text for text in texts)

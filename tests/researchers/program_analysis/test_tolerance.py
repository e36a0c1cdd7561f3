"""Code that nobody foresaw may fell one operator; what fell is told, and the others still stand."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from researchers.program_analysis.ingredients import mirrored
from researchers.program_analysis.tolerance import gathered
from tasks.records.dossier import Dossier
from tasks.records.knowledge import ExperienceHit


class Told:
    """A lab that remembers what was degraded."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []

    def probe(self, code: str) -> str:
        raise AssertionError(code)

    def recall(self, idea: str, count: int) -> tuple[ExperienceHit, ...]:
        raise AssertionError(idea)

    def degrade(self, what: str, effect: str) -> None:
        self.said.append((what, effect))


def falling() -> Iterator[int]:
    yield 1
    ast.parse("a b")
    yield 2


def test_what_came_before_the_fall_is_kept_and_the_fall_is_told(
    dossier: Callable[..., Dossier],
) -> None:
    lab = Told()
    assert gathered(dataclasses.replace(dossier(Path()), lab=lab), "operator:x", falling) == [1]
    ((what, effect),) = lab.said
    assert what.startswith("operator:x fell over this code (SyntaxError")
    assert effect.endswith("is missing")


def test_without_anybody_to_tell_the_error_goes_on_up(dossier: Callable[..., Dossier]) -> None:
    with pytest.raises(SyntaxError):
        gathered(dossier(Path()), "operator:x", falling)


@pytest.mark.parametrize("code", ["x = b'' + a", 'write(b"hi")', "left = a[b]", "x = f'{a}' + b"])
def test_the_letter_before_a_string_is_no_name_to_mirror(code: str) -> None:
    for turned in mirrored(code):
        ast.parse(turned)

"""Edits that pass every visible test are told apart by what they do on inputs that no test has."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest

from researchers.program_analysis.draft import Draft
from researchers.program_analysis.oddities import CUTS_OFF, FITTED, IGNORES, Oddities
from researchers.program_analysis.probing import AGAIN, Probing, probing
from researchers.program_analysis.program import Program
from researchers.program_analysis.rehearsal.altering import altered
from researchers.program_analysis.rehearsal.probes import EVERYWHERE, NOWHERE, Probe, Prober
from researchers.program_analysis.rehearsal.rehearsal import Rehearsal
from researchers.program_analysis.rehearsal.telling import told
from tasks.records.change import Proposal
from tasks.records.evidence import Location
from tests.researchers.program_analysis.test_rehearsing import dossier_of, proposed, samples

JOB = """\
def first(rows, other):
    return rows[0]


def largest(rows):
    return max(rows)
"""
TESTS = """\
import pytest
from job import first, largest

ROWS = [4, 9]


def test_first():
    assert first([], 7) == 7


@pytest.mark.parametrize("rows", [[1, 2], ROWS])
def test_largest(rows):
    assert largest(rows) == max(rows)


def test_nothing():
    with pytest.raises(ValueError):
        largest([])
"""
FAILING = {"test_first": "IndexError"}
PASSING = ("test_largest[rows0]", "test_largest[rows1]", "test_nothing")
STEPS = 1_000


class Span(NamedTuple):
    """A record of Python's own."""

    length: int


def program(root: Path, make: Any, tests: str = TESTS) -> Program:
    seen = dossier_of(root, make, samples(FAILING, PASSING), job=JOB, test_job=tests)
    return Program(seen)


def edit(code: str, title: str = "an edit") -> Draft:
    text = JOB.replace("    return rows[0]\n", code)
    return Draft(
        title, "", Location(path="job.py", line=2, function="first"), {"job.py": text}, 1.0
    )


RIGHT = edit("    return rows[0] if rows else other\n")
SAME = edit("    return rows[0] if len(rows) else other\n")
NARROW = edit("    return rows[0] if other != 7 else 7\n")
CRASHING = edit("    return rows[0] if other < 7 else other\n")
MEDDLING = edit("    return other\n")


def factors(program: Program, edits: Sequence[Draft]) -> list[float]:
    return Probing(Rehearsal(program)).factors(edits, [1.0] * len(edits))


def test_edits_that_crash_or_mend_one_input_alone_are_worth_less(
    tmp_path: Path, dossier: Any
) -> None:
    right, narrow, crashing = factors(program(tmp_path, dossier), [RIGHT, NARROW, CRASHING])
    assert narrow < right
    assert crashing < right


def test_an_edit_that_does_the_same_as_another_waits(tmp_path: Path, dossier: Any) -> None:
    right, same = factors(program(tmp_path, dossier), [RIGHT, SAME])
    assert same == pytest.approx(AGAIN * right)


def test_a_lone_edit_has_nothing_beside_it(tmp_path: Path, dossier: Any) -> None:
    assert factors(program(tmp_path, dossier), [NARROW]) == [1.0]


def test_what_cannot_be_made_is_not_judged(tmp_path: Path, dossier: Any) -> None:
    odd = edit("    return (\n")
    assert factors(program(tmp_path, dossier), [odd, RIGHT, odd])[0] == 1.0


def test_tests_of_deep_code_are_probed(tmp_path: Path, dossier: Any) -> None:
    tests = f"{TESTS}\n\ndef test_sum():\n    assert 900 == {'+'.join(['1'] * 900)}\n"
    right, narrow = factors(program(tmp_path, dossier, tests), [RIGHT, NARROW])
    assert narrow < right


def test_the_order_of_proposals_heeds_it(
    tmp_path: Path, dossier: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def turned(self: Probing, drafts: Sequence[Draft], hopes: Sequence[float]) -> list[float]:
        return [place / hope for place, hope in enumerate(hopes, 1)]

    seen = dossier_of(tmp_path, dossier, samples({"test_high": "AssertionError"}))
    monkeypatch.setattr(Probing, "factors", lambda self, drafts, hopes: [1.0] * len(drafts))
    plain = _passing(proposed(seen, 40))
    monkeypatch.setattr(Probing, "factors", turned)
    assert _passing(proposed(seen, 40))[0] != plain[0]


def _passing(made: Sequence[Proposal]) -> list[str]:
    """The edits that pass, which come before all others."""
    passing = [p.id for p in made if "100% of the failing tests pass, 0% of" in p.rationale]
    assert passing == [p.id for p in made[: len(passing)]]
    assert [p.priority for p in made] == sorted((p.priority for p in made), reverse=True)
    return passing


def test_probes_are_made_once_for_a_program(tmp_path: Path, dossier: Any) -> None:
    seen = program(tmp_path, dossier)
    assert probing(seen) is probing(seen)


def test_a_probe_tells_what_comes_out_of_altered_inputs(tmp_path: Path, dossier: Any) -> None:
    trees = {m.path: m.tree.body for m in program(tmp_path, dossier).modules}
    prober = Prober({"test_job.py": trees["test_job.py"]})
    item = "test_job::test_largest[rows1]"
    plain = prober.seen(trees, Probe(item, NOWHERE, 0), STEPS)
    assert plain is not None
    assert (plain.values, plain.ending) == (("9", "9"), "passed")
    (site,) = prober.sites(trees, item, STEPS)
    others = {prober.seen(trees, Probe(item, site, n), STEPS) for n in range(20)}
    assert len(others) > 5
    assert prober.seen(trees, Probe(item, EVERYWHERE, 1), STEPS) not in (None, plain)


def test_what_is_raised_is_seen(tmp_path: Path, dossier: Any) -> None:
    trees = {m.path: m.tree.body for m in program(tmp_path, dossier).modules}
    seen = Prober({"test_job.py": trees["test_job.py"]}).seen(
        trees, Probe("test_job::test_nothing", NOWHERE, 0), STEPS
    )
    assert seen is not None
    assert seen.ending == "passed"
    assert seen.values[0].startswith("ValueError (")


def test_probes_leave_the_trees_as_they_are(tmp_path: Path, dossier: Any) -> None:
    trees = {m.path: m.tree.body for m in program(tmp_path, dossier).modules}
    before = {path: [ast.dump(node) for node in body] for path, body in trees.items()}
    Prober(trees).seen(trees, Probe("test_job::test_first", EVERYWHERE, 1), STEPS)
    assert before == {path: [ast.dump(node) for node in body] for path, body in trees.items()}


@pytest.mark.parametrize(
    "value", [0, 7, True, 1.5, "", "abc", [], [1, [2, "x"]], (), (1, 2), {}, {"a": 1}, set(), {1}]
)
def test_altered_values_keep_their_kind_and_leave_the_given_one(value: Any) -> None:
    before = repr(value)
    for chance in range(60):
        assert type(altered(value, Random(chance))) is type(value)
    assert repr(value) == before


def test_of_sets_the_same_is_left_out_in_every_process() -> None:
    assert altered({"d", "b", "c", "a"}, Random(1)) == {"b", "c", "d"}


def test_what_is_large_or_unknown_stays() -> None:
    for value in (None, 10**9, "x" * 500, [0] * 500, object):
        assert altered(value, Random(1)) is value


def test_values_that_are_alike_are_told_alike() -> None:
    assert told({"a": [1, (2.0, None)], "b": {3, 1}}) == told({"a": [1, (2.0, None)], "b": {1, 3}})
    assert told([1]) != told((1,))
    assert told(1) != told(True)
    assert told(ValueError("x")) != told(ValueError("y"))
    assert told(object()) == told(object())


@pytest.mark.parametrize(
    "kind",
    [Decimal, Fraction, lambda n: Counter("a" * n), Span, bytearray, range, lambda n: timedelta(n)],
)
def test_values_that_differ_are_told_apart(kind: Any) -> None:
    assert told(kind(3)) == told(kind(3))
    assert told(kind(3)) != told(kind(4))


KINDS = """\
class Name(str): pass
class Row(tuple): pass
class Size(int): pass
class Bag(set):
    def __hash__(self): raise KeyError
    def __iter__(self): raise KeyError


def first(rows, other):
    return [Name("a"), Row((1, 2)), Size(3), Bag([4])]
"""


def test_kinds_of_plain_values_are_told_by_these(tmp_path: Path, dossier: Any) -> None:
    trees = {m.path: m.tree.body for m in program(tmp_path, dossier).modules}
    trees["job.py"] = ast.parse(KINDS + "\n\ndef largest(rows): pass\n").body
    seen = Prober({"test_job.py": trees["test_job.py"]}).seen(
        trees, Probe("test_job::test_first", NOWHERE, 0), STEPS
    )
    assert seen is not None
    assert seen.values == ("[ Name 'a' { } Row [ 1 2 ] { } Size 3 { } Bag set 4 { } ]",)


def test_telling_is_bounded_however_values_are_held() -> None:
    value: Any = frozenset({1})
    for _ in range(40):
        value = frozenset({value, frozenset({value, 0})})
    assert len(told(value)) < 10_000
    assert len(told(["x" * 5_000] * 5_000)) < 1_000 * 400
    loop: list[Any] = []
    loop += [loop] * 300
    assert len(told(loop)) < 10_000


def oddity(code: str) -> float:
    trees = {"job.py": ast.parse(JOB).body, "test_job.py": ast.parse(TESTS).body}
    new = ast.parse(JOB.replace("    return rows[0]\n", code)).body
    return Oddities(trees, frozenset({"test_job.py"})).factor({**trees, "job.py": new})


def test_an_edit_that_reads_its_inputs_is_not_odd() -> None:
    for code in (
        "    rows = rows or [other]\n    return rows[0]\n",
        "    if not rows:\n        return other\n    return rows[0]\n",
        "    other += 1\n    return rows[0] if rows else other\n",
    ):
        assert oddity(code) == 1.0


def test_literals_of_tests_are_odd_where_the_module_has_none_of_them() -> None:
    assert oddity("    return 7 if other == 7 else rows[0]\n") == FITTED
    assert oddity("    return 8 if other == 8 else rows[0]\n") == 1.0


def test_a_parameter_that_no_longer_matters_is_odd() -> None:
    assert oddity("    rows = [other]\n    return rows[0]\n") == IGNORES
    assert oddity("    return other\n") == IGNORES


def test_code_that_nothing_reaches_any_more_is_odd() -> None:
    assert oddity("    return other\n    return rows[0]\n") == CUTS_OFF


HOSTILE = """\
class Odd(dict):
    def __repr__(self):
        raise KeyError("told")

    def items(self):
        raise KeyError("items")

    def __hash__(self):
        raise KeyError("hash")


class Wrong(ValueError):
    def __str__(self):
        raise KeyError("told")


def first(rows, other):
    odd = Odd()
    odd["a"] = 1
    return [odd, Wrong("no"), first, Odd, (n for n in rows)]


def largest(rows):
    raise Wrong(Odd())
"""


def test_what_is_told_of_objects_runs_none_of_their_code(tmp_path: Path, dossier: Any) -> None:
    trees = {m.path: m.tree.body for m in program(tmp_path, dossier).modules}
    trees["job.py"] = ast.parse(HOSTILE).body
    prober = Prober({"test_job.py": trees["test_job.py"]})
    for item in ("test_first", "test_nothing"):
        for site in (NOWHERE, EVERYWHERE):
            seen = prober.seen(trees, Probe(f"test_job::{item}", site, 1), STEPS)
            assert seen is not None
            assert seen.ending == "passed"
            assert "Odd" in seen.values[0]

"""Literals as knobs: every setting is found, nothing else is, and only what is set changes."""

from __future__ import annotations

import ast
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tasks.hyperparameters import Choice, IntegerRange
from tasks.propose import lift
from tasks.propose.enumerated import compared
from tasks.propose.literals import Literal, literals, set_literals
from tasks.propose.ranges import around
from tasks.propose.settings_file import name_of

SOURCE = '''\
"""A docstring with 3 in it."""
LIMIT = 10
SEED = 7
__version__ = 3
MASK = 0xFF


def rank(found: "list[3]", depth: int = 3, *, fusion="rrf", weight=0.75, random_state=4):
    é = "é"; first = found[0]; last = found[-1]; best = found[:5]
    if fusion == "rrf":
        return -2.5
    elif fusion in ("dense", 'bm25'):
        return 1e-6
    while True:
        pass
    return f"{weight:.3f} of 4"


def run(found, title="a title"):
    if __name__ == "x" and title:
        return 9j
    return rank(found, fusion='dense', depth=1_000), False
'''


def found_in(text: str) -> tuple[Literal, ...]:
    return literals(text, "a.py", compared([ast.parse(text)]))


def test_every_setting_is_found_and_nothing_else() -> None:
    values = [literal.value for literal in found_in(SOURCE)]
    assert values == [10, 3, "rrf", 0.75, 5, 2.5, 1e-06, "dense", 1_000, False]


def test_ranges_hold_their_value_and_fit_its_scale() -> None:
    by_value = {repr(literal.value): literal.knob for literal in found_in(SOURCE)}
    assert (by_value["10"].low, by_value["10"].high, by_value["10"].log) == (2, 40, True)  # type: ignore[union-attr]
    assert (by_value["3"].low, by_value["3"].high) == (0, 12)  # type: ignore[union-attr]
    assert (by_value["0.75"].low, by_value["0.75"].high) == (0.0, 1.0)  # type: ignore[union-attr]
    assert by_value["1e-06"].log  # type: ignore[union-attr]
    assert by_value["'rrf'"] == Choice(
        type="choice", file="a.py", key="L8C53", values=("bm25", "dense", "rrf")
    )
    assert by_value["False"].values == (True, False)  # type: ignore[union-attr]


@given(st.one_of(st.integers(0, 10**8), st.floats(0, 1e6, allow_subnormal=False), st.booleans()))
def test_a_value_lies_in_its_own_range(value: int | float | bool) -> None:
    knob = around(value, "a.py", "k")
    if isinstance(knob, Choice):
        assert value in knob.values
    else:
        assert knob.low <= value <= knob.high
        assert knob.low < knob.high


def test_only_what_is_set_is_written_anew() -> None:
    known = found_in(SOURCE)
    assert set_literals(SOURCE, known, {}) == SOURCE
    keys = {repr(literal.value): literal.knob.key for literal in known}
    made = set_literals(
        SOURCE, known, {keys["10"]: 33, keys["'dense'"]: "it's", keys["5"]: 8, keys["False"]: True}
    )
    changed = [
        (old, new)
        for old, new in zip(SOURCE.splitlines(), made.splitlines(), strict=True)
        if old != new
    ]
    assert [new for _, new in changed] == [
        "LIMIT = 33",
        '    é = "é"; first = found[0]; last = found[-1]; best = found[:8]',
        "    return rank(found, fusion='it\\'s', depth=1_000), True",
    ]
    ast.parse(made)


def test_seeds_are_left_out_under_every_kind_of_name() -> None:
    text = "a['seed'] = 1; b = {'seed': 2, 'k': 3}; c = lambda seed=4: a.get('salt', 5)\n"
    assert [literal.value for literal in found_in(text)] == [3]


def test_a_text_is_no_choice_where_another_name_is_compared() -> None:
    text = "def f(kind): return kind == 'a' or kind == 'b'\n"
    other = "import numpy\norder = numpy.argsort([2], kind='stable')\n"
    texts = compared([ast.parse(text), ast.parse(other)])
    assert [literal.value for literal in literals(other, "b.py", texts)] == [2]


def test_a_tree_is_lifted_with_its_settings_and_set_by_edits(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("K = 10\ndef f(mode): return mode == 'x' or mode == 'y'\n")
    (tmp_path / "s.yaml").write_text("depth: 4  # deep\nmode: x\nname: abc\nk: 3\nseed: 5\n")
    (tmp_path / "broken.py").write_text("def (")
    declared = (IntegerRange(type="int", file="s.yaml", key="k", low=1, high=100),)
    space = lift(tmp_path, ["a.py", "s.yaml", "broken.py", "missing.yaml"], declared)
    assert [name_of(knob) for knob in space.knobs] == [
        "s.yaml:k", "a.py:L1C4", "s.yaml:depth", "s.yaml:mode",
    ]  # fmt: skip
    assert space.knobs[0] == declared[0]
    assert space.values["s.yaml:mode"] == "x"
    edits = space.edits({**space.values, "a.py:L1C4": 12, "s.yaml:depth": 6})
    assert {edit.path: (edit.content or "").splitlines()[0] for edit in edits} == {
        "a.py": "K = 12",
        "s.yaml": "depth: 6  # deep",
    }
    assert space.edits(space.values) == ()

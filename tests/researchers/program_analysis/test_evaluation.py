"""Evaluation says what Python says, or that it does not know; nothing of the target is run."""

from __future__ import annotations

import ast
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from researchers.program_analysis.evaluation import Evaluator
from researchers.program_analysis.module import Module
from researchers.program_analysis.operations import Raised, Unknown, same
from researchers.program_analysis.program import Program
from researchers.program_analysis.states import Instance, Untold, decoded
from tasks.diagnose.tracing.guest.whetstone_tracer.encoding import Encoder

HELPERS = """\
import math
LIMIT = 3
TWICE = 1
TWICE = 2


def is_even(number):
    \"\"\"Whether a number is even.\"\"\"
    return number % 2 == 0


def noisy(number):
    print(number)
    return number


class Empty:
    def __len__(self):
        return 0


class Full:
    pass
"""
NAMES: dict[str, Any] = {
    "i": 3, "j": -1, "z": 0, "x": 2.5, "s": "abc", "e": "", "rows": [3, 1, 2], "none": None,
    "table": {"a": 1, "b": [1, 2]}, "pair": (1, "a"), "seen": {1, 2}, "yes": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def evaluator(tmp_path_factory: pytest.TempPathFactory) -> Evaluator:
    return evaluator_of(tmp_path_factory.mktemp("evaluated"))


def evaluator_of(root: Path) -> Evaluator:
    from tests.researchers.program_analysis.conftest import dossier_of

    (root / "job.py").write_text(HELPERS)
    program = Program(dossier_of(root))
    return Evaluator(program, program.by_path["job.py"])


def expressions() -> st.SearchStrategy[str]:
    """Sources of expressions over NAMES; many raise."""
    atoms = st.sampled_from([*NAMES, "0", "1", "2", "-1", "'a'", "''", "[]", "None", "True"])
    binary = ["+", "-", "*", "//", "/", "%", "and", "or", "<", "<=", "==", "!=", "in", "not in"]
    binary += ["is", "is not", ">", ">="]

    def wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        forms = st.sampled_from(
            ["not ({})", "-({})", "len({})", "sorted({})", "({})[0]", "({})[1:]", "sum({})",
             "max({})", "list({})", "[n for n in ({}) if n]", "str({})", "any(n for n in ({}))",
             "({}).strip()", "({}).startswith('a')", "table.get({})", "abs({})", "bool({})",
             "({}) if i else ({})", "{{1: ({})}}", "({},)", "isinstance({}, str)"]
        )  # fmt: skip
        return st.one_of(
            st.builds(lambda a, o, b: f"({a}) {o} ({b})", inner, st.sampled_from(binary), inner),
            st.builds(lambda f, a: f.format(*[a] * f.count("{}")), forms, inner),
        )

    return st.recursive(atoms, wider, max_leaves=6)


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@given(expressions())
@example("(s) * (i)")
@example("(rows) == ([])")
@example("(1) is not (none)")
def test_it_says_what_python_says(source: str) -> None:
    module = Module("job.py", HELPERS, ast.parse(HELPERS), True)
    found: object
    try:
        wanted: object = eval(source, {}, dict(NAMES))
    except Exception as error:  # noqa: BLE001  whatever Python says
        wanted = type(error).__name__
    try:
        found = Evaluator(_program(module), module).value(_parsed(source), NAMES)
    except Raised as error:
        found = str(error)
    except Unknown:
        return
    assert same(found, wanted), (source, found, wanted)


def _program(module: Module) -> Program:
    program = Program.__new__(Program)
    program.modules, program.by_path, program.functions = (module,), {"job.py": module}, {}
    return program


def _parsed(source: str) -> ast.expr:
    return ast.parse(source, mode="eval").body


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("is_even(i + 1)", True),
        ("[n for n in rows if is_even(n)]", [2]),
        ("LIMIT + i", 6),
        ("math.floor(x)", 2),
        ("{k: v for k, v in table.items() if k in s}", {"a": 1, "b": [1, 2]}),
        ("rows[-1] if rows else None", 2),
    ],
)
def test_what_the_module_defines_is_known(evaluator: Evaluator, source: str, value: Any) -> None:
    assert evaluator.value(_parsed(source), NAMES) == value


@pytest.mark.parametrize(
    "source",
    ["noisy(i)", "TWICE", "print(i)", "open(s)", "s.__class__", "rows.append(1)", "rows.sort()",
     "(lambda: 1)()", "eval(s)", "getattr(s, 'x')", "table.pop('a')", "f'{i}'",
     "is_even(*rows)", "[*rows]", "10 ** 10 ** 10", "s * 10 ** 9", "1 << 10 ** 9",
     "[0] * 10 ** 9", "'%1000000000d' % i", "range(2 ** 100)",
     "round(i, -10 ** 9)", "s.zfill(10 ** 9)", "bytes(10 ** 10)", "list(range(10 ** 9))"],
)  # fmt: skip
def test_what_it_does_not_know_it_does_not_guess(evaluator: Evaluator, source: str) -> None:
    with pytest.raises(Unknown):
        evaluator.value(_parsed(source), NAMES)


def test_a_name_that_nothing_binds_raises_and_one_bound_elsewhere_is_unknown(
    evaluator: Evaluator,
) -> None:
    with pytest.raises(Raised, match="NameError"):
        evaluator.value(_parsed("nobody + 1"), NAMES)
    with pytest.raises(Unknown):
        evaluator.value(_parsed("noisy"), NAMES)


def test_long_work_ends(evaluator: Evaluator) -> None:
    source = "sum(a * b * c for a in range(999) for b in range(999) for c in range(999))"
    start = time.monotonic()
    with pytest.raises(Unknown):
        evaluator.value(_parsed(source), {})
    assert time.monotonic() - start < 5


def test_objects_are_known_by_class_field_and_identity(evaluator: Evaluator) -> None:
    full = Instance(("Full", "object"), 0, {"size": 2})
    again, other = Instance(("Full", "object"), 0, {}), Instance(("Full", "object"), 1, {})
    scope = {"a": full, "b": again, "c": other, "d": Instance(("Empty", "object"), 2, {})}
    assert evaluator.value(_parsed("a.size"), scope) == 2
    assert evaluator.value(_parsed("a is b"), scope) is True
    assert evaluator.value(_parsed("a is c"), scope) is False
    assert evaluator.value(_parsed("isinstance(a, Full)"), scope) is True
    assert evaluator.value(_parsed("not a"), scope) is False
    for unknown in ("not d", "a == c", "a.other", "a in [c]", "a < c", "a + c"):
        with pytest.raises(Unknown):
            evaluator.value(_parsed(unknown), scope)


def test_of_an_untold_value_only_class_and_length_are_known(evaluator: Evaluator) -> None:
    scope = {"big": Untold(("list", "object"), 500), "odd": Untold(("Socket", "object"), None)}
    assert evaluator.value(_parsed("len(big)"), scope) == 500
    assert evaluator.value(_parsed("big is None"), scope) is False
    assert evaluator.value(_parsed("not big"), scope) is False
    for unknown in ("big[0]", "not odd", "big == big", "1 in big", "sorted(big)"):
        with pytest.raises(Unknown):
            evaluator.value(_parsed(unknown), scope)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-5, 5) | st.floats(-2, 2) | st.text(max_size=3)
        | st.binary(max_size=3),
        lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=2), inner, max_size=3)
        | st.frozensets(st.integers(0, 9), max_size=3).map(set),
        max_leaves=4,
    )
)  # fmt: skip
def test_small_values_come_back_as_they_were(value: object) -> None:
    assert _bare(decoded(Encoder().text(value)), value)


def _bare(found: object, value: object) -> bool:
    return same(found, value) or "Untold" in repr(found)


@pytest.mark.parametrize("text", ["{", '{"l": 3}', '{"o": []}', '{"x": 1}', '{"s": [{"l": []}]}'])
def test_a_value_that_makes_no_sense_is_untold(text: str) -> None:
    assert isinstance(decoded(text), Untold)

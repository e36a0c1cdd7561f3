"""Every kind of defect, on a snippet of its own: it changes exactly what it says, and parses."""

from __future__ import annotations

import ast
from random import Random
from textwrap import dedent

import pytest

from benchmarks.injection.kinds import KINDS
from benchmarks.injection.module import Module

BODY = {
    "MIFS": ("if x:\n    y = 1\nreturn y", {"return y"}),
    "MIA": ("if x:\n    y = 1\nreturn y", {"y = 1\nreturn y"}),
    "MIEB": (
        "if x:\n    y = 1\nelse:\n    y = 2\nreturn y",
        {"y = 2\nreturn y"},
    ),
    "IF-APC": ("if x:\n    return 0\nreturn y", {"return y"}),
    "IF-ABR": (
        "if x:\n    y = 1\nelse:\n    y = 2\nreturn y",
        {"if x:\n    y = 1\nreturn y"},
    ),
    "MLAC": (
        "if x and (y or z):\n    pass",
        {"if x:\n    pass", "if y or z:\n    pass"},
    ),
    "MLOC": ("if x or y:\n    pass", {"if x:\n    pass", "if y:\n    pass"}),
    "none-unguarded": (
        "return x if x is not None and y else z",
        {"return x if y else z"},
    ),
    "MVIV": ("n = 0\nn += x\nreturn n", {"n += x\nreturn n"}),
    "MVAV": ("x = 0  # why\nreturn x", {"return x"}),
    "MVAE": ("x = y\nreturn x", {"return x"}),
    "MFC": ("if y:\n    x.sort()\nreturn x", {"if y:\n    pass\nreturn x"}),
    "MLPC": ("x = 1\ny = 2\nreturn z", {"return z"}),
    "EVAV": ("x = 1\nreturn x", {"x = 1\nx = y\nreturn x", "x = 1\nx = z\nreturn x"}),
    "WALR": ("x = y\ny = x", {"y = x\nx = y"}),
    "WVAV": ("x = True", {"x = False"}),
    "change-numeral": ("return x[1]", {"return x[0]", "return x[2]"}),
    "change-boolean": ("return g(y=True)", {"return g(y=False)"}),
    "WLEC": (
        "if x < y:\n    pass",
        {"if x >= y:\n    pass"},
    ),
    "IF-CC": ("if x < y:\n    pass", {"if x <= y:\n    pass"}),
    "LP-CC": (
        "for i in range(x):\n    pass",
        {f"for i in range({new}):\n    pass" for new in ("x + 1", "x - 1", "1, x")},
    ),
    "more-specific-if": (
        "if x:\n    pass",
        {f"if x and {new}:\n    pass" for new in ("y", "z", "not y", "not z")},
    ),
    "less-specific-if": (
        "if x:\n    pass",
        {f"if x or {new}:\n    pass" for new in ("y", "z", "not y", "not z")},
    ),
    "MC-DNP": ("return g(x, y, k=z)", {"return g(x, k=z)", "return g(x, y)"}),
    "MC-DAP": ("return g(x.strip())", {"return g(x)"}),
    "swap-arguments": ("return g(x, y)", {"return g(y, x)"}),
    "WPFV": ("return g(x)", {"return g(y)", "return g(z)"}),
    "WAEP": ("return g(x - y)", {"return g(x + y)", "return g(x)", "return g(y)"}),
    "wrong-function": ("return min(x)", {"return max(x)"}),
    "SQ-AMO": ("return x.strip().lower()", {"return x.lower()", "return x.strip()"}),
    "missing-conversion": ("return str(x + y)", {"return (x + y)"}),
    "change-identifier": ("return x", {"return y", "return z"}),
    "change-attribute": (
        "x.a = y\nreturn x.b",
        {"x.a = y\nreturn x.a"},
    ),
    "change-operand": ("return x - 1", {"return y - 1", "return z - 1"}),
    "change-operator": ("return x - y", {"return x + y"}),
    "change-unary": ("return -x", {"return x"}),
    "AS-CE": ("x = y - z", {"x = y", "x = z"}),
    "exception-swallowed": (
        "if x:\n    raise ValueError(x)",
        {"if x:\n    pass", "if x:\n    return None"},
    ),
    "TY-ARTC": (
        "try:\n    y = g(x)\nexcept KeyError:\n    y = 0\nreturn y",
        {"y = g(x)\nreturn y"},
    ),
}


def function(body: str) -> str:
    lines = (f"    {line}" if line else "" for line in body.split("\n"))
    return "# é: columns count bytes\ndef f(x, y, z):\n" + "\n".join(lines) + "\n\n\nTAIL = {}\n"


def results(name: str, text: str) -> set[str]:
    module = Module(text)
    kind = KINDS[name]
    return {
        edit.apply(text)
        for place in kind.sites(module)
        for seed in range(30)
        for edit in [kind.inject(module, place, Random(seed))]
        if edit is not None
    }


@pytest.mark.parametrize("name", sorted(BODY))
def test_a_kind_makes_its_defects_and_no_others(name: str) -> None:
    before, after = BODY[name]
    assert results(name, function(before)) == {function(body) for body in after}


def test_a_wrong_default() -> None:
    assert results("MD-CHG", "def f(x=True):\n    return x\n") == {
        "def f(x=False):\n    return x\n"
    }


def test_every_kind_is_covered_here() -> None:
    assert set(KINDS) == {*BODY, "MD-CHG"}


def test_a_chain_of_conditions_stays_one() -> None:
    text = dedent(
        '''
        def f(x):
            """Docstring."""
            if x == 1:
                return 1
            elif x == 2:
                return 2
            return "a\\n"
        '''
    )
    kept = {ast.unparse(ast.parse(t)) for t in results("IF-APC", text)}
    assert kept == {
        ast.unparse(ast.parse(text.replace("    elif x == 2:\n        return 2\n", "")))
    }
    assert any("    if x == 2" in t and "x == 1" not in t for t in results("MIEB", text))


def test_f_strings_annotations_and_docstrings_are_left_alone() -> None:
    text = 'def f(x: g(1)) -> 2:\n    """3"""\n    return f"{x + 4}"\n'
    assert all(not kind.sites(Module(text)) for kind in KINDS.values())

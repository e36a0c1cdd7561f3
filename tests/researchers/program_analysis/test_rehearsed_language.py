"""The interpreter ends programs as Python does: with the same result or the same exception."""

from __future__ import annotations

import ast
import sys
import types
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from researchers.program_analysis.rehearsal.limits import Exhausted, Refused
from researchers.program_analysis.rehearsal.suite import PASSED, Suite
from tests.researchers.program_analysis import (
    rehearsed_classes,
    rehearsed_flow,
    rehearsed_libraries,
    rehearsed_reach,
    rehearsed_scopes,
    rehearsed_values,
)

CASES = {
    **rehearsed_scopes.CASES, **rehearsed_classes.CASES, **rehearsed_flow.CASES,
    **rehearsed_values.CASES, **rehearsed_libraries.CASES, **rehearsed_reach.CASES,
}  # fmt: skip
STEPS = 50_000
TEST = "from job import result\n\n\ndef test_job():\n    assert repr(result) == {!r}\n"


def really(text: str) -> tuple[str, str]:
    """What Python makes of a program: an exception's name, or the result as it is shown."""
    module = types.ModuleType("job")
    sys.modules["job"] = module
    try:
        exec(compile(text, "job.py", "exec"), module.__dict__)
    except Exception as error:  # noqa: BLE001  whatever the program ends with
        return type(error).__name__, ""
    finally:
        del sys.modules["job"]
    return PASSED, repr(module.__dict__.get("result"))


def rehearsed(files: Mapping[str, str], item: str = "test_job::test_job") -> str:
    trees = {path: ast.parse(text).body for path, text in files.items()}
    return Suite(trees).outcome(item, STEPS)[0]


def alike(text: str) -> None:
    ending, shown = really(text)
    known = text if "result" in text else f"{text}\nresult = None\n"
    assert rehearsed({"job.py": known, "test_job.py": TEST.format(shown)}) == ending


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@pytest.mark.parametrize("name", CASES)
def test_a_program_ends_as_in_python(name: str) -> None:
    alike(CASES[name])


def test_a_wrong_result_is_seen() -> None:
    job = "result = sum(n for n in range(4))\n"
    ends = [rehearsed({"job.py": job, "test_job.py": TEST.format(n)}) for n in ("6", "7")]
    assert ends == [PASSED, "AssertionError"]


NAMES: dict[str, Any] = {
    "i": 3, "j": -2, "z": 0, "x": 2.5, "s": "abc", "e": "", "rows": [3, 1, 2], "none": None,
    "table": {"a": 1, "b": [1, 2]}, "pair": (1, "a"), "seen": {1, 2}, "yes": True,
}  # fmt: skip
BINARY = ["+", "-", "*", "//", "/", "%", "**", "<<", "&", "|", "^", "and", "or"]
COMPARED = ["<", "<=", "==", "!=", ">", ">=", "in", "not in"]
CALLS = ["len", "sum", "max", "min", "sorted", "str", "repr", "int", "float", "list", "tuple",
         "set", "abs", "bool", "any", "all", "dict", "round", "ord", "hash", "not "]  # fmt: skip


def expressions() -> st.SearchStrategy[str]:
    """Sources of expressions over NAMES; many raise."""
    atoms = st.sampled_from([*NAMES, "0", "1", "7", "-1", "'a'", "''", "[]", "None", "(2, 3)"])

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(
            st.builds("({} {} {})".format, inner, st.sampled_from(BINARY), inner),
            st.builds("({} {} {})".format, inner, st.sampled_from(COMPARED), inner),
            st.builds("({} < {} <= {})".format, inner, inner, inner),
            st.builds("({} if {} else {})".format, inner, inner, inner),
            st.builds("{}({})".format, st.sampled_from(CALLS), inner),
            st.builds("{}[{}]".format, inner, inner),
            st.builds("{}[{}:{}:{}]".format, inner, inner, inner, inner),
            st.builds("[n for n in {} if n {} {}]".format, inner, st.sampled_from(COMPARED), inner),
            st.builds("{{k: {} for k in {}}}".format, inner, inner),
            st.builds("[{}, *{}]".format, inner, inner),
            st.builds("f'{{{}!r:>9}}'".format, st.sampled_from(list(NAMES))),
            st.builds("(lambda a, b={}: (a, b))({})".format, inner, inner),
            st.builds("{}.{}".format, inner, st.sampled_from(["count(1)", "copy()", "upper()"])),
        )

    return st.recursive(atoms, larger, max_leaves=6)


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@given(expressions())
@example("sorted(table, key=lambda k: str(table[k]))[-1]")
@example("[*rows, *seen][1:][::-1]")
@settings(max_examples=100, deadline=None)
def test_an_expression_has_the_value_it_has_in_python(code: str) -> None:
    text = "".join(f"{name} = {value!r}\n" for name, value in NAMES.items())
    try:
        compile(code, "job.py", "eval")
    except SyntaxError:
        return
    try:
        alike(f"{text}result = {code}\n")
    except Refused:
        assert set(code) & set("*<%:"), "only what may be large is refused"


@given(
    st.lists(st.integers(-9, 9), max_size=6),
    st.sampled_from(["<", "<=", ">", "!=", "=="]),
    st.sampled_from(["+=", "-=", "*=", "//=", "%="]),
    st.sampled_from(["break", "continue", "pass", "return n, total", "raise ValueError(n)"]),
    st.sampled_from(["while rows:\n        n = rows.pop()", "for n in rows:\n        pass"]),
)
@settings(max_examples=40, deadline=None)
def test_a_loop_ends_as_in_python(
    rows: list[int], link: str, step: str, leave: str, head: str
) -> None:
    alike(
        f"def work(rows):\n    total, n, seen = 1, 0, []\n    {head}\n"
        f"        try:\n            total {step} n\n"
        f"            if n {link} total:\n                {leave}\n"
        "        except ZeroDivisionError as error:\n            seen.append(str(error))\n"
        "        finally:\n            seen.append(total)\n"
        "    else:\n        seen.append('else')\n"
        f"    return total, n, seen\nresult = work({rows!r})\n"
    )


def test_modules_are_imported_as_they_are_named() -> None:
    files = {
        "shop/__init__.py": "from .price import LIMIT\nname = 'shop'\n",
        "shop/price.py": "from . import tax as rates\nLIMIT = 3\n\n\ndef gross(n):\n"
        "    return n + rates.of(n)\n",
        "shop/tax.py": "import math\nfrom shop.deep import half as part\n\n\ndef of(n):\n"
        "    return math.floor(part(n))\n",
        "shop/deep/__init__.py": "",
        "shop/deep/half.py": "",
    }
    files["shop/deep/__init__.py"] = "def half(n):\n    return n / 2\n"
    files["tests/test_shop.py"] = (
        "import shop\nimport shop.price\nimport shop.tax as tax\nimport collections.abc\n"
        "from shop import LIMIT, price\n\n\ndef test_all():\n"
        "    assert shop.name == 'shop' and shop.price.gross(5) == 7 and tax.of(4) == 2\n"
        "    assert price is shop.price and LIMIT == 3\n"
        "    assert isinstance([], collections.abc.Sequence)\n"
    )
    assert rehearsed(files, "tests.test_shop::test_all") == PASSED


def test_modules_that_import_each_other_see_what_is_there() -> None:
    files = {
        "one.py": "import two\nA = 1\n\n\ndef both():\n    return A + two.B\n",
        "two.py": "import one\nB = 2\n\n\ndef first():\n    return one.A\n",
        "test_job.py": "import one, two\n\n\ndef test_job():\n"
        "    assert one.both() == 3 and two.first() == 1\n",
    }
    assert rehearsed(files) == PASSED


def test_an_unknown_attribute_of_a_module_of_the_target_is_missed() -> None:
    files = {
        "job.py": "",
        "test_job.py": "import job\n\n\ndef test_job():\n    job.missing()\n",
    }
    assert rehearsed(files) == "AttributeError"


def _ends(lines: str) -> str:
    return rehearsed({"test_job.py": f"def test_job():\n    {lines}\n"})


@pytest.mark.parametrize(
    "lines",
    ["while True: pass", "for _ in iter(int, 1): print()", "all(True for _ in iter(int, 1))",
     "try: _end()\n    except BaseException: pass\ndef _end():\n    while True: pass"],
)  # fmt: skip
def test_an_endless_loop_is_ended(lines: str) -> None:
    with pytest.raises((Exhausted, Refused)):
        _ends(lines)


ENDLESS = {
    "function": "def go(n):\n    return go(n + 1)\n",
    "two": "def go(n):\n    return back(n)\ndef back(n):\n    return go(n)\n",
    "sorting": "def go(n):\n    return sorted([1, 2], key=go)\n",
    "equality": "class A:\n    def __eq__(self, other):\n        return self == other\n"
    "def go(n):\n    return A() == A()\n",
    "property": "class A:\n    @property\n    def x(self):\n        return self.x\n"
    "def go(n):\n    return A().x\n",
    "cached": "from functools import cache\n@cache\ndef go(n):\n    return go(n + 1)\n",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_endless_recursion_raises_as_in_python(name: str, deep: None) -> None:
    test = "import pytest\nfrom job import go\n\n\ndef test_job():\n    go(1)\n\n\n"
    test += "def test_caught():\n    with pytest.raises(RecursionError):\n        go(1)\n"
    files = {"job.py": ENDLESS[name], "test_job.py": test}
    assert rehearsed(files) == "RecursionError"
    assert rehearsed(files, "test_job::test_caught") == PASSED


@pytest.fixture
def deep() -> Iterator[None]:
    """Room for the interpreter's own calls."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(16_000)
    yield
    sys.setrecursionlimit(before)


def test_endless_recursion_of_generators_is_ended(deep: None) -> None:
    job = "def go(n):\n    yield from go(n + 1)\n"
    test = "from job import go\n\n\ndef test_job():\n    list(go(1))\n"
    with pytest.raises((Refused, Exhausted)):
        rehearsed({"job.py": job, "test_job.py": test})


@pytest.mark.parametrize(
    "code",
    ["open('x')", "eval('1')", "exec('1')", "__import__('os')", "vars()", "input()",
     "compile('1', '', 'eval')", "test_job.__globals__", "().__class__.__base__",
     "().__class__.__subclasses__()", "getattr(test_job, '__globals__')", "int.__subclasses__()",
     "getattr((), '__class__').__mro__", "(n for n in []).gi_frame", "test_job.__code__",
     "'{0.__globals__}'.format(test_job)", "'{0.__class__.__mro__}'.format(1)",
     "ValueError().__traceback__", "[].__reduce__()",
     "object.__subclasses__()", "str.format('{0.__globals__}', test_job)",
     "'{x.__globals__}'.format_map({'x': test_job})", "breakpoint()", "memoryview(b'a')"],
)  # fmt: skip
def test_what_leads_out_of_the_interpreter_is_refused(code: str) -> None:
    with pytest.raises(Refused):
        _ends(code)


@pytest.mark.parametrize("name", ["os", "sys", "subprocess", "socket", "shutil", "ctypes"])
def test_modules_that_act_on_the_machine_are_refused(name: str) -> None:
    with pytest.raises(Refused):
        _ends(f"import {name}; list({name}.anything())")


@pytest.mark.parametrize(
    "code",
    ["10 ** 10 ** 9", "1 << 10 ** 9", "'a' * 10 ** 9", "[0] * 10 ** 9", "list(range(10 ** 9))",
     "sum(range(10 ** 9))", "[*range(10 ** 9)]", "f'{1:1000000000}'", "'%1000000000d' % 1",
     "'a'.rjust(10 ** 9)", "bytes(10 ** 9)", "'a' in range(10 ** 9)", "round(1, -10 ** 9)"],
)  # fmt: skip
def test_what_is_too_large_is_refused(code: str) -> None:
    with pytest.raises(Refused):
        _ends(code)


GROWING = {
    "text": "s = 'a'\n    while True: s += s",
    "list": "s = [1]\n    while True: s.extend(s)",
    "number": "s = 7\n    while True: s *= s",
    "nested": "s = [0]\n    for _ in range(60): s = [s, s]\n    repr(s)",
    "compared": "s, t = [0], [0]\n    for _ in range(60): s, t = [s, s], [t, t]\n    s == t",
    "product": "import itertools\n    list(itertools.product(range(99), repeat=9))",
    "pattern": "import re\n    re.match(r'(a|aa)+$', 'a' * 60 + 'b')",
}


@pytest.mark.parametrize("name", GROWING)
def test_what_grows_without_end_is_ended(name: str) -> None:
    with pytest.raises((Refused, Exhausted)):
        _ends(GROWING[name])

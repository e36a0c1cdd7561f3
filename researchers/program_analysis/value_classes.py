"""Classes of values that the trace tells apart: how one is tested, and what may stand in for it."""

from __future__ import annotations

from researchers.program_analysis.detectors.value_spectrum import TYPES

_TESTS = {
    "None": "{} is None", "empty": "len({}) == 0", "zero": "{} == 0", "negative": "{} < 0",
    "positive": "{} > 0", "True": "{}", "False": "not {}", "not a number": "{0} != {0}",
    "of length 1": "len({}) == 1", "of length 2 to 9": "2 <= len({}) <= 9",
    "of length 10 to 99": "10 <= len({}) <= 99", "of length 100 or more": "len({}) >= 100",
}  # fmt: skip
_EMPTY = {
    "str": '""', "list": "[]", "dict": "{}", "set": "set()", "tuple": "()", "int": "0",
    "float": "0.0", "number": "0", "bool": "False", "bytes": 'b""',
}  # fmt: skip
_CONVERSIONS = {
    ("str", "int"): ("int({})", "int(float({}))"),
    ("str", "float"): ("float({})",),
    ("str", "list"): ("[{}]", "{}.split()"),
    ("str", "bytes"): ("{}.encode()",),
    ("bytes", "str"): ("{}.decode()",),
    ("list", "str"): ('" ".join({})', "{}[0]"),
    ("float", "int"): ("int({})", "round({})"),
    ("dict", "list"): ("list({}.values())", "[{}]"),
}
FALSY = frozenset({"zero", "empty", "False"})


def test_of(summary: str, code: str) -> str:
    """A condition that holds for values of a class, or '' where there is none."""
    if summary in TYPES:
        return f"isinstance({code}, {summary})"
    return _TESTS.get(summary, "").format(code)


def empty_of(kind: str) -> str:
    """The empty value of a kind, or ''."""
    return _EMPTY.get(kind.split("[")[0], "")


def conversions(summary: str, usual: str, code: str) -> tuple[str, ...]:
    """Ways to make the usual type, or the usual sign, of a value of a class."""
    if summary == "negative":
        return (f"abs({code})", f"max(0, {code})")
    if summary not in TYPES or usual in {"", summary}:
        return ()
    forms = _CONVERSIONS.get((summary, usual), (f"{usual}({{}})",))
    return tuple(form.format(code) for form in forms)

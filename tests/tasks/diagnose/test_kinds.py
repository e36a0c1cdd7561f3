"""Kinds are short, bounded, and cost the value nothing."""

from __future__ import annotations

from collections import namedtuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.diagnose.tracing.guest.whetstone_tracer.kinds import LENGTH, kind, size

Pair = namedtuple("Pair", "left right")


class Turn:
    def __init__(self, text, caption=None):
        self.text = text
        self.caption = caption


class Slotted:
    __slots__ = ("a", "b")

    def __init__(self):
        self.a = 1


class Touchy:
    """Raises at any question, its class included."""

    def _refuse(self, *_):
        raise AssertionError("asked")

    __len__ = __bool__ = __eq__ = __hash__ = __iter__ = __repr__ = __str__ = _refuse
    __getattr__ = __getattribute__ = _refuse
    __class__ = property(_refuse)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "None"),
        (True, "bool"),
        ("", "empty str"),
        ("x", "str"),
        ([], "empty list"),
        ({}, "empty dict"),
        ({"text": "x", "caption": None}, "dict{caption=None,text}"),
        (dict.fromkeys(range(5), "x"), "dict[int:str]"),
        ([Turn("x"), Turn("y", "z")], "list[Turn{caption=None,text}|Turn{caption,text}]"),
        (Slotted(), "Slotted{a}"),
        (Pair(1, 2), "Pair{left,right}"),
        ((1, "x"), "tuple[int|str]"),
        (np.zeros((2, 3), np.float32), "ndarray[float32,2d]"),
        (kind, "function"),
    ],
)
def test_examples(value, expected):
    assert kind(value) == expected


def test_sizes():
    assert [size(v) for v in ("abc", [1], np.zeros((4, 2)), np.float32(1), 7)] == [
        3, 1, 4, None, None,
    ]  # fmt: skip


def test_looking_calls_nothing_of_the_value():
    kinds = [kind(Touchy()), kind([Touchy()]), kind({"a": Touchy()})]
    assert kinds == ["Touchy", "list[Touchy]", "dict{a}"]
    assert size(Touchy()) is None


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
)


@given(values)
def test_any_value_has_a_short_kind(value):
    assert 0 < len(kind(value)) <= LENGTH
    assert kind(value) == kind(value)

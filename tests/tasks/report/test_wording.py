from __future__ import annotations

import pytest

from tasks.records import Difference, Estimate, Interval
from tasks.report import wording


def difference(delta: float, low: float, high: float) -> Difference:
    return Difference(
        delta=delta, interval=Interval(low=low, high=high), p_value=0.02, n=480, groups=4
    )


def test_estimate_comes_with_interval_and_n() -> None:
    e = Estimate(score=0.2141, interval=Interval(low=0.195, high=0.2332), n=480, groups=4)
    assert wording.estimate(e) == "0.214 [0.195, 0.233], n=480"
    assert wording.sample(e) == "n=480 in 4 groups"


@pytest.mark.parametrize(
    ("d", "text"),
    [
        (difference(0.0314, 0.012, 0.0508), "+0.031 [+0.012, +0.051], n=480"),
        (difference(-0.0314, -0.05, 0.0), "-0.031 [-0.050, 0.000], n=480"),
        (difference(0.0004, -0.001, 0.002), "+0.0004 [-0.0010, +0.0020], n=480"),
        (difference(132.04, 120.0, 144.11), "+132.0 [+120.0, +144.1], n=480"),
        (difference(0.0, 0.0, 0.0), "0.000 [0.000, 0.000], n=480"),
    ],
)
def test_difference_is_signed_to_decimals_that_show_it(d: Difference, text: str) -> None:
    assert wording.difference(d) == text


@pytest.mark.parametrize(
    ("delta", "p_value", "told"),
    [
        (0.125, 0.0, "no item got worse"),
        (0.125, 1.0, "paid for by other items"),
        (0.0, 1.0, "no gain"),
    ],
)
def test_what_was_counted_has_no_interval(delta: float, p_value: float, told: str) -> None:
    point = Interval(low=delta, high=delta, level=1.0)
    d = Difference(delta=delta, interval=point, p_value=p_value, n=8, groups=8)
    assert wording.difference(d) == f"{wording.delta(d)} exact, n=8"
    assert wording.p_value(d) == told
    e = Estimate(score=0.625, interval=Interval(low=0.625, high=0.625, level=1.0), n=8, groups=8)
    assert wording.estimate(e) == "0.625 exact, n=8"


def test_no_negative_zero() -> None:
    assert wording.signed(-0.00001, 3) == "0.000"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.42, "0.4 s"),
        (48.2, "48 s"),
        (59.7, "1 min 0 s"),
        (200.0, "3 min 20 s"),
        (7500, "2 h 5 min"),
    ],
)
def test_duration(seconds: float, text: str) -> None:
    assert wording.duration(seconds) == text


def test_control_and_direction_characters_become_visible() -> None:
    hostile = "safe\x1b[31mred\u202egnp.exe\u2066 ok\ufffe"
    shown = wording.visible(hostile)
    assert shown == "safe\\x1b[31mred\\u202egnp.exe\\u2066 ok\\ufffe"
    assert wording.visible("Grüße\n\tλ 日本") == "Grüße\n\tλ 日本"


def test_line_flattens_and_cuts() -> None:
    assert wording.line("a\n b\t c", 20) == "a b c"
    assert wording.line("x" * 30, 10) == "x" * 9 + "…"


def test_only_minus_signs_are_typeset() -> None:
    assert wording.typeset("-0.1 [-0.2, +0.3], top-5, F-1") == "−0.1 [−0.2, +0.3], top-5, F-1"

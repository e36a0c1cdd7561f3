"""Operators that write what a detector says should stand there: run before and after."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

Check = Callable[[ModuleType], Any]

CASES: dict[str, tuple[str, str, Check, Any]] = {
    "a price kept for one size": (
        "cache_key_whole",
        "SEEN = {}\ndef fee(zone, weight):\n    if zone in SEEN:\n        return SEEN[zone]\n"
        "    made = len(zone) * weight\n    SEEN[zone] = made\n    return made\n",
        lambda m: (m.fee("ab", 1), m.fee("ab", 2))[1], 4,
    ),
    "every second guest stays": (
        "changed_while_iterated_copy",
        "def leave(guests):\n    for g in guests:\n        if g < 3:\n"
        "            guests.remove(g)\n    return guests\n",
        lambda m: m.leave([1, 2, 3]), [3],
    ),
    "the last seat is included in words": (
        "docstring_range_fit",
        "def seats(first, last):\n    '''From first to last, last included.'''\n"
        "    return list(range(first, last))\n",
        lambda m: m.seats(1, 3), [1, 2, 3],
    ),
    "a plate with blanks": (
        "dropped_result_keep",
        "def plate(text):\n    text.strip()\n    return text\n",
        lambda m: m.plate(" a "), "a",
    ),
    "equal but not the same": (
        "identity_literal_equals",
        "def full(n):\n    return n is 1000\n",
        lambda m: m.full(int("1000")), True,
    ),
    "every button is the last": (
        "late_binding_default",
        "def buttons(n):\n    return [lambda: i for i in range(n)]\n",
        lambda m: [b() for b in m.buttons(3)], [0, 1, 2],
    ),
    "a rise beyond the end": (
        "loop_bounds_fit",
        "def rises(v):\n    return [v[i + 1] - v[i] for i in range(len(v))]\n",
        lambda m: m.rises([1, 2, 4]), [1, 2],
    ),
    "a place missed by halving": (
        "loop_bounds_fit",
        "def place(v, x):\n    lo, hi = 0, len(v)\n    while lo < hi:\n"
        "        mid = (lo + hi) // 2\n        if v[mid] < x:\n            lo = mid + 1\n"
        "        else:\n            hi = mid - 1\n    return lo\n",
        lambda m: m.place([1, 3, 5, 7], 5), 2,
    ),
    "an age in words": (
        "mixed_kinds_convert",
        "def adult(age: str):\n    return age == 18\n",
        lambda m: m.adult("18"), True,
    ),
    "height from width": (
        "near_name_rename",
        "def box(d, width, height):\n    out_width = d['width'] * abs(width)\n"
        "    out_height = d['width'] * abs(height)\n    return out_width, out_height\n"
        "def fits(d):\n    return d['height'] < 9\n",
        lambda m: m.box({"width": 2, "height": 3}, 1, 1), (2, 3),
    ),
    "a majority cut to nothing": (
        "number_kinds_true",
        "def most(a, b):\n    return a // b > 0.5\n",
        lambda m: m.most(3, 4), True,
    ),
    "tenths that are not equal": (
        "number_kinds_true",
        "def paid(a):\n    return a * 3 == 0.3\n",
        lambda m: m.paid(0.1), True,
    ),
    "defaults over a choice": (
        "shadowed_setting_win",
        "DEFAULTS = {'rows': 3}\ndef settle(options):\n    return {**options, **DEFAULTS}\n",
        lambda m: m.settle({"rows": 9})["rows"], 9,
    ),
    "one row many times": (
        "shared_state_own",
        "def board(n):\n    b = [[0] * n] * n\n    b[0][0] = 1\n    return b[1]\n",
        lambda m: m.board(2), [0, 0],
    ),
    "a mark not cleaned": (
        "sibling_argument_pass",
        "def clean(s):\n    return s.strip()\ndef store(mark):\n    return {'m': mark}\n"
        "def one(s):\n    return store(clean(s))\ndef two(s):\n    return store(clean(s))\n"
        "def three(s):\n    return store(s)\n",
        lambda m: m.three(" a ")["m"], "a",
    ),
    "pages in the disk's order": (
        "nondeterminism_sort",
        "class os:\n    @staticmethod\n    def listdir(folder):\n        return ['b', 'a']\n"
        "def pages(folder):\n    return [p + '!' for p in os.listdir(folder)]\n",
        lambda m: m.pages("."), ["a!", "b!"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_a_finding_states_mends_it(case: str, bench: Any) -> None:
    operator, source, check, wanted = CASES[case]
    target = bench({"job.py": source})
    assert _outcome(check, target, None) != wanted
    proposals = target.of(f"operator:{operator}")
    assert wanted in [_outcome(check, target, proposal) for proposal in proposals]


def _outcome(check: Check, target: Any, proposal: Any) -> Any:
    try:
        return check(target.load(proposal, "job.py"))
    except (IndexError, NameError, TypeError, ValueError) as error:
        return repr(error)

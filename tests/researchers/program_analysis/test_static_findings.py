"""Detectors of plain suspicion find their defect in a small program, not in its healthy kin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

FOUND: dict[str, tuple[str, str]] = {
    "any failure means an empty cart": (
        "broad_except",
        "def cart(store, user):\n    try:\n        rows = store.load(user)\n"
        "        return [r.item for r in rows]\n    except Exception:\n        return []\n",
    ),
    "a handler behind a broader one": (
        "shadowed_handler",
        "def price(row):\n    try:\n        return row['price']\n    except LookupError:\n"
        "        return 0\n    except KeyError:\n        return None\n",
    ),
    "leaving in finally": (
        "finally_leaves",
        "def close(door):\n    try:\n        door.shut()\n    finally:\n        return True\n",
    ),
    "a tariff kept for one zone": (
        "cache_key",
        "_SEEN = {}\ndef tariff(zone, weight):\n    if zone in _SEEN:\n        return _SEEN[zone]\n"
        "    fee = base(zone) * weight\n    _SEEN[zone] = fee\n    return fee\n",
    ),
    "a cached total of what changes": (
        "cache_key",
        "from functools import lru_cache\nclass Till:\n    def __init__(self):\n"
        "        self.sales = 0\n    def sell(self, n):\n        self.sales = n\n"
        "    @lru_cache\n    def total(self):\n        return self.sales * 2\n",
    ),
    "guests struck while they are counted": (
        "changed_while_iterated",
        "def tidy(guests):\n    for g in guests:\n        if g.left:\n"
        "            guests.remove(g)\n",
    ),
    "a branch that was answered": (
        "repeated_condition",
        "def size(n):\n    if n > 9:\n        return 'l'\n    elif n > 5:\n        return 'm'\n"
        "    elif n > 9:\n        return 'xl'\n    return 's'\n",
    ),
    "a line behind a return": (
        "unreachable",
        "def wash(car):\n    return car\n    car.dry()\n",
    ),
    "a word that is always true": (
        "constant_condition",
        "def is_fruit(x):\n    if x == 'fig' or 'date':\n        return True\n    return False\n",
    ),
    "a function that is not called": (
        "constant_condition",
        "def is_open():\n    return False\ndef greet():\n    if is_open:\n        return 'hi'\n"
        "    return 'closed'\n",
    ),
    "inclusive in words alone": (
        "docstring_range",
        "def seats(first, last):\n    '''Seats from first to last, last included.'''\n"
        "    return list(range(first, last))\n",
    ),
    "blanks stay": ("dropped_result", "def plate(text):\n    text.strip()\n    return text\n"),
    "an order that is lost": (
        "dropped_result", "def queue(people):\n    sorted(people)\n    return people\n",
    ),
    "sort gives None": (
        "none_result",
        "def ranked(scores: list[int]):\n    best = scores.sort()\n    return best\n",
    ),
    "the identity of a number": (
        "identity_literal", "def full(n):\n    return n is 1000\n",
    ),
    "buttons that all do the last": (
        "late_binding",
        "def buttons(n):\n    made = []\n    for i in range(n):\n"
        "        made.append(lambda: i)\n    return made\n",
    ),
    "one step beyond the end": (
        "index_reaches_length",
        "def rises(v):\n    return [v[i + 1] - v[i] for i in range(len(v))]\n",
    ),
    "a while that goes too far": (
        "index_reaches_length",
        "def last(v):\n    i = 0\n    while i <= len(v):\n        x = v[i]\n        i += 1\n"
        "    return x\n",
    ),
    "halves that skip one": (
        "halving",
        "def place(v, x):\n    lo, hi = 0, len(v)\n    while lo < hi:\n"
        "        mid = (lo + hi) // 2\n        if v[mid] < x:\n            lo = mid + 1\n"
        "        else:\n            hi = mid - 1\n    return lo\n",
    ),
    "the first guest decides": (
        "single_round",
        "def all_paid(guests):\n    for g in guests:\n        if not g.paid:\n"
        "            return False\n        return True\n",
    ),
    "a sum that starts over": (
        "reset_in_loop",
        "def weight(bags):\n    for bag in bags:\n        total = 0\n        total += bag\n"
        "    return total\n",
    ),
    "a price overwritten": (
        "overwritten_unread",
        "def price(item):\n    cost = item.base * 2\n    cost = item.fee\n    return cost\n",
    ),
    "a comparison for an assignment": (
        "idle_statement", "def reset(meter):\n    meter.count == 0\n    return meter\n",
    ),
    "no answer on the last path": (
        "missing_return",
        "def grade(n: int) -> str:\n    if n > 5:\n        return 'pass'\n    n += 1\n",
    ),
    "text beside a number": (
        "mixed_kinds", "def adult():\n    age = input()\n    return age == 18\n",
    ),
    "height taken from width": (
        "unrenamed_copy",
        "def box(d, width, height):\n    out_width = d['width'] * scale(width)\n"
        "    out_height = d['width'] * scale(height)\n    return out_width, out_height\n",
    ),
    "a difference with itself": (
        "same_operand", "def gap(a, b):\n    return (a - a) * 2\n",
    ),
    "dice without a seed": (
        "unseeded", "import random\ndef roll():\n    return random.randint(1, 6)\n",
    ),
    "pages as the disk has them": (
        "listing_order",
        "import os\ndef pages(folder):\n    return [read(p) for p in os.listdir(folder)]\n",
    ),
    "a bucket by a salted hash": (
        "address_order", "def bucket(name: str, n):\n    return hash(name) % n\n",
    ),
    "a share cut to nothing": (
        "floor_ratio", "def share(a, b):\n    return a // b > 0.5\n",
    ),
    "tenths compared exactly": (
        "float_equality", "def even(a, b):\n    return a / b == 0.3\n",
    ),
    "defaults on top": (
        "shadowed_setting",
        "DEFAULTS = {'rows': 3}\ndef settle(options):\n    return {**options, **DEFAULTS}\n",
    ),
    "one basket for all": (
        "shared_attribute",
        "class Shopper:\n    basket = []\n    def add(self, x):\n        self.basket.append(x)\n",
    ),
    "one row many times": ("shared_rows", "def board(n):\n    return [[0] * n] * n\n"),
    "one file without its encoding": (
        "sibling_argument",
        "def a(p):\n    return open(p, encoding='utf-8')\ndef b(p):\n"
        "    return open(p, encoding='utf-8')\ndef c(p):\n    return open(p)\n",
    ),
    "one shelf mark not cleaned": (
        "sibling_argument",
        "def clean(s):\n    return s.strip()\ndef store(mark):\n    return {'m': mark}\n"
        "def one(s):\n    return store(clean(s))\ndef two(s):\n    return store(clean(s))\n"
        "def three(s):\n    return store(s)\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FOUND)
def test_a_defect_is_found(case: str, bench: Any) -> None:
    kind, source = FOUND[case]
    findings = [f for f in bench({"job.py": source}).diagnose() if f.kind == kind]
    assert findings
    assert all(f.location.line > 0 and f.evidence and 0 < f.strength <= 1 for f in findings)


HEALTHY: dict[str, str] = {
    "broad_except": "def read(p):\n    try:\n        return p.load()\n    except OSError:\n"
    "        return None\n",
    "shadowed_handler": "def f(x):\n    try:\n        return x()\n    except KeyError:\n"
    "        return 1\n    except LookupError:\n        return 2\n",
    "cache_key": "_SEEN = {}\ndef fee(zone, w):\n    if (zone, w) not in _SEEN:\n"
    "        _SEEN[zone, w] = base(zone) * w\n    return _SEEN[zone, w]\n",
    "changed_while_iterated": "def tidy(guests):\n    for g in list(guests):\n"
    "        guests.remove(g)\n    for g in guests:\n        if g.left:\n"
    "            guests.remove(g)\n            break\n",
    "unreachable": "def f(x):\n    with suppress(OSError):\n        return x()\n    return None\n",
    "repeated_condition": "def f(q):\n    if q.get():\n        return 1\n    elif q.get():\n"
    "        return 2\n    return 3\n",
    "docstring_range": "def f(last):\n    '''Numbers below last, which is excluded.'''\n"
    "    return list(range(last))\n",
    "dropped_result": "def f(t):\n    try:\n        t.encode('ascii')\n    except UnicodeError:\n"
    "        return False\n    return True\n",
    "late_binding": "def f(rows):\n    for key in 'ab':\n"
    "        rows = sorted(rows, key=lambda r: r[key])\n    return rows\n",
    "index_reaches_length": "def f(v):\n    return [v[i + 1] - v[i] for i in range(len(v) - 1)]\n",
    "halving": "def f(v, x):\n    lo, hi = 0, len(v)\n    while lo < hi:\n"
    "        mid = (lo + hi) // 2\n        if v[mid] < x:\n            lo = mid + 1\n"
    "        else:\n            hi = mid\n    return lo\n",
    "single_round": "def f(rows):\n    for r in rows:\n        if r:\n            continue\n"
    "        return r\n",
    "reset_in_loop": "def f(rows):\n    out = []\n    for r in rows:\n        t = 0\n"
    "        t += r\n        out.append(t)\n    return out\n",
    "overwritten_unread": "def f(x):\n    y = g(x)\n    y = y + 1\n    return y\n",
    "missing_return": "def f(x) -> int:\n    while True:\n        if x:\n            return x\n",
    "mixed_kinds": "def f(x: str | int):\n    return x == 3\n",
    "unrenamed_copy": "def f(d):\n    out_width = d['width']\n    out_height = d['height']\n"
    "    return out_width, out_height\n",
    "unseeded": "import random\nrandom.seed(3)\ndef roll():\n    return random.randint(1, 6)\n",
    "listing_order": "import os\ndef f(d):\n    return [p for p in sorted(os.listdir(d))]\n",
    "float_equality": "def f(a):\n    return a == 2 or a == 1.0\n",
    "shadowed_setting": "DEFAULTS = {}\ndef f(options):\n    return {**DEFAULTS, **options}\n",
    "shared_attribute": "class A:\n    rows = []\n    def __init__(self):\n        self.rows = []\n"
    "    def add(self, x):\n        self.rows.append(x)\n",
    "shared_rows": "def f(n):\n    return [0] * n\n",
    "sibling_argument": "def a(p):\n    return open(p, encoding='utf-8')\ndef b(p):\n"
    "    return open(p, encoding='utf-8')\ndef c(p):\n    return open(p, 'rb')\n",
    "constant_condition": "def is_open():\n    return 1\ndef f(x):\n    if is_open():\n"
    "        return x or 'none'\n    return x\n",
}


@pytest.mark.parametrize("kind", HEALTHY)
def test_healthy_kin_is_left_alone(kind: str, bench: Any) -> None:
    findings = bench({"job.py": HEALTHY[kind]}).diagnose()
    assert not [f.evidence for f in findings if f.kind == kind]


def test_a_key_that_no_file_has(bench: Any) -> None:
    files: Mapping[str, str] = {
        "conf.yaml": "page_rows: 3\n",
        "job.py": "def rows(conf):\n    return conf.get('page_row', 10)\n",
    }
    (finding,) = [f for f in bench(files).diagnose() if f.kind == "shadowed_setting"]
    assert "page_rows, not page_row" in finding.evidence


def test_an_interface_asks_for_what_is_ignored(bench: Any) -> None:
    lone = "def a(x, unit):\n    return x\n"
    pair = "class A:\n    def show(self, x, unit):\n        return x\nclass B:\n"
    pair += "    def show(self, x, unit):\n        return x, unit\n"
    strength = [
        next(f.strength for f in bench({"job.py": s}).diagnose() if f.kind == "ignored_parameter")
        for s in (lone, pair)
    ]
    assert strength[0] > strength[1]

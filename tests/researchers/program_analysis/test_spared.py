"""What looks like a defect and is none is spared, or weighs little."""

from __future__ import annotations

from typing import Any

import pytest

SPARED: dict[str, tuple[str, str]] = {
    "a chain that answers the rest": (
        "hole",
        "def f(n):\n    if n < 5:\n        return 1\n    elif n > 5:\n        return 2\n"
        "    else:\n        return 3\n",
    ),
    "attributes that a base or a name may set": (
        "unset_attribute",
        "class A(dict):\n    def __init__(self):\n        pass\n    def f(self):\n"
        "        return self.size\nclass B:\n    def __init__(self, **given):\n"
        "        self.__dict__.update(given)\n    def f(self):\n        return self.size\n",
    ),
    "a proper clamp": (
        "crossed_bounds", "def f(x, low, high):\n    return max(low, min(x, high))\n",
    ),
    "a slice up to the length": ("beyond_end", "def f(v):\n    v[len(v):] = [1]\n    return v\n"),
    "a pair that agrees": (
        "round_trip",
        "def dump(r):\n    return ';'.join(r)\ndef load(t):\n    return t.split(';')\n",
    ),
    "a property read for its effect": (
        "not_called",
        "class R:\n    @property\n    def head(self):\n        return 1\n"
        "    def go(self):\n        self.head\n        return 2\n",
    ),
    "a coroutine that is gathered later": (
        "unawaited",
        "import asyncio\nasync def a():\n    return 1\nasync def b():\n    x = a()\n"
        "    return await asyncio.gather(x)\n",
    ),
    "blanks and dots stripped": ("strips_letters", "def f(t):\n    return t.strip(' .,;')\n"),
    "a file that is handed on": (
        "left_open", "def f(p):\n    h = open(p, 'w')\n    h.write('x')\n    return h\n",
    ),
    "the same unit": (
        "unit_clash",
        "def g(a_km):\n    return a_km\ndef f(b_km):\n    return g(b_km)\n",
    ),
    "a loop that only counts": (
        "unread_loop_variable",
        "def f(v):\n    n = 0\n    for x in v:\n        n += 1\n    return n\n",
    ),
    "a switch that something sets": (
        "switched_off",
        "ON = False\ndef on():\n    global ON\n    ON = True\ndef f(x):\n    if ON:\n"
        "        return 1\n    return x\n",
    ),
    "the narrow kind first": (
        "shadowed_kind",
        "def f(x):\n    if isinstance(x, bool):\n        return 1\n    if isinstance(x, int):\n"
        "        return 2\n    return 3\n",
    ),
    "a time that is only converted": (
        "wall_clock", "import time\ndef f(t):\n    return time.localtime(t)\n",
    ),
    "a letter among flags": ("substring_word", "def f(mode: str):\n    return 'b' in mode\n"),
    "a cache under all it needs": (
        "cache_key",
        "C = {}\ndef g(a, b):\n    return a\ndef f(a, b):\n"
        "    return C.setdefault((a, b), g(a, b))\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SPARED)
def test_no_finding(case: str, bench: Any) -> None:
    kind, source = SPARED[case]
    found = [f.evidence for f in bench({"job.py": source}).diagnose() if f.kind == kind]
    assert found == []


def test_a_cut_where_something_was_found_weighs_little(bench: Any) -> None:
    parser = "def head(text: str):\n    i = text.find('#')\n    return text[:i]\n"
    cut = "def head(text: str):\n    return text[:40]\n"
    weak, strong = (
        [f.strength for f in bench({"job.py": s}).diagnose() if f.kind == "truncated_text"]
        for s in (parser, cut)
    )
    assert weak < strong


OTHERS: dict[str, tuple[str, dict[str, str]]] = {
    "a setting overwritten in another method": (
        "overwritten",
        {
            "oven.yaml": "heat: 200\n",
            "oven.py": "class Oven:\n    def __init__(self, conf):\n"
            "        self.heat = conf['heat']\n"
            "    def warm(self):\n        self.heat = 180\n",
        },
    ),
    "any error hidden by suppress": (
        "suppressed",
        {"a.py": "from contextlib import suppress\ndef f(x):\n    with suppress(Exception):\n"
         "        x.tune()\n"},
    ),
    "a fresh name in each run": (
        "fresh_value", {"a.py": "import uuid\ndef f(row):\n    row['id'] = uuid.uuid4()\n"},
    ),
    "tags joined out of a set": (
        "set_order", {"a.py": "def f(tags):\n    return ','.join(set(tags))\n"},
    ),
    "a library's encoding given once": (
        "round_trip",
        {"a.py": "def save(p, t):\n    with open(p, 'w', encoding='utf-8') as f:\n"
         "        f.write(t)\ndef load(p):\n    with open(p) as f:\n        return f.read()\n"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", OTHERS)
def test_a_finding(case: str, bench: Any) -> None:
    kind, files = OTHERS[case]
    assert kind in {f.kind for f in bench(files).diagnose()}

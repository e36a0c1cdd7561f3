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
    "exactly half is forgotten": (
        "interval_fit",
        "def grade(n):\n    if n < 50:\n        return 'low'\n    elif n > 50:\n"
        "        return 'high'\n",
        lambda m: m.grade(50), "high",
    ),
    "volume between crossed bounds": (
        "interval_fit",
        "def volume(x, low, high):\n    return min(low, max(x, high))\n",
        lambda m: (m.volume(5, 1, 9), m.volume(0, 1, 9)), (5, 1),
    ),
    "a season without its first day": (
        "interval_fit",
        "def open_on(day, start, end):\n    return start < day < end\n",
        lambda m: (m.open_on(1, 1, 5), m.open_on(5, 1, 5)), (True, True),
    ),
    "one seat beyond the last": (
        "interval_fit", "def last(seats):\n    return seats[len(seats)]\n",
        lambda m: m.last([1, 2]), 2,
    ),
    "the last none of the news": (
        "interval_fit", "def latest(news, n):\n    return news[-n:]\n",
        lambda m: (m.latest([1, 2], 0), m.latest([1, 2], 1)), ([], [2]),
    ),
    "rows joined and split otherwise": (
        "round_trip_match",
        "def dump_row(row):\n    return ';'.join(row)\n"
        "def parse_row(line):\n    return line.split(',')\n",
        lambda m: m.parse_row(m.dump_row(["a", "b"])), ["a", "b"],
    ),
    "days written and read otherwise": (
        "round_trip_match",
        "from datetime import date, datetime\ndef format_day(d):\n"
        "    return d.strftime('%d.%m.%Y')\ndef parse_day(t):\n"
        "    return datetime.strptime(t, '%m.%d.%Y').date()\n",
        lambda m: m.parse_day(m.format_day(m.date(2024, 5, 31))).day, 31,
    ),
    "miles where kilometres are taken": (
        "unit_convert",
        "def litres(way_km):\n    return way_km / 10\n"
        "def trip(way_miles):\n    return round(litres(way_miles), 2)\n",
        lambda m: m.trip(100), 16.09,
    ),
    "a bell that is only named": (
        "forgotten_call_made",
        "class Bell:\n    rung = 0\n    def ring(self):\n        self.rung += 1\n"
        "def call():\n    b = Bell()\n    b.ring\n    return b.rung\n",
        lambda m: m.call(), 1,
    ),
    "soup that nobody waits for": (
        "forgotten_call_made",
        "import asyncio\nasync def cook():\n    return 2\nasync def serve():\n"
        "    soup = cook()\n    return soup + 1\n",
        lambda m: m.asyncio.run(m.serve()), 3,
    ),
    "letters stripped for an ending": (
        "forgotten_call_made", "def stem(name):\n    return name.rstrip('.txt')\n",
        lambda m: m.stem("text.txt"), "text",
    ),
    "a turnstile that never began to count": (
        "attribute_set",
        "class Gate:\n    def __init__(self):\n        self.open = True\n"
        "    def enter(self):\n        self.count += 1\n        return self.count\n",
        lambda m: m.Gate().enter(), 1,
    ),
    "a name that is not kept": (
        "attribute_set",
        "class Badge:\n    def __init__(self, name):\n        self.worn = True\n"
        "    def text(self):\n        return self.name.upper()\n",
        lambda m: m.Badge("ada").text(), "ADA",
    ),
    "a shelf that was never put up": (
        "attribute_set",
        "class Shelf:\n    def __init__(self, width):\n        self.width = width\n"
        "    def put(self, book):\n"
        "        self.books.append(book)\n        return len(self.books) <= self.width\n",
        lambda m: m.Shelf(1).put("a"), True,
    ),
    "a rule that is switched off": (
        "dead_code_live",
        "ROUND = False\ndef price(x):\n    if ROUND:\n        return round(x)\n    return x\n",
        lambda m: m.price(1.6), 2,
    ),
    "yes is a number too": (
        "dead_code_live",
        "def kind(x):\n    if isinstance(x, int):\n        return 'n'\n"
        "    if isinstance(x, bool):\n        return 'b'\n    return 's'\n",
        lambda m: (m.kind(True), m.kind(1)), ("b", "n"),
    ),
    "a diary left open": (
        "close_file",
        "class Paper:\n    shut = False\n    def write(self, t):\n        pass\n"
        "    def close(self):\n        Paper.shut = True\ndef open(p):\n    return Paper()\n"
        "def note(p, t):\n    book = open(p)\n    book.write(t)\n    return Paper.shut\n",
        lambda m: m.note("d", "t"), True,
    ),
    "the first guest greeted by all": (
        "near_name_rename",
        "def names(people):\n    out = []\n    first = people[0]\n"
        "    for person in people:\n        out.append(first.title())\n    return out\n",
        lambda m: m.names(["ann", "bob"]), ["Ann", "Bob"],
    ),
    "a fare kept for any day": (
        "cache_key_whole",
        "FARES = {}\ndef base(zone, day):\n    return zone * day\ndef fare(zone, day):\n"
        "    try:\n        return FARES[zone]\n    except KeyError:\n"
        "        FARES[zone] = made = base(zone, day)\n        return made\n",
        lambda m: (m.fare(2, 1), m.fare(2, 3))[1], 6,
    ),
    "one clock with a zone and one without": (
        "sibling_argument_pass",
        "from datetime import datetime, timezone\ndef sent(t):\n"
        "    return datetime.fromtimestamp(t, timezone.utc)\ndef read(t):\n"
        "    return datetime.fromtimestamp(t)\n",
        lambda m: m.read(0) == m.sent(0), True,
    ),
    "pages in the disk's order": (
        "nondeterminism_sort",
        "class os:\n    @staticmethod\n    def listdir(folder):\n        return ['b', 'a']\n"
        "def pages(folder):\n    return [p + '!' for p in os.listdir(folder)]\n",
        lambda m: m.pages("."), ["a!", "b!"],
    ),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:coroutine")
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
    except (AttributeError, IndexError, NameError, TypeError, ValueError) as error:
        return repr(error)

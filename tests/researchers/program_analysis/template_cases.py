"""Small programs, one for each blind template: source, a part of the mend, and what then holds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

Check = Callable[[Any], Any]


def _booked(bag: Any) -> Any:
    bag.put(3)
    return bag.size


CASES: dict[str, tuple[str, str, Check]] = {
    "absent_entry": ("def f(d):\n  d[1].add(2)\n", "setdefault(1", lambda m: not m["f"]({})),
    "missing_super": (
        "class A:\n  def __init__(s):\n    s.x = 1\nclass B(A):\n  def __init__(s):\n    s.y = 2\n",
        "super().__init__()",
        lambda m: m["B"]().x == 1,
    ),
    "add_clause": (
        "def last(rows):\n    if rows[-1] > 3:\n        return True\n    return False\n",
        "if rows and rows[-1] > 3:",
        lambda m: m["last"]([]) is False,
    ),
    "fallback_value": (
        "def shown(name, login):\n    label = name\n    return label.upper()\n",
        "label = name or login",
        lambda m: m["shown"](None, "ann") == "ANN",
    ),
    "borrowed_term": (
        "def wheel(a, b, size):\n    low = a % size\n    high = (a + b)\n    return low, high\n",
        "(a + b) % size",
        lambda m: m["wheel"](5, 6, 7) == (5, 4),
    ),
    "drop_term": (
        "def share(part, rest):\n    return (part + rest) / 2\n",
        "(part) / 2",
        lambda m: m["share"](4, 9) == 2,
    ),
    "add_term": (
        "def fare(distance, fee):\n    total = distance\n    return total\n",
        "total = distance + fee",
        lambda m: m["fare"](3, 4) == 7,
    ),
    "augment_assignment": (
        "def total(rows):\n    s = 0\n    for r in rows:\n        s = r\n    return s\n",
        "s += r",
        lambda m: m["total"]([1, 2]) == 3,
    ),
    "await_call": (
        "async def load():\n    return 3\nasync def show():\n    return load()\n",
        "return await load()",
        lambda m: asyncio.run(m["show"]()) == 3,
    ),
    "bind_name": (
        "def doubled(rows):\n    for row in rows:\n        made.append(2 * row)\n    return made\n",
        "made = []",
        lambda m: m["doubled"]([1, 2]) == [2, 4],
    ),
    "borrowed_guard": (
        "def pay(sum):\n    if sum < 0:\n        raise ValueError('below zero')\n    return sum\n"
        "def lend(sum):\n    return 2 * sum\n"
        "def refused():\n    try:\n        lend(-1)\n    except ValueError:\n        return True\n",
        "raise ValueError('below zero')\n    return 2 * sum",
        lambda m: m["refused"]() and m["lend"](3) == 6,
    ),
    "book_attribute": (
        "class Bag:\n  def __init__(self):\n    self.size = 0\n  def put(self, x):\n    pass\n"
        "  def take(self):\n    self.size -= 1\n",
        "self.size += 1",
        lambda m: _booked(m["Bag"]()) == 1,
    ),
    "keep_value": (
        "def clean(text):\n    word = text.strip()\n    word = text\n    return word\n",
        "word = text.strip()\n    return word",
        lambda m: m["clean"](" a ") == "a",
    ),
    "conditional_value": (
        "def mark(sum):\n    sign = '-'\n    return sign + str(abs(sum))\n",
        "'-' if sum < 0 else \"\"",
        lambda m: (m["mark"](3), m["mark"](-3)) == ("3", "-3"),
    ),
    "copy_parameter": (
        "def marked(rows):\n    out = rows\n    out[0] = 'x'\n    return out\n"
        "def kept(rows):\n    return marked(rows) != rows\n",
        "out = list(rows)",
        lambda m: m["kept"](["a"]),
    ),
    "copy_statement": (
        "def runs(text):\n    out, run = [], ''\n    for c in text:\n"
        "        if run and c != run[0]:\n            out.append(run)\n            run = ''\n"
        "        run += c\n    return out\n",
        "out.append(run)\n    return out",
        lambda m: m["runs"]("aab") == ["aa", "b"],
    ),
    "fill_block": (
        "def balance(rows):\n    total = 0\n    for sum, paid in rows:\n        if paid:\n"
        "            total -= sum\n        else:\n            pass\n    return total\n",
        "else:\n            total += sum",
        lambda m: m["balance"]([(3, False), (1, True)]) == 2,
    ),
    "guard_exit": (
        "def first(rows):\n    raise LookupError('there is nothing')\n    return rows[0]\n",
        "if not rows:",
        lambda m: m["first"]([4]) == 4,
    ),
    "drop_clause": (
        "def free(day, price):\n    return day == 6 or price == 0 or price\n",
        "return day == 6 or price == 0",
        lambda m: not m["free"](1, 5),
    ),
    "drop_guard": (
        "def ages(rows):\n    out = []\n    for r in rows:\n        if r > 5:\n"
        "            out.append(r)\n    return out\n",
        "        out.append(r)",
        lambda m: m["ages"]([1, 9]) == [1, 9],
    ),
    "exchange_callee": (
        "def ready(parts):\n    return any(parts)\n",
        "all(parts)",
        lambda m: m["ready"]([1, 0]) is False,
    ),
    "exchange_variables": (
        "def span(start, end):\n    return (end, start)\n",
        "(start, end)",
        lambda m: m["span"](1, 2) == (1, 2),
    ),
    "extra_argument": (
        "def show(price):\n    return str(round(price, 1))\n",
        "round(price)",
        lambda m: m["show"](2.0) == "2",
    ),
    "feed_accumulator": (
        "def names(rows):\n    out = []\n    for r in rows:\n        name = r.upper()\n"
        "    return out\n",
        "out.append(name)",
        lambda m: m["names"](["a"]) == ["A"],
    ),
    "filter_elements": (
        "def names(rows):\n    return [r.upper() for r in rows]\n",
        "for r in rows if r",
        lambda m: m["names"](["a", None]) == ["A"],
    ),
    "guard_statement": (
        "def words(text):\n    out, word = [], ''\n    for c in text:\n        if c == ' ':\n"
        "            out.append(word)\n            word = ''\n        else:\n"
        "            word += c\n    out.append(word)\n    return out\n",
        "    if word:\n        out.append(word)",
        lambda m: m["words"]("ab ") == ["ab"],
    ),
    "handle_exception": (
        "def prices(rows):\n    out = []\n    for r in rows:\n        out.append(float(r))\n"
        "    return out\n",
        "except ValueError:",
        lambda m: m["prices"](["x", "2"]) == [2.0],
    ),
    "initial_value": (
        "def product(rows):\n    p = 0\n    for r in rows:\n        p *= r\n    return p\n",
        "p = 1",
        lambda m: m["product"]([2, 3]) == 6,
    ),
    "insert_guard": (
        "def fold(n):\n    return n * fold(n - 1)\n",
        "if n <= 1:\n        return 1",
        lambda m: m["fold"](4) == 24,
    ),
    "loop_range": (
        "def squares(n):\n    return [i * i for i in range(n)]\n",
        "range(1, n + 1)",
        lambda m: m["squares"](3) == [1, 4, 9],
    ),
    "mark_element": (
        "def unique(rows):\n    seen, out = set(), []\n    for r in rows:\n"
        "        if r not in seen:\n            out.append(r)\n    return out\n",
        "seen.add(r)",
        lambda m: m["unique"]([1, 1]) == [1],
    ),
    "missing_call": (
        "def name(text: str) -> str:\n    return text\n",
        "text.strip()",
        lambda m: m["name"](" a ") == "a",
    ),
    "mutate_arithmetic": (
        "def growth(old, new):\n    return old - new\n",
        "new - old",
        lambda m: m["growth"](1, 3) == 2,
    ),
    "mutate_comparison": (
        "def adult(age):\n    return age > 18\n",
        "age >= 18",
        lambda m: m["adult"](18),
    ),
    "mutate_flow": (
        "def total(v):\n    s = 0\n    for x in v:\n        s += x\n        return s\n",
        "s += x\n    return s",
        lambda m: m["total"]([1, 2]) == 3,
    ),
    "mutate_literal": (
        "def first():\n    return 1\n",
        "return 0",
        lambda m: m["first"]() == 0,
    ),
    "mutate_variable": (
        "def move(x: int, y: int):\n    return (x + y, x)\n",
        "(x + y, y)",
        lambda m: m["move"](1, 2) == (3, 2),
    ),
    "missing_argument": (
        "def line(text, width):\n    return text.ljust(width)\n"
        "def page(text, width):\n    return line(text)\n",
        "line(text, width=width)",
        lambda m: m["page"]("a", 3) == "a  ",
    ),
    "missing_return": (
        "def total(rows):\n    s = 0\n    for r in rows:\n        s += r\n",
        "return s",
        lambda m: m["total"]([1, 2]) == 3,
    ),
    "missing_self": (
        "class Jar:\n    def __init__(self, size):\n        self.size = size\n"
        "    def room(self, used):\n        return size - used\n",
        "self.size - used",
        lambda m: m["Jar"](3).room(1) == 2,
    ),
    "move_statement": (
        "def total(rows):\n    s = 0\n    for r in rows:\n        s += r\n"
        "        s = s + 1\n    return s\n",
        "    s = s + 1\n    return s",
        lambda m: m["total"]([1, 2]) == 4,
    ),
    "negate_condition": (
        "def closed(day):\n    return not day == 6\n",
        "return day == 6",
        lambda m: m["closed"](6),
    ),
    "off_by_one": (
        "def last(rows):\n    return rows[len(rows)]\n",
        "rows[len(rows) - 1]",
        lambda m: m["last"]([1, 2]) == 2,
    ),
    "other_attribute": (
        "class Box:\n    def __init__(self, w, h):\n        self.w = w\n        self.h = h\n"
        "    def area(self):\n        return self.w * self.w\n",
        "self.w * self.h",
        lambda m: m["Box"](2, 3).area() == 6,
    ),
    "other_branch": (
        "def sign(x):\n    return 'plus' if x < 0 else 'minus'\n",
        "'minus' if x < 0 else 'plus'",
        lambda m: m["sign"](1) == "plus",
    ),
    "other_comparison": (
        "def fits(n, room):\n    return n == room\n",
        "n <= room",
        lambda m: m["fits"](1, 2),
    ),
    "other_expression": (
        "def cost(item, count):\n    if item['price'] > 3:\n        return 0\n"
        "    return count * 2\n",
        "return item['price'] * 2",
        lambda m: m["cost"]({"price": 2}, 5) == 4,
    ),
    "other_function": (
        "def inner(r):\n    return r * 2\ndef outer(r):\n    return r * 3\n"
        "def ring(r):\n    return outer(r) - outer(r)\n",
        "outer(r) - inner(r)",
        lambda m: m["ring"](1) == 1,
    ),
    "other_index": (
        "def cell(grid, i, j):\n    return grid[j][i]\n",
        "grid[i][j]",
        lambda m: m["cell"]([[1, 2], [3, 4]], 0, 1) == 2,
    ),
    "other_literal": (
        "UNITS = ['km', 'mile']\ndef unit():\n    return 'kn'\n",
        '"km"',
        lambda m: m["unit"]() == "km",
    ),
    "other_operator": (
        "def odd(n):\n    return n // 2 == 1\n",
        "n % 2",
        lambda m: m["odd"](7),
    ),
    "other_return": (
        "def has(rows, x):\n    for r in rows:\n        if r == x:\n            return False\n"
        "    return False\n",
        "return True",
        lambda m: m["has"]([1], 1) and not m["has"]([1], 2),
    ),
    "other_variable": (
        "RATE = 3\ndef pay(hours):\n    total = hours * hours\n    return total\n",
        "hours * RATE",
        lambda m: m["pay"](2) == 6,
    ),
    "outer_variable": (
        "count = 0\ndef step():\n    count = 1\nstep()\n",
        "global count",
        lambda m: m["count"] == 1,
    ),
    "parallel_assignment": (
        "def gcd(a, b):\n    while b:\n        a = b\n        b = a % b\n    return a\n",
        "a, b = b, a % b",
        lambda m: m["gcd"](12, 18) == 6,
    ),
    "recursion_argument": (
        "def down(n):\n    if n == 0:\n        return [0]\n    return [n] + down(n)\n",
        "down(n - 1)",
        lambda m: m["down"](2) == [2, 1, 0],
    ),
    "regroup": (
        "def middle(a, b):\n    return a + b / 2\n",
        "(a + b) / 2",
        lambda m: m["middle"](2, 4) == 3,
    ),
    "skip_element": (
        "def unique(rows):\n    seen, out = set(), []\n    for r in rows:\n"
        "        seen.add(r)\n        out.append(r)\n    return out\n",
        "if r in seen:\n            continue",
        lambda m: m["unique"]([1, 1, 2]) == [1, 2],
    ),
    "slice_bounds": (
        "def tail(text, n):\n    return text[:n]\n",
        "text[n:]",
        lambda m: m["tail"]("abc", 1) == "bc",
    ),
    "swap_arguments": (
        "def ratio(whole, part):\n    return part / whole\n"
        "def half(n):\n    return ratio(n, 2 * n)\n",
        "ratio(2 * n, n)",
        lambda m: m["half"](3) == 0.5,
    ),
    "turn_sign": (
        "def best(rows):\n    return sorted(rows, key=lambda r: r[1])[0]\n",
        "-r[1]",
        lambda m: m["best"]([("a", 1), ("b", 2)]) == ("b", 2),
    ),
    "unwrap_call": (
        "def shown(rows):\n    return list(reversed(rows))\n",
        "list(rows)",
        lambda m: m["shown"]([1, 2]) == [1, 2],
    ),
    "wrap_call": (
        "def clean(word):\n    return word.strip()\ndef same(a, b):\n    return clean(a) == b\n",
        "clean(b)",
        lambda m: m["same"]("x", " x "),
    ),
    "yield_value": (
        "def leaves(tree):\n    for t in tree:\n        if isinstance(t, list):\n"
        "            leaves(t)\n        else:\n            yield t\n",
        "yield from leaves(t)",
        lambda m: list(m["leaves"]([1, [2]])) == [1, 2],
    ),
}

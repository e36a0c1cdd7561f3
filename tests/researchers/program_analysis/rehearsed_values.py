# ruff: noqa: E501
"""Texts, containers and numbers: small programs that set `result` or end with an exception."""

from __future__ import annotations

CASES: dict[str, str] = {
    "texts": """\
name, n, x = "Ann", 42, 3.14159
result = (f"{name!r:>8}|{n:05d}|{x:.2f}|{n:x}|{x:8.3e}|{n:,}|{name:^9}|{n + 1}|{'in'}", f"{{}}",
          f"{x:{8}.{3}}", f"{n=}", "%s is %d and %.1f%%" % (name, n, x), "%5s|%-5s|" % ("a", "b"),
          f"{True}", f"{None}", f"{[1, 'a']}", f"{n:b}", f"{0.5:.0%}", f"{name.upper()!s:*<6}")
""",
    "wrong_format": "result = f\"{'a':d}\"\n",
    "text_methods": """\
t = "  The quick, brown Fox  "
result = (t.strip().split(), t.lower().count("o"), t.find("quick"), t.find("x!"), "a-b-c".split("-", 1),
          ",".join(["a", "b"]), "abc".replace("b", "x"), "abc"[::-1], "x".zfill(3), "Ab1".swapcase(),
          "a b".title(), "abc".index("c"), "ab\\ncd".splitlines(), "k=v".partition("="), "7".isdigit(),
          "abc".startswith(("x", "a")), "aXbX".rsplit("X"), "prefix-x".removeprefix("prefix-"),
          "hello".translate(str.maketrans("el", "ip")), ord("a"), chr(98), "a" in "cab", "ß".upper(),
          "ab".center(6, "*"), "é".encode("utf-8"), sorted("hello"), "a" * 3, "b" > "a")
""",
    "text_index": "'abc'.index('z')\n",
    "text_and_number": "result = 'a' + 1\n",
    "slices": """\
rows = list(range(10))
rows[2:4] = ["a", "b", "c"]
del rows[0], rows[-1]
rows[::4] = [0, 0, 0]
cut = slice(1, None, 2)
result = rows, rows[cut], rows[-3:], rows[:-3:-1], "abcdef"[1:5:2], rows[20:], (1, 2, 3)[-2:]
""",
    "index_out_of_range": "result = [1, 2][2]\n",
    "index_of_wrong_kind": "result = [1, 2]['a']\n",
    "slice_step_zero": "result = [1, 2][::0]\n",
    "chained_comparison": """\
calls = []
def n(x):
    calls.append(x)
    return x
result = (1 < n(2) < 3, 3 > n(1) > n(0) > n(5) > n(9), 1 == 1.0 == True, 1 < 3 > 2 != 4,
          "a" < "b" <= "b", [1, 2] < [1, 3], (1,) < (1, 0), not 1 < 2, calls, None is None is not 1)
""",
    "comparison_of_kinds": "result = 1 < 'a'\n",
    "boolean_values": """\
result = (0 or "a", [] and 1, None or 0 or "x", 1 and 2 and 3, not [], "" or {}, 1 if [] else 2,
          [n for n in range(20) if n % 2 if n % 3], all([]), any([]), bool("0"))
""",
    "dicts": """\
d = dict(b=1, a=2)
d.setdefault("c", []).append(3)
d.update({"a": 5}, z=0)
popped = d.pop("b"), d.pop("none", "default")
inverted = {str(v): k for k, v in d.items()}
order = sorted(d, key=lambda k: str(d[k]))
result = (d, popped, inverted, order, list(d.keys()), "a" in d, d.get("q"), d | {"a": 1}, len(d),
          dict(zip("ab", range(2))), dict.fromkeys("ab", 0), list(reversed(d)), d.items() >= {("a", 5)},
          sum(v for v in d.values() if isinstance(v, int)), max(d, key=len))
""",
    "missing_key": "result = {'a': 1}['b']\n",
    "unhashable_key": "result = {[1]: 2}\n",
    "dict_changed_in_loop": "d = {1: 1}\nfor k in d:\n    d[k + 1] = 1\n",
    "sets": """\
a, b = {1, 2, 3}, {3, 4}
a.add(9)
a.discard(77)
result = (a | b, a & b, a - b, a ^ b, a <= {1, 2, 3, 9}, a.isdisjoint({8}), frozenset(b) == b,
          len({1, 1.0, True}), sorted(a.union([5], (6,))), a.issuperset([1]), {frozenset({1}): 2})
""",
    "set_remove": "s = {1}\ns.remove(2)\n",
    "lists": """\
rows = [3, 1, 2]
rows.append(5)
rows.extend((4, 4))
rows.insert(1, 9)
rows.remove(4)
popped = rows.pop(), rows.pop(0)
ordered = sorted(rows, reverse=True)
rows.sort(key=lambda n: (n % 2, -n))
result = (rows, popped, ordered, rows.index(9), rows.count(1), [1] * 3 + [2], list(reversed(rows)),
          min(rows), max(rows, default=0), max([], default=0), sum([[1], [2]], []), [[]] * 2,
          list(zip(*[(1, 2), (3, 4)])), list(enumerate("ab", 1)), sorted([(1, "b"), (1, "a")]),
          list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(filter(None, [0, 1, "", 2])))
""",
    "empty_max": "max([])\n",
    "pop_of_empty": "[].pop()\n",
    "remove_of_missing": "[1].remove(2)\n",
    "sort_of_kinds": "sorted([1, 'a'])\n",
    "number_functions": """\
import math
result = (7 // 2, -7 // 2, -7 % 3, 7 / 2, divmod(-7, 2), 2 ** 10, 2 ** -1, 1e3, 0.1 + 0.2, round(2.5),
          round(3.14159, 2), abs(-3), int("12"), int("ff", 16), int(3.9), float("1.5"), bin(10), hex(255),
          math.sqrt(16), math.gcd(12, 18), math.floor(-1.5), math.ceil(1.2), math.isqrt(17), math.inf > 1,
          math.factorial(5), math.comb(5, 2), math.prod([2, 3]), math.hypot(3, 4), pow(3, 4, 5), 5 & 3,
          5 | 3, 5 ^ 3, ~5, 1 << 4, 0b101, 0xFF, 10_000, 3 + 4j, (5).bit_length(), (1.5).is_integer(),
          math.log(8, 2), math.pow(2, 3), math.pi, math.isclose(0.1 + 0.2, 0.3), int(True) + True,
          math.trunc(-2.7), sum([0.1] * 3), math.lcm(4, 6), math.dist((0, 0), (3, 4)), float("inf"))
""",
    "division_by_zero": "result = 1 / 0\n",
    "remainder_by_zero": "result = 1 % 0\n",
    "root_of_negative": "import math\nmath.sqrt(-1)\n",
    "int_of_text": "int('1.5')\n",
}

"""What a program lost is written anew from its own parts: the code is run before and after."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from researchers.program_analysis.context import Context
from researchers.program_analysis.program import Program
from researchers.program_analysis.templates import TEMPLATES

CASES: dict[str, tuple[str, str, str, Callable[[Any], Any]]] = {
    "the other case of what follows": (
        "other_branch",
        "def sign(n):\n    out = 1\n    if n < 0:\n        out = -1\n    out = 0\n    return out\n",
        "    else:\n        out = 0\n    return out",
        lambda m: m["sign"](-3) == -1,
    ),
    "the link that is not the first": (
        "other_branch",
        "class Chain:\n    def __init__(self, *keys):\n        self.head = None\n"
        "        for key in reversed(keys):\n            node = type(self).__new__(Chain)\n"
        "            node.key, node.after = key, self.head\n            self.head = node\n"
        "    def drop(self, key):\n        before, node = None, self.head\n"
        "        while node.key != key:\n            before, node = node, node.after\n"
        "        if before is None:\n            self.head = node.after\n        return self\n"
        "    def keys(self):\n        node, out = self.head, []\n        while node is not None:\n"
        "            out.append(node.key)\n            node = node.after\n        return out\n",
        "before.after = node.after",
        lambda m: m["Chain"](1, 2, 3).drop(2).keys() == [1, 3],
    ),
    "the question of a check": (
        "guard_statement",
        "def is_whole(n):\n    return n == int(n)\ndef half(n):\n    raise ValueError(n)\n"
        "    return n / 2\n",
        "if not is_whole(n):\n        raise",
        lambda m: m["half"](4) == 2,
    ),
    "what sibling calls pass": (
        "missing_argument",
        "def both(rows, width):\n    first = [r.ljust(width) for r in rows]\n"
        "    return first, [r.rjust() for r in rows], [r.rjust(width) for r in rows]\n",
        "[r.rjust(width) for r in rows], [r.rjust(width)",
        lambda m: m["both"](["a"], 2)[1] == [" a"],
    ),
    "what a heap is fed with": (
        "feed_accumulator",
        "from heapq import heappop\nimport heapq\ndef reach(links, start):\n"
        "    seen = set()\n    queue = [start]\n    while queue:\n"
        "        node = heapq.heappop(queue)\n        if node in seen:\n            continue\n"
        "        seen.add(node)\n        for step in links.get(node, ()):\n            pass\n"
        "    return seen\n",
        "heapq.heappush(queue, step)",
        lambda m: m["reach"]({1: [2]}, 1) == {1, 2},
    ),
    "what a loop cuts off": (
        "feed_accumulator",
        "def flat(rows):\n    out = []\n    while rows:\n        rows = rows[1:]\n    return out\n",
        "out.extend(rows[0])",
        lambda m: m["flat"]([[1], [2, 3]]) == [1, 2, 3],
    ),
    "a copy of what changes": (
        "copy_parameter",
        "def sorted_by_hand(rows):\n    out = rows\n    out.sort()\n    return out\n"
        "def kept(rows):\n    sorted_by_hand(rows)\n    return rows\n",
        "out = list(rows)",
        lambda m: m["kept"]([2, 1]) == [2, 1],
    ),
    "what comes as often as a number says": (
        "feed_accumulator",
        "def change(sum, coins):\n    out = []\n    for coin in coins:\n"
        "        times, sum = divmod(sum, coin)\n    return out\n",
        "out.extend([coin] * times)",
        lambda m: m["change"](7, [3, 1]) == [3, 3, 1],
    ),
    "a first entry": (
        "bind_name",
        "def reach(links, start):\n    todo = [start]\n    while todo:\n        at = todo.pop()\n"
        "        for to in links.get(at, ()):\n            if to not in far:\n"
        "                far[to] = far[at] + 1\n                todo.append(to)\n    return far\n",
        "far = {start: 0}",
        lambda m: m["reach"]({"a": ["b"]}, "a") == {"a": 0, "b": 1},
    ),
    "a field that is set twice": (
        "keep_value",
        "class Meter:\n    def __init__(self, top):\n        self.seen = 0\n"
        "        self.seen = top\n        self.top = top\n",
        "self.seen = 0\n        self.top",
        lambda m: m["Meter"](3).seen == 0,
    ),
    "the other part of what is cut": (
        "slice_bounds",
        "def marked(rows):\n    return [r + '!' for r in rows[:-1]] + rows[1:]\n",
        "rows[-1:]",
        lambda m: m["marked"](["a", "b", "c"]) == ["a!", "b!", "c"],
    ),
    "the neighbour to compare with": (
        "missing_argument",
        "def best(t, i, j):\n    return max(t[i + 1][j])\n",
        "max(t[i + 1][j], t[i][j + 1])",
        lambda m: m["best"]([[0, 9], [3, 0]], 0, 0) == 9,
    ),
    "two first values": (
        "bind_name",
        "def shown(rows):\n    for row in rows:\n        clock = max(clock, row)\n"
        "        seen.append(clock)\n    return seen\n",
        "seen = []",
        lambda m: m["shown"]([1, 3, 2]) == [1, 3, 3],
    ),
    "an index that may fall below": (
        "add_clause",
        "def drop(rows, x):\n    at = len(rows) - 1\n    while rows[at] > x:\n"
        "        at -= 1\n    return rows[: at + 1]\n",
        "at >= 0 and rows[at] > x",
        lambda m: m["drop"]([5, 6], 2) == [],
    ),
    "what is taken elsewhere": (
        "fallback_value",
        "def same(x):\n    return x\ndef first(rows, key):\n    return (key or same)(rows[0])\n"
        "def last(rows, key):\n    get = key\n    return get(rows[-1])\n",
        "get = key or same",
        lambda m: m["last"]([1, 2], None) == 2,
    ),
    "a step": (
        "missing_argument",
        "def cut(text, width):\n    return [text[at : at + width] for at in range(0, len(text))]\n",
        "range(0, len(text), width)",
        lambda m: m["cut"]("abcd", 2) == ["ab", "cd"],
    ),
    "an element of a field": (
        "other_index",
        "class Tape:\n    def __init__(self, text):\n        self.text, self.at = text, 1\n"
        "    def ahead(self):\n        return self.text[self.at] == 'b'\n"
        "    def here(self):\n        letter = self.text\n        return letter\n",
        "letter = self.text[self.at]",
        lambda m: m["Tape"]("ab").here() == "b",
    ),
    "a method of its own": (
        "wrap_call",
        "class Cup:\n    def __init__(self, n):\n        self.n = n\n"
        "    def _filled(self):\n        return self.n\n    def level(self):\n"
        "        return self\n",
        "return self._filled()",
        lambda m: m["Cup"](3).level() == 3,
    ),
    "the element before": (
        "other_index",
        "def before(rows, at):\n    rows[at] = 0\n    last = rows\n    return last\n",
        "last = rows[at - 1]",
        lambda m: m["before"]([7, 8], 1) == 7,
    ),
    "the same question of another part": (
        "add_clause",
        "def read(whole, rest):\n    if not whole.isdigit() or rest:\n        return None\n"
        "    return int(whole) + (int(rest) / 10 if rest else 0)\n",
        "or (rest and not rest.isdigit())",
        lambda m: m["read"]("1", "5") == 1.5 and m["read"]("1", "x") is None,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_lost_part_is_among_the_drafts(name: str, tmp_path: Path, dossier: Any) -> None:
    template, source, mend, check = CASES[name]
    (tmp_path / "job.py").write_text(source, encoding="utf-8")
    context = Context(Program(dossier(tmp_path)))
    (operator,) = [t for t in TEMPLATES if t.name == template]
    texts = [text for d in operator.drafts(context) for text in d.files.values() if mend in text]
    assert texts
    assert any(_holds(check, text) for text in texts)
    assert not _holds(check, source)


def _holds(check: Callable[[Any], Any], text: str) -> bool:
    names: dict[str, Any] = {}
    try:
        exec(compile(text, "job.py", "exec"), names)
        return bool(check(names))
    except (ArithmeticError, AttributeError, LookupError, NameError, TypeError, ValueError):
        return False

# ruff: noqa: E501
"""Modules of the library, and programs that use several things: small programs that set `result` or end with an exception."""

from __future__ import annotations

CASES: dict[str, str] = {
    "heaps_and_bisection": """\
import heapq
from bisect import bisect_left, bisect_right, insort
heap = []
for n in [5, 1, 4]:
    heapq.heappush(heap, (n, str(n)))
rows = [1, 3, 3, 7]
insort(rows, 4)
result = (heapq.heappop(heap), heapq.heappushpop(heap, (9, "")), heapq.nlargest(2, [1, 5, 3]),
          heapq.nsmallest(2, ["ccc", "a", "bb"], key=len), bisect_left(rows, 3), bisect_right(rows, 3),
          rows, list(heapq.merge([1, 4], [2, 3])))
""",
    "iteration_tools": """\
import itertools
from itertools import accumulate, chain, combinations, groupby, islice, permutations, product
result = (list(accumulate([1, 2, 3])), list(chain([1], (2,))), list(chain.from_iterable(["ab", "c"])),
          list(combinations("abc", 2)), list(permutations([1, 2, 3], 2)), list(product([0, 1], repeat=2)),
          [(k, len(list(g))) for k, g in groupby("aabccc")], list(islice(itertools.count(5, 2), 3)),
          list(itertools.zip_longest([1, 2], "a", fillvalue="-")), list(itertools.repeat("x", 2)),
          list(itertools.takewhile(lambda n: n < 3, [1, 2, 5, 1])), list(islice(itertools.cycle("ab"), 5)),
          list(itertools.pairwise([1, 2, 3])), list(itertools.starmap(pow, [(2, 3)])),
          list(itertools.dropwhile(lambda n: n < 3, [1, 5, 1])), list(itertools.compress("abc", [1, 0, 1])),
          list(accumulate([3, 1, 2], max)), list(map(list, itertools.tee([1, 2]))))
""",
    "function_tools": """\
import functools
from functools import cache, cmp_to_key, lru_cache, partial, reduce, wraps
def traced(function):
    @wraps(function)
    def run(*args, **named):
        run_log.append(function.__name__)
        return function(*args, **named)
    return run
run_log = []
@traced
def double(n):
    "Doubles."
    return 2 * n
@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
@cache
def steps(n):
    return 1 if n <= 1 else steps(n - 1) + steps(n - 2)
@functools.total_ordering
class Size:
    def __init__(self, n):
        self.n = n
    def __eq__(self, other):
        return self.n == other.n
    def __lt__(self, other):
        return self.n < other.n
result = (double(4), double.__name__, double.__doc__, run_log, fib(60), steps(20), partial(pow, 2)(5),
          reduce(lambda a, b: a * b, [1, 2, 3], 1), sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)),
          Size(3) >= Size(2), Size(1) <= Size(0), fib.cache_info().misses)
""",
    "decorator_with_arguments": """\
def repeat(times):
    def wrap(function):
        def run(*args):
            return [function(*args) for _ in range(times)]
        return run
    return wrap
@repeat(times=3)
def hello(name):
    return "hi " + name
result = hello("bo")
""",
    "collections": """\
from collections import Counter, OrderedDict, defaultdict, deque
words = Counter("abracadabra")
words.update("aa")
groups = defaultdict(list)
for w in ["apple", "bob", "avocado"]:
    groups[w[0]].append(w)
queue = deque([1, 2, 3], maxlen=3)
queue.append(4)
queue.appendleft(0)
queue.rotate(1)
order = OrderedDict(a=1, b=2)
order.move_to_end("a")
nested = defaultdict(lambda: defaultdict(int))
nested["x"]["y"] += 1
result = (words.most_common(2), words["z"], dict(groups), list(queue), queue.popleft(), list(order),
          (words - Counter("a" * 6))["a"], sum(words.values()), nested["x"]["y"], len(nested),
          Counter(a=1) + Counter(a=2), sorted(Counter("ab").elements()))
""",
    "empty_deque": "from collections import deque\ndeque().pop()\n",
    "patterns": """\
import re
word = re.compile(r"(?P<first>[a-z])(\\w*)", re.IGNORECASE)
m = word.match("Hello world")
result = (m.group(), m.group(1), m["first"], m.groups(), m.span(), word.findall("ab cd"),
          re.sub(r"\\d+", lambda d: str(int(d.group()) + 1), "a1 b22"), re.sub("a", "b", "aaa", count=2),
          re.split(r"[,;]\\s*", "a, b;c"), re.fullmatch(r"\\d{2}", "123"), re.search("b+", "abbb").end(),
          [x.start() for x in re.finditer("a", "banana")], re.escape("a.b* c-d#~&"), m.groupdict(),
          re.subn("x", "y", "xx"), re.match("A", "a", re.I) is not None, bool(re.search("^b", "a\\nb", re.M)),
          word.match("a bc", 2).group(), re.sub(r"(\\w)(\\d)", r"\\2\\1", "a1"), re.split("(-)", "a-b"),
          re.findall(r"(a)(b)?", "ab a"), re.split("x", "axbxc", 1), word.search("1ab", 1, 2).group(),
          re.compile("a").sub("b", "aa"), re.match(r"(a)|(b)", "b").group(1), re.findall("", "ab"))
""",
    "random_with_seed": """\
import random
dice = random.Random(7)
rows = list(range(6))
dice.shuffle(rows)
result = (dice.randint(1, 6), round(dice.random(), 6), dice.choice("abc"), rows, dice.sample(range(9), 3),
          dice.uniform(0, 1) < 1, dice.choices([1, 2], k=3), dice.randrange(10))
""",
    "dates": """\
from datetime import date, datetime, timedelta
import datetime as dt
day = date(2024, 2, 28)
later = day + timedelta(days=2)
moment = datetime(2024, 1, 1, 10, 30)
result = (later.isoformat(), (later - day).days, day.weekday(), day.replace(day=1) < day, later.month,
          date.fromisoformat("2023-05-06").year, moment.hour, (moment + timedelta(hours=20)).date() == date(
          2024, 1, 2), dt.date(2024, 3, 1) == later, timedelta(hours=1).total_seconds(), f"{day}", day.toordinal())
""",
    "no_such_day": "from datetime import date\ndate(2023, 2, 29)\n",
    "fractions": """\
from fractions import Fraction
half = Fraction(1, 2)
result = half + Fraction("1/3"), half.numerator, half * 2 == 1, float(half), str(half ** 2), half / 3
""",
    "recursion": """\
def hanoi(n, a="a", b="b", c="c"):
    return [] if n == 0 else hanoi(n - 1, a, c, b) + [(a, c)] + hanoi(n - 1, b, a, c)
def flat(rows):
    return [x for row in rows for x in (flat(row) if isinstance(row, list) else [row])]
def ackermann(m, n):
    if m == 0:
        return n + 1
    return ackermann(m - 1, 1) if n == 0 else ackermann(m - 1, ackermann(m, n - 1))
def even(n):
    return True if n == 0 else odd(n - 1)
def odd(n):
    return False if n == 0 else even(n - 1)
def subsets(rows):
    if not rows:
        return [[]]
    rest = subsets(rows[1:])
    return rest + [[rows[0], *s] for s in rest]
result = len(hanoi(5)), flat([1, [2, [3, [4]]]]), ackermann(2, 2), even(20), subsets([1, 2, 3])
""",
    "loops": """\
found = []
for i in range(10):
    if i % 2:
        continue
    if i > 6:
        break
    for j in range(i):
        if j == 2:
            break
    else:
        found.append(("whole", i))
        continue
    found.append((i, j))
else:
    found.append("never")
n = 5
while n:
    n -= 1
else:
    found.append("ended")
result = found, i, n
""",
    "loop_targets": """\
holder = {}
rows = [0, 0]
for holder["k"] in range(3):
    pass
for rows[1], (a, *b) in [(1, "xyz"), (2, "uv")]:
    pass
result = holder, rows, a, b
""",
    "deletion": """\
d = {"a": 1, "b": 2}
del d["a"]
rows = [1, 2, 3, 4]
del rows[1:3]
def f():
    x = 1
    del x
    return x
try:
    f()
except UnboundLocalError:
    result = d, rows
""",
    "annotations": """\
from typing import Any, Callable, Generic, Optional, TypeVar
T = TypeVar("T")
class Box(Generic[T]):
    held: Optional[T] = None
    def put(self, held: T) -> "Box[T]":
        self.held: T = held
        return self
limit: int = 4
bare: str
def f(x: "Unknown", g: Callable[[int], Any] = lambda n: n) -> list[int]:
    y: int = g(x)
    return [y]
result = Box().put(3).held, f(2), limit
""",
    "identity_and_copies": """\
import copy
a = [[1], [2]]
b, c, d = a, a[:], copy.deepcopy(a)
a[0].append(9)
e = copy.copy(a)
result = a is b, c[0] is a[0], d, e == a, e is a, a.copy() == c
""",
    "iter_with_sentinel": """\
rows = [3, 2, 1, 0, 5]
def take():
    return rows.pop(0)
result = list(iter(take, 0))
""",
    "dunder_main": """\
if __name__ == "__main__":
    raise SystemExit
result = 1
""",
    "strings_of_objects": """\
class A:
    def __str__(self):
        return "str"
    def __repr__(self):
        return "repr"
a = A()
result = str(a), repr(a), f"{a}", f"{a!r}", str([a]), "%s" % a, "%r" % a
""",
    "own_format": """\
class Money:
    def __init__(self, cents):
        self.cents = cents
    def __format__(self, form):
        return f"{self.cents / 100:{form or '.2f'}}"
result = f"{Money(150)}", f"{Money(150):.1f}", format(Money(50), ".3f")
""",
    "private_names": """\
class Account:
    def __init__(self):
        self.__balance = 0
    def pay(self, n):
        self.__balance += n
        return self.__balance
a = Account()
result = a.pay(3), a.pay(4)
""",
    "complex_default_factory": """\
class Graph:
    def __init__(self, edges=None):
        self.edges = edges if edges is not None else {}
    def add(self, a, b):
        self.edges.setdefault(a, set()).add(b)
        self.edges.setdefault(b, set())
        return self
    def order(self):
        seen, out = set(), []
        def visit(n):
            if n in seen:
                return
            seen.add(n)
            for m in sorted(self.edges[n]):
                visit(m)
            out.append(n)
        for n in sorted(self.edges):
            visit(n)
        return out[::-1]
result = Graph().add(1, 2).add(2, 3).add(1, 3).order()
""",
}

# ruff: noqa: E501
"""Exceptions, contexts, assignments and arguments: small programs that set `result` or end with an exception."""

from __future__ import annotations

CASES: dict[str, str] = {
    "exceptions": """\
class AppError(Exception):
    def __init__(self, code, note=""):
        super().__init__(f"{code}: {note}")
        self.code = code
class Missing(AppError, KeyError):
    pass
log = []
def run(step):
    try:
        if step == 0:
            raise Missing(4, "gone")
        if step == 1:
            return 1 // 0
        log.append("fine")
    except ZeroDivisionError as error:
        log.append(type(error).__name__)
        return "zero"
    except (AppError, TypeError) as error:
        log.append(error.code)
    else:
        log.append("else")
        return "else"
    finally:
        log.append("finally")
    return "end"
result = [run(n) for n in range(3)], log, str(ValueError("a", 1)), ValueError("a", 1).args
""",
    "what_errors_say": """\
def told(run):
    try:
        run()
    except Exception as error:
        return type(error).__name__, error.args, type(error.__cause__), error.__suppress_context__
def chained(cause):
    try:
        {}["a"]
    except KeyError as error:
        raise ValueError("no") from (error if cause is ... else cause)
def unpacked(rows):
    a, b = rows
def spread(rows):
    a, b, *c = rows
def checked():
    assert not log, f"{log}"
log = [1]
result = ([told(lambda: chained(cause)) for cause in (..., None, TypeError, 3)], told(checked),
          [told(lambda: unpacked(rows)) for rows in ([1], "abc")], told(lambda: spread([1])))
""",
    "a_keyword_twice": """\
def f(**named):
    return named
f(a=1, **{"a": 2})
""",
    "finally_overrides": """\
def f():
    for n in range(3):
        try:
            if n == 1:
                return "try"
        finally:
            if n == 1:
                return "finally"
def g():
    for n in range(3):
        try:
            continue
        finally:
            if n == 2:
                break
    else:
        return "else"
    return n
result = f(), g()
""",
    "reraise": """\
def f():
    try:
        [][0]
    except IndexError:
        try:
            {}["a"]
        except KeyError:
            pass
        raise
f()
""",
    "raise_from": """\
try:
    try:
        int("x")
    except ValueError as error:
        raise KeyError("key") from error
except LookupError as error:
    result = str(error), error.args
""",
    "raise_no_exception": "raise 3\n",
    "raise_nothing": "raise\n",
    "catches_no_exception": "try:\n    1 / 0\nexcept 3:\n    pass\n",
    "exception_in_handler": "try:\n    1 / 0\nexcept ZeroDivisionError:\n    [].pop()\n",
    "exception_in_else": "try:\n    pass\nexcept KeyError:\n    pass\nelse:\n    {}[1]\n",
    "assertion": "assert 1 + 1 == 3, 'sum'\n",
    "with": """\
log = []
class Room:
    def __init__(self, name, swallows=False):
        self.name, self.swallows = name, swallows
    def __enter__(self):
        log.append("in " + self.name)
        return self
    def __exit__(self, kind, error, trace):
        log.append(f"out {self.name} {kind.__name__ if kind else None}")
        return self.swallows
def f():
    with Room("a") as a, Room("b", True):
        log.append(a.name)
        raise KeyError("x")
    with Room("c"):
        return "returned"
result = f(), log
""",
    "with_raises": """\
class Room:
    def __enter__(self):
        return self
    def __exit__(self, *error):
        return False
with Room():
    raise OSError("x")
""",
    "unpacking": """\
first, *middle, last = range(6)
(a, b), [c, *d] = (1, 2), "xyz"
*init, end = "ab"
x = y = [0]
x, y = y + [1], x
m = {**{"a": 1}, "b": 2, **{"a": 3}}
i = 0
i, row = 1, [5, 6]
row[i], i = i, 9
result = first, middle, last, a, b, c, d, init, end, x, y, [*"ab", *range(2)], {*[1, 2], 1}, m, row
""",
    "unpacking_too_few": "a, b, *c = [1]\n",
    "unpacking_too_many": "a, b = 1, 2, 3\n",
    "unpacking_a_number": "a, b = 3\n",
    "swap_elements": """\
rows = [3, 1, 2]
rows[0], rows[-1] = rows[-1], rows[0]
i = 1
rows[i - 1], rows[i] = rows[i], rows[i - 1]
result = rows
""",
    "augmented": """\
class Box:
    def __init__(self):
        self.n = 1
        self.rows = [1]
calls = []
def box(b):
    calls.append(1)
    return b
b = Box()
box(b).n += 4
b.rows += [2]
alias = b.rows
alias *= 2
table = {"a": [1], "n": 7}
table["a"] += (5,)
table["n"] //= 2
table["n"] **= 3
grid = [[0] * 2 for _ in range(2)]
grid[1][0] -= 3
bits = 6
bits |= 1
bits ^= 2
bits &= 13
bits <<= 3
bits >>= 1
seen = {1}
seen |= {2}
seen -= {1}
text = "a"
text += "b"
text *= 2
result = b.n, b.rows, len(calls), table, grid, bits, seen, text
""",
    "augmented_tuple_element": "t = ([1],)\nt[0] += [2]\n",
    "augmented_missing_key": "d = {}\nd['a'] += 1\n",
    "default_arguments": """\
def add(item, rows=[]):
    rows.append(item)
    return rows
limit = 2
def cut(rows, n=limit):
    return rows[:n]
limit = 5
result = add(1), add(2), cut([1, 2, 3, 4])
""",
    "arguments": """\
def f(a, b=2, *rest, c, d=4, **more):
    return a, b, rest, c, d, sorted(more.items())
def g(a, /, b, *, c=3):
    return a, b, c
result = (f(1, c=3), f(1, 9, 8, 7, c=0, z=1), f(*[1, 2, 3], **{"c": 5, "d": 6}), g(1, b=2),
          (lambda *a, **k: (a, k))(1, x=2))
""",
    "missing_argument": "def f(a, b):\n    return a\nf(1)\n",
    "unknown_argument": "def f(a):\n    return a\nf(1, c=2)\n",
    "twice_given_argument": "def f(a):\n    return a\nf(1, a=2)\n",
    "positional_only_by_name": "def f(a, /):\n    return a\nf(a=2)\n",
    "keyword_only_by_place": "def f(*, a):\n    return a\nf(2)\n",
    "missing_keyword_only": "def f(*, a):\n    return a\nf()\n",
    "not_callable": "result = 3\nresult()\n",
}

# ruff: noqa: E501
"""Scopes, comprehensions and generators: small programs that set `result` or end with an exception."""

from __future__ import annotations

CASES: dict[str, str] = {
    "closure": """\
def counter(start):
    count = start
    def step(by=1):
        nonlocal count
        count += by
        return count
    return step
one, two = counter(1), counter(10)
result = [one(), one(5), two(), one()]
""",
    "late_binding": """\
made = [lambda: n for n in range(3)]
kept = [lambda n=n: n for n in range(3)]
result = [f() for f in made], [f() for f in kept]
""",
    "nonlocal_two_levels": """\
def outer():
    found = []
    depth = 0
    def middle():
        def inner():
            nonlocal depth
            depth += 1
            found.append(depth)
        inner()
        inner()
    middle()
    return found, depth
result = outer()
""",
    "global_names": """\
total = 1
def grow():
    global total, fresh
    total += 4
    fresh = "made"
    def read():
        return total, fresh
    return read()
result = grow(), total, fresh
""",
    "global_within_function": """\
name = "module"
def outer():
    name = "outer"
    def inner():
        global name
        name = "changed"
        return [name for _ in range(1)]
    return inner(), name
result = outer(), name
""",
    "comprehension_scope": """\
n = 7
squares = [n * n for n in range(4)]
pairs = {(a, b) for a in range(3) for b in range(a) if a != b}
table = {k: [k for k in range(k)] for k in range(3)}
result = n, squares, sorted(pairs), table
""",
    "comprehension_in_class": """\
class Grid:
    size = 3
    cells = [n for n in range(size)]
    names = tuple(f"c{n}" for n in cells)
result = Grid.cells, Grid.names
""",
    "class_names_are_not_seen_in_methods": """\
size = "module"
class Grid:
    size = 3
    def shown(self):
        return size, self.size
result = Grid().shown()
""",
    "class_scope_in_comprehension_fails": """\
class Grid:
    size = 3
    cells = [size for n in range(2)]
""",
    "walrus": """\
def first(rows):
    found = [y for x in rows if (y := x * 2) > 3]
    return found, y
while (step := len(first([1, 2, 3])[0])) > 5:
    pass
result = first([1, 2, 3]), step, any((hit := n) > 2 for n in range(6)), hit
""",
    "unbound_local": """\
def f():
    print(x)
    x = 1
f()
""",
    "unbound_free": """\
def outer():
    def inner():
        return late
    held = inner()
    late = 1
    return held
outer()
""",
    "unknown_name": "result = missing + 1\n",
    "name_of_exception_goes": """\
def f():
    error = "before"
    try:
        raise ValueError("x")
    except ValueError as error:
        pass
    return error
result = f()
""",
    "name_of_exception_goes_in_module": """\
try:
    {}["a"]
except KeyError as e:
    kept = str(e)
result = kept, e
""",
    "generator": """\
def count(n):
    for i in range(n):
        if i == 4:
            return "done"
        yield i * i
def both(n):
    ended = yield from count(n)
    yield ended
result = list(both(3)), list(both(9)), next(count(1)), sum(count(4))
""",
    "generator_send": """\
def average():
    total, n, mean = 0.0, 0, None
    while True:
        value = yield mean
        if value is None:
            break
        total += value
        n += 1
        mean = total / n
    return total
run = average()
next(run)
result = [run.send(10), run.send(20)]
try:
    run.send(None)
except StopIteration as end:
    result.append(end.value)
""",
    "generator_try": """\
log = []
def work():
    try:
        yield 1
        yield 2
    except ValueError as error:
        log.append(str(error))
        yield 3
    else:
        log.append("else")
    finally:
        log.append("finally")
run = work()
first = next(run)
thrown = run.throw(ValueError("in"))
rest = list(run)
whole = list(work())
half = work()
next(half)
half.close()
result = first, thrown, rest, whole, log
""",
    "generator_return_in_finally": """\
def work():
    try:
        yield 1
        raise ValueError
    finally:
        return
result = list(work())
""",
    "generator_if_while_with_else": """\
def work(n):
    while n:
        n -= 1
        if n == 7:
            break
        elif n % 2:
            continue
        yield n
    else:
        yield "else"
    for i in range(2):
        yield i
    else:
        yield "end"
result = list(work(5)), list(work(9))
""",
    "generator_of_tree": """\
class Node:
    def __init__(self, key, left=None, right=None):
        self.key, self.left, self.right = key, left, right
    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.key
        if self.right:
            yield from self.right
result = list(Node(4, Node(2, Node(1)), Node(6)))
""",
    "generator_expression_is_lazy": """\
seen = []
def noted(n):
    seen.append(n)
    return n
made = (noted(n) for n in range(5))
result = next(made), list(seen), sum(made), seen
""",
    "exhausted_iterator": "it = iter([1])\nnext(it)\nnext(it)\n",
    "next_with_default": "result = next(iter([]), 'none'), next((n for n in [1, 2] if n > 1), 0)\n",
}

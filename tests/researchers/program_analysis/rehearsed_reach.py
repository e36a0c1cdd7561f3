"""Programs that use more of the language and its library, as packages do."""

CASES = {
    "kinds_of_texts": """\
class Name(str):
    def __new__(cls, text, more=0):
        made = str.__new__(cls, text)
        made.more = more
        return made
    def shout(self):
        return self.upper() + "!"
name = Name("ann", 2)
result = name, name.shout(), name.more, name == "ann", {name: 1}["ann"], name + "b", type(name[:1])
""",
    "kinds_of_tuples": """\
class Path(tuple):
    parent = None
    def __contains__(self, other):
        return other[: len(self)] == self
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        made = Path(self + (name,))
        setattr(self, name, made)
        made.parent = self
        return made
root = Path()
result = root.a.b, root.a.b in root.a, root.a.parent is root, root.a is root.a
""",
    "kinds_of_mappings": """\
from collections import Counter, OrderedDict, UserDict, defaultdict
class Bag(Counter):
    def add(self, key):
        self[key] += 1
        return self
class Plain(UserDict):
    def __getitem__(self, key):
        return 2 * self.data[key]
class Lists(defaultdict):
    def __missing__(self, key):
        return key
class Ordered(OrderedDict):
    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        self.move_to_end(key, last=False)
o = Ordered(a=1)
o["b"] = 2
result = Bag("aab").add("b"), Plain(a=1)["a"], list(Plain(a=1).items()), Lists()[3], list(o)
""",
    "abstract_mappings": """\
from collections.abc import Mapping, MutableMapping, MutableSet, Sequence
class Table(MutableMapping):
    __marker = object()
    def __init__(self, **named):
        self.__held = {}
        self.update(named)
    def __getitem__(self, key): return self.__held[key]
    def __setitem__(self, key, value): self.__held[key] = value
    def __delitem__(self, key): del self.__held[key]
    def __iter__(self): return iter(self.__held)
    def __len__(self): return len(self.__held)
    def __mark(self): return self.__marker
    def mark(self): return self.__mark() is self.__marker
class Row(Sequence):
    def __init__(self, *given): self.given = given
    def __getitem__(self, place): return self.given[place]
    def __len__(self): return len(self.given)
class Members(MutableSet):
    def __init__(self, given=()): self.given = list(given)
    def __contains__(self, one): return one in self.given
    def __iter__(self): return iter(self.given)
    def __len__(self): return len(self.given)
    def add(self, one): self.given.append(one)
    def discard(self, one): self.given.remove(one)
t = Table(a=1, b=2)
t.setdefault("c", 3)
gone = t.pop("a"), t.pop("x", None), t.popitem()
m = Members([1, 2, 3])
m.remove(2)
m |= [7]
result = (gone, dict(t), "b" in t, t.get("z", 0), t == {"c": 3}, list(t.items()), t.mark(),
          Row(1, 2, 1).count(1), Row(4, 5).index(5), list(reversed(Row(1, 2))), 2 in Row(1, 2),
          sorted(m), list(m & [1, 7]), m.isdisjoint([9]), isinstance(t, Mapping))
""",
    "descriptors": """\
class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name
    def __get__(self, holder, kind=None):
        return self if holder is None else getattr(holder, self.name, 0)
    def __set__(self, holder, value):
        if value < 0:
            raise ValueError(value)
        setattr(holder, self.name, value)
class A:
    n = Positive()
    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)
        self.__dict__.setdefault("seen", []).append(name)
    def __delattr__(self, name):
        super().__delattr__(name)
a = A()
a.n = 3
try:
    a.n = -1
except ValueError as error:
    caught = error.args
del a._n
result = a.n, caught, a.seen, vars(a), isinstance(A.n, Positive)
""",
    "kinds_of_properties": """\
class Lazy(property):
    def __get__(self, holder, kind=None):
        if holder is None:
            return self
        return 2 * super().__get__(holder, kind)
class A:
    @Lazy
    def x(self):
        return 4
result = A().x, isinstance(A.x, property)
""",
    "reflection": """\
import types
def f(): pass
class A:
    def __init__(self): self.x = 1
    def g(self): return self.x
class B(A): pass
made = type("C", (B,), {"y": 2, "h": lambda self: self.y + self.x})
result = (type(f) is types.FunctionType, type(1) is int, type(A) is type, type(made()) is made,
          made().h(), made.__name__, issubclass(made, A), isinstance(f, types.FunctionType),
          A().g.__func__ is A.g, [k.__name__ for k in B.__mro__], type(slice(1)) is slice,
          "g" in A.__dict__, "_" in A.__dict__, 
          "globals" in globals(), "f" in globals(), sorted(n for n in dir(A) if n[0] != "_"))
""",
    "hooks_of_classes": """\
from abc import ABCMeta, abstractmethod
class Base(metaclass=ABCMeta):
    kinds = []
    def __init_subclass__(cls, kind="none", **named):
        super().__init_subclass__(**named)
        Base.kinds.append((cls.__name__, kind))
    @abstractmethod
    def run(self): pass
class One(Base, kind="one"):
    def run(self): return 1
class Two(One):
    def __del__(self): pass
    def __reduce__(self): return (Two, ())
try:
    Base()
except TypeError:
    result = Base.kinds, One().run(), Two().run(), Two().__reduce__() == (Two, ())
""",
    "imports_that_may_fail": """\
try:
    import no_such_module_anywhere
except ImportError:
    no_such_module_anywhere = None
try:
    from collections import Mapping
except ImportError:
    from collections.abc import Mapping
if no_such_module_anywhere:
    def how(): return "with"
else:
    def how(): return "without"
result = no_such_module_anywhere, isinstance({}, Mapping), how()
""",
    "modules_from_source": """\
import string, textwrap, shlex, contextlib, difflib, fnmatch
from urllib.parse import urlsplit, parse_qs
class Wrapper(textwrap.TextWrapper):
    def _split(self, text):
        return [part for part in super()._split(text) if part != "x"]
with contextlib.ExitStack() as stack:
    stack.callback(lambda: None)
parts = urlsplit("http://a.b:80/c?d=1&d=2#e")
result = (Wrapper(width=5).wrap("aaa x bbb ccc"), shlex.split("a 'b c' d"), parts.netloc,
          parts.port, parse_qs(parts.query),
          fnmatch.fnmatch("a.py", "*.py"), string.capwords("a b"),
          difflib.get_close_matches("appel", ["ape", "apple"]))
""",
    "functions_of_functions": """\
import functools
class A:
    def add(self, a, b=0): return a + b
    one = functools.partialmethod(add, 1)
@functools.singledispatch
def show(value): return "any"
@show.register(int)
def _(value): return "int"
part = functools.partial(int, base=2)
kind = functools.reduce(lambda a, b: b, [int], bool)
result = A().one(b=2), show(1), show("a"), part("101"), part.keywords, kind
""",
    "bytes": """\
import re
x = bytearray(b"ab")
x += b"cd"
del x[:1]
x.extend(b"e")
m = re.compile(rb"(?P<n>\\\\d+)-").match(b"12-x")
result = (bytes(x), x.find(b"d"), m.groupdict(), re.sub(b"a", b"b", b"aa"), b"%d-%s" % (1, b"z"),
          b"a,b".split(b","), bytes.fromhex("6162"), "é".encode("latin-1"), b"ab".decode("utf-16"))
""",
    "dates": """\
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from decimal import ROUND_HALF_UP, Decimal
class Fixed(tzinfo):
    def utcoffset(self, moment): return timedelta(hours=2)
    def dst(self, moment): return timedelta(0)
    def tzname(self, moment): return "two"
moment = datetime(2024, 2, 29, 12, tzinfo=Fixed())
result = (moment.utcoffset(), moment.isoformat(), moment.tzname(), time(1, 2).isoformat(),
          moment.astimezone(timezone.utc).hour, date(2024, 1, 1).replace(year=2000).year,
          moment.strftime("%Y/%m/%d"), date.fromisocalendar(2024, 1, 1).isoformat(),
          Decimal("2.345").quantize(Decimal("0.01"), ROUND_HALF_UP), Decimal(1) / 8)
""",
    "trees": """\
import ast, operator
OPS = {ast.Add: operator.add, ast.Mult: operator.mul, ast.USub: operator.neg}
def run(node):
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.UnaryOp):
        return OPS[type(node.op)](run(node.operand))
    return OPS[type(node.op)](run(node.left), run(node.right))
result = run(ast.parse("-(1 + 2) * 3", mode="eval").body), ast.literal_eval("[1, {'a': (2,)}]")
""",
    "generators_within_contexts": """\
from contextlib import contextmanager
log = []
@contextmanager
def noted(name):
    log.append(name)
    try:
        yield name
    finally:
        log.append("end " + name)
def rows():
    with noted("a") as a, noted("b"):
        yield a
        yield 2
result = list(rows()), log, next(rows())
""",
    "threads_and_names": """\
import threading, types, os
local = threading.local()
local.x = 1
space = types.SimpleNamespace(a=1)
space.b = 2
with threading.Condition() as c:
    pass
result = local.x, space.a + space.b, space == types.SimpleNamespace(a=1, b=2), os.sep
""",
    "printed": """\
import io, sys
out = io.StringIO()
print("a", 1, None, sep=",", end=".", file=out)
class Log:
    def __init__(self): self.told = []
    def write(self, text): self.told.append(text)
log = Log()
print("x", file=log)
print()
sys.stdout.write("")
result = out.getvalue(), log.told
""",
}

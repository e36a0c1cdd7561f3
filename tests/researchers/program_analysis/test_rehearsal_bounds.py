"""What rehearsed code may not do: reach Python's own objects, or keep the process busy."""

from __future__ import annotations

import ast
import collections
import contextlib
import fractions
import json
import math
import subprocess
import sys
from textwrap import dedent, indent

import pytest

from researchers.program_analysis.rehearsal.limits import Exhausted, Refused
from researchers.program_analysis.rehearsal.natives import MODULES
from researchers.program_analysis.rehearsal.suite import PASSED, Suite

ITEM = "tests.test_a::test_a"
STEPS = 50_000


def outcome(source: str, steps: int = STEPS) -> str:
    tree = ast.parse(dedent(source))
    return Suite({"tests/test_a.py": tree.body}).outcome(ITEM, steps)[0]


def inside(statements: str) -> str:
    """A test of these statements, with modules imported."""
    return (
        "import collections, collections.abc, copy, enum, functools, itertools, math\n"
        "import operator, re, typing\n"
        "from dataclasses import dataclass, field, asdict\n"
        "from fractions import Fraction\n"
        "import pytest\n"
        f"def test_a():\n{indent(dedent(statements), '    ')}\n"
    )


_NAME = """
        class S(str):
            def startswith(self, *given): return False
            def __getitem__(self, place): return 'a'
            def __str__(self): return self
        class A: pass
        """
ESCAPES = {
    "a name that says it is another": _NAME + "setattr(A, S('__getattribute__'), lambda s, n: 1)",
    "a name of a plain attribute": _NAME + "object.__setattr__(A(), S('__class__'), A)",
    "a name in a new class": _NAME + "type('A', (), {S('__getattribute__'): lambda s, n: 1})",
    "the globals of a function": "(lambda: 0).__globals__",
    "the frame of a generator": "(n for n in [1]).gi_frame",
    "the code of a bound method": """
        class A:
            def f(self): pass
        A().f.__func__.__code__""",
    "the subclasses of object": "object.__subclasses__()",
    "the bases of a class": """
        class A: pass
        A.__base__""",
    "what Python keeps in a class": """
        class A: pass
        A.__weakref__""",
    "the table of a function": "(lambda: 0).__dict__",
    "the module of a built-in function": "len.__self__",
    "a class of classes": "type('A', (), {}).mro()",
    "a class made with a hook": "type('A', (), {'__getattribute__': lambda self, name: 1})",
    "a function by its class": "type(lambda: 0)(1, {})",
    "code by its class": "import types\ntypes.CodeType(0)",
    "a native method bound by its class": """
        class A:
            def f(self): pass
        type(A().f)('a'.ljust, 10**9)()""",
    "a module anew by super": "super(type(math), math).__init__('math', {'sqrt': len})",
    "marks of the interpreter": """
        class A: pass
        A._rehearsed = 1""",
    "a module by its class": "type(math)('math', {})",
    "a stream of another": "import io\nio.TextIOWrapper(io.BytesIO())",
    "an object of Python's own made by a class": """
        class A: pass
        A.__new__(type(math))""",
    "an object of Python's own made raw": "object.__new__(type(math))",
    "the class of a class": "type(int).mro(int)",
    "the traceback of an exception": """
        try:
            1 / 0
        except ZeroDivisionError as error:
            error.__traceback__""",
    "the function within a partial one": "functools.partial(len).func.__globals__",
    "the module behind a name": "math.__dict__",
    "the loader of a module": "getattr(math, '__loader__')",
    "a module anew": "math.__init__('math', {'sqrt': len})",
    "built-in functions": "__builtins__",
    "globals by wraps": """
        class A:
            __globals__ = None
        a = A()
        functools.update_wrapper(a, lambda: 0, assigned=('__globals__',), updated=())
        a.__globals__""",
    "wraps of an open class": """
        def f(self): return 'bad'
        functools.wraps(f)(Fraction)""",
    "code in the annotations of a dataclass": """
        @dataclass
        class A:
            __annotations__ = {'x, y=[][0]': int}
        A()""",
    "a dataclass of Python's own": "dataclass(Fraction)",
    "an abstract method of Python's own": """
        from abc import abstractmethod
        abstractmethod(Fraction)""",
    "a protocol of Python's own": "typing.runtime_checkable(Fraction)",
    "a copy that sets attributes": """
        class A:
            def __reduce_ex__(self, protocol):
                return (lambda: math, (), (None, {'sqrt': len}))
        copy.copy(A())""",
    "a format that reads attributes": """
        class A(str, enum.Enum):
            ONE = '{0.__class__.__mro__}'
            def f(self): return super().format(1)
        A.ONE.f()""",
    "format": "'{0.__class__.__mro__}'.format(1)",
    "an attribute of Python's own class": "Fraction.zero = 1",
    "an attribute of a module": "math.pi = 3",
    "a deleted attribute of a module": "del math.pi",
    "a metaclass": """
        class A(type): pass""",
    "a codec": "'a'.encode('idna')",
    "files": "open('/dev/null')",
    "files written": "open('/rehearsed/../x', 'w')",
    "files of a path": "import pathlib\npathlib.Path('/etc/passwd').read_text()",
    "whether files are there": "import pathlib\npathlib.Path('setup.py').exists()",
    "folders": "import pathlib\nlist(pathlib.Path('/').iterdir())",
    "modules": "__import__('os')",
    "evaluation": "eval('1')",
    "the system": "import os\nos.getcwd()",
}


@pytest.mark.parametrize("statements", ESCAPES.values(), ids=ESCAPES)
def test_what_leads_to_python_itself_is_refused(statements: str) -> None:
    with pytest.raises(Refused):
        outcome(inside(statements))


def test_nothing_of_the_process_was_changed() -> None:
    for statements in ESCAPES.values():
        with pytest.raises(Refused):
            outcome(inside(statements))
    assert repr(fractions.Fraction(1, 2)) == "Fraction(1, 2)"
    assert not hasattr(fractions.Fraction, "__isabstractmethod__")
    assert not hasattr(fractions.Fraction, "__dataclass_fields__")
    assert not hasattr(fractions.Fraction, "__wrapped__")
    assert collections.Counter("aa")["a"] == 2
    assert vars(MODULES["math"])["sqrt"] is math.sqrt


SWALLOWED = {
    "a bare handler": """
        while True:
            try:
                while True: pass
            except: pass""",
    "a return in finally": """
        try:
            while True: pass
        finally:
            return""",
    "pytest.raises": "pytest.raises(BaseException, lambda: [0 for _ in itertools.count()])",
    "a context that keeps exceptions back": """
        class Quiet:
            def __enter__(self): return self
            def __exit__(self, *told): return True
        with Quiet():
            while True: pass""",
    "a generator that catches everything": """
        def run():
            while True:
                try:
                    while True: pass
                    yield 1
                except BaseException: pass
        next(run())""",
    "a test within sort": "sorted([1, 2], key=lambda n: sum(itertools.count()))",
}


@pytest.mark.parametrize("statements", SWALLOWED.values(), ids=SWALLOWED)
def test_the_end_of_steps_cannot_be_caught(statements: str) -> None:
    with pytest.raises(Exhausted):
        outcome(inside(statements))


def test_names_whose_exceptions_python_drops_are_refused() -> None:
    for name in ("__getattribute__", "__prepare__", "__mro_entries__"):
        with pytest.raises(Refused):
            outcome(inside(f"class A:\n    def {name}(self, *given): return 1\nA()"))


KEPT_BACK = {
    "__del__": "A()",
    "__index__": "'a'.ljust(A())",
    "__length_hint__": "list(A())",
    "__reduce_ex__": "copy.copy(A())",
    "__instancecheck__": "isinstance(1, A)",
    "__class__": "isinstance(A(), int)",
}


@pytest.mark.parametrize("name", KEPT_BACK)
def test_what_python_would_call_by_itself_it_does_not_see(name: str) -> None:
    source = f"""
        import copy
        import os.path
        class A:
            def {name}(self, *given):
                raise MemoryError
            def __iter__(self):
                return iter(())
        def test_a():
            {KEPT_BACK[name]}
        """
    with contextlib.suppress(Refused):
        assert outcome(source) in (PASSED, "TypeError")


def test_what_is_kept_from_python_the_program_sees() -> None:
    source = """
        class Named:
            def __set_name__(self, owner, name):
                self.name = name
            def __reduce__(self):
                return 7
        class A:
            one = Named()
        def test_a():
            assert A.one.name == 'one' and A.one.__reduce__() == 7
        """
    assert outcome(source) == PASSED


def test_modules_of_python_are_not_patched() -> None:
    source = """
        import math
        def test_a(monkeypatch):
            monkeypatch.setattr({}, 3)
        """
    for target in ("math, 'pi'", "'math.pi'"):
        with pytest.raises(Refused):
            outcome(source.format(target))
    assert 3 < math.pi < 4


def test_a_ring_of_fixtures_is_refused() -> None:
    source = """
        import pytest
        @pytest.fixture
        def one(two): return 1
        @pytest.fixture
        def two(one): return 2
        def test_a(one): pass
        """
    with pytest.raises((Refused, Exhausted)):
        outcome(source)


def test_names_of_refused_statements_are_refused_where_they_are_used() -> None:
    source = """
        import socket
        KEPT = [socket.socket() for _ in range(1)]
        class A(socket.socketpair): pass
        class B:
            @socket.fromfd
            def open(self): return 1
            def near(self): return 2
        if socket.has_ipv6:
            WHICH = 1
        def test_a():
            assert B().near() == 2
            {}
        """
    assert outcome(source.format("pass")) == PASSED
    for use in ("KEPT[0]", "A()", "B().open()", "bool(WHICH)", "isinstance(KEPT, int)"):
        with pytest.raises(Refused):
            outcome(source.format(use))


def test_what_is_not_known_is_no_error_of_the_program() -> None:
    source = """
        import unknown
        from unknown import *
        def test_a():
            {}
        """
    assert outcome(source.format("assert abs(-1) == 1")) == PASSED
    for use in (
        "thing()",
        "2 ** unknown.A",
        "unknown.A // 2",
        "~unknown.A",
        "\n            try: {}[1]\n            except (ValueError, unknown.Error): pass",
    ):
        with pytest.raises(Refused):
            outcome(source.format(use))


def test_an_unfinished_generator_does_not_go_on() -> None:
    source = """
        def run():
            try:
                yield 1
            finally:
                while True: pass
        KEPT = run()
        def test_a():
            next(KEPT)
            KEPT.close()
        """
    with pytest.raises(Exhausted):
        outcome(source)


_DOUBLED = "x, y = [1], [1]\nfor _ in range(50): x, y = [x, x], [y, y]\n"
_TUPLES = "x = 1\nfor _ in range(60): x = (x, x)\n"
_NODES = """
@dataclass(frozen=True)
class Node:
    left: object
    right: object = None
"""
BOMBS = {
    "native by map": "list(map('a'.ljust, [10**9]))",
    "native by partial": "functools.partial('a'.ljust, 10**9)()",
    "native by reduce": "functools.reduce(operator.add, [[0] * 10] * 1900)\n"
    "x = [0] * 9000\nfor _ in range(30): x = operator.add(x, x)",
    "native as operator": "class A:\n    __add__ = 'a'.ljust\nA() + 10**9",
    "lists of lists": "x = []\nfor _ in range(20000): x.append([0] * 20000)",
    "slices": "x, y = [], [0] * 20000\nfor _ in range(20000): x.append(y[:])",
    "a kind of list": "class L(list):\n    def __len__(self): return 1\n"
    "x = L([1])\nfor _ in range(40): x.extend(x)",
    "a kind of list added to": "class L(list): pass\nx = L([1])\nfor _ in range(40): x += x",
    "a kind of list made": "class L(list): pass\nL(range(10**9))",
    "a kind of list shared": "class L(list): pass\nx, y = L([1]), L([1])\n"
    "for _ in range(50): x, y = L([x, x]), L([y, y])\nx == y",
    "a kind of dict": "class D(dict): pass\nx = D()\n"
    "for n in range(40): x |= {(n, k): 1 for k in range(2000)}",
    "a kind of whole number": "class I(int):\n    def __abs__(self): return 0\n"
    "    def __rmul__(self, other): return 0\n    def __gt__(self, other): return False\n"
    "'a'.ljust(I(10**9))",
    "a kind of whole number shifted": "class I(int):\n    def __gt__(self, other): return False\n"
    "1 << I(10**9)",
    "a kind of whole number repeated": "class I(int):\n    def __eq__(self, other): return True\n"
    "    def __hash__(self): return 1\n[1] * I(10**9)",
    "a kind of text": "class S(str):\n    def __len__(self): return 1\n"
    "x = S('ab')\nfor _ in range(40): x = S(x + x)",
    "a kind of text joined": "class S(str):\n    def __len__(self): return 1\n"
    "''.join([S('a' * 20000)] * 20000)",
    "a kind of text repeated": "class S(str):\n    def __len__(self): return 0\n"
    "S('a' * 20000) * 20000",
    "a kind of tuple": "class T(tuple):\n    def __len__(self): return 1\n    def __iter__(self):\n"
    "        return iter(())\nx, y = T([1]), T([1])\n"
    "for _ in range(50): x, y = tuple.__new__(T, [x, x]), tuple.__new__(T, [y, y])\nx == y",
    "a kind of set": "class S(set): pass\nx = S()\n"
    "for n in range(40): x |= {(n, k) for k in range(2000)}",
    "a kind of property": "class P(property): pass\nclass I(int):\n    x = P('a'.ljust)\n"
    "I(10**9).x",
    "bytes that change": "bytearray(10**9)",
    "bytes that grow": "x = bytearray(b'ab')\nfor _ in range(40): x += bytes(x)",
    "bytes joined": "b''.join([bytearray(b'a' * 20000)] * 20000)",
    "bytes repeated": "bytearray(b'ab') * 10**9",
    "decimals": "import decimal\nx = decimal.Decimal('1e400')\n"
    "for _ in range(60): x = x / (1 / x)\n"
    "int(x)",
    "trees of texts": "import ast\nast.parse('(' * 1999)",
    "prints": "while True: print('a' * 9999)",
    "warnings": "import warnings\nwhile True: warnings.warn('a')",
    "classes by type": "x = []\nwhile True: x.append(type('A', (), {}))",
    "choices": "import random\nrandom.choices([1], k=10**9)",
    "elements counted": "list(collections.Counter(a=10**9).elements())",
    "a mapping that is never empty": "class M(collections.abc.MutableMapping):\n"
    "    popitem = staticmethod(int)\n    def __getitem__(self, key): return 1\n"
    "    def __setitem__(self, key, value): pass\n    def __delitem__(self, key): pass\n"
    "    def __iter__(self): return iter(())\n    def __len__(self): return 1\nM().clear()",
    "shared lists in a view": _DOUBLED + "import types\n"
    "types.MappingProxyType({1: x}) == types.MappingProxyType({1: y})",
    "deque": "collections.deque([1]) * 10**9",
    "text joined": "''.join(['a' * 20000] * 20000)",
    "text joined one by one": "''.join(itertools.repeat('a' * 20000, 20000))",
    "text shown": "repr(['a' * 20000] * 20000)",
    "dicts": "d = {}\nfor n in range(2000): d = d | {k: 1 for k in range(n * 99, n * 99 + 99)}",
    "chained ranges": "sum(itertools.chain.from_iterable([range(20000)] * 20000))",
    "growing sums": "list(itertools.accumulate([[0]] * 9999))",
    "many iterators": "itertools.tee([1], 10**9)",
    "product": "len(list(itertools.product(range(999), repeat=9)))",
    "shared lists compared": _DOUBLED + "x == y",
    "shared lists shown": _DOUBLED + "f'{x}'",
    "shared lists sorted": _DOUBLED + "[x, y].sort()",
    "shared lists in views": _DOUBLED + "{1: x}.items() == {1: y}.items()",
    "shared lists in an exception": _DOUBLED + "str(ValueError(x))",
    "shared lists in records": _NODES + _DOUBLED + "Node(x) == Node(y)",
    "shared lists in a dict of records": _NODES + _DOUBLED + "asdict(Node(x))",
    "shared lists nearly": "x, y = [], []\na = pytest.approx(x)\n"
    "d, e = [1], [1]\nfor _ in range(40): d, e = [d, d], [e, e]\n"
    "x.append(d)\ny.append(e)\na == y",
    "shared tuples as a key": _TUPLES + "{x: 1}",
    "shared tuples in a set": _TUPLES + "{k for k in [x]}",
    "shared tuples looked up": _TUPLES + "{}[x]",
    "shared tuples remembered": _TUPLES + "functools.cache(lambda n: n)(x)",
    "shared lists by a key": _DOUBLED + "max([1, 2], key=lambda n: x if n == 1 else y)",
    "shared lists one by one": _DOUBLED + "sorted(n for n in [x, y])",
    "shared lists in a generator": _DOUBLED + "x in (n for n in [y])",
    "shared lists in groups": _DOUBLED
    + "list(itertools.groupby([1, 2], key=lambda n: x if n == 1 else y))",
    "shared lists counted": _DOUBLED + "c = collections.Counter()\nc['a'] = x\nc['b'] = y\n"
    "c.most_common()",
    "shared tuples one by one": _TUPLES + "set(n for n in [x])",
    "shared tuples in an update": _TUPLES + "set().update(n for n in [x])",
    "shared tuples in a view": _TUPLES + "{1: 1}.keys() | (n for n in [x])",
    "shared tuples of an object": _TUPLES + "class A:\n    def __iter__(self): yield x\nset(A())",
    "shared tuples spread": _TUPLES + "class M:\n    def keys(self): return [x]\n"
    "    def __getitem__(self, k): return 1\n{**M()}",
    "shared slices": "x = 1\nfor _ in range(60): x = slice(x, x)\nrepr(x)",
    "shared records": _NODES
    + "x, y = 1, 1\nfor _ in range(50): x, y = Node(x, x), Node(y, y)\nx == y",
    "shared records shown": _NODES + "x = 1\nfor _ in range(50): x = Node(x, x)\nrepr(x)",
    "shared records hashed": _NODES + "x = 1\nfor _ in range(50): x = Node(x, x)\nhash(x)",
    "deep tuples": "x = ()\nfor _ in range(40000): x = (x,)\n{x: 1}",
    "deep lists": "x = []\nfor _ in range(40000): x = [x]\nstr(x)",
    "deep records": _NODES + "x = 1\nfor _ in range(9000): x = Node(x)\nassert not hash(x)",
    "deep generators": "x = [1]\nfor _ in range(20000): x = (n for n in x)\nlist(x)",
    "deep maps": "x = [1]\nfor _ in range(20000): x = map(abs, x)\nlist(x)",
    "deep chains": "x = [1]\nfor _ in range(9000): x = itertools.chain(enumerate(x))\nnext(x)",
    "fractions of text": "Fraction('1e99999999')",
    "fractions squared": "x = Fraction(3, 2)\nfor _ in range(60): x = x * x",
    "fractions summed": "sum([Fraction(1, 2 * n + 1) for n in range(9000)])",
    "multiples": "math.lcm(*[2**500 + 2 * n + 1 for n in range(3000)])",
    "patterns again and again": "for _ in range(40000): re.search('(a+)+$', 'a' * 20 + 'b')",
    "patterns of messages": "with pytest.raises(ValueError, match='(a+)+$'):\n"
    "    raise ValueError('a' * 60 + 'b')",
    "texts of patterns": "re.sub('a', 'b' * 20000, 'a' * 10000)",
    "functions of many parameters": "x = []\nfor _ in range(20000):\n"
    f"    def f({', '.join(f'a{n}' for n in range(99))}): pass\n    x.append(f)",
    "classes": "x = []\nfor _ in range(20000):\n    class A: pass\n    x.append(A)",
    "kinds within kinds": "x = int\nfor _ in range(60): x = (x, x)\nisinstance('', x)",
    "a list lengthened by itself": "x = [1]\nx.extend(iter(x))",
    "a list added to itself": "x = [1]\nx += iter(x)",
    "a list lengthened by a generator": "x = [1]\ndef f(): yield from x\nx.extend(f())",
    "yields from a range": "def f(): yield from range(10**9)\nmax(f())",
    "a range in a slice": "x = []\nx[0:0] = range(10**9)",
    "a range added": "x = []\nx += range(10**9)",
    "a range and a view": "{}.keys() | range(10**9)",
    "a range searched": "range(10**10).index(1.5)",
    "a range searched for a kind": "class I(int): pass\nI(-1) in range(10**9)",
    "missing values": "x = [0] * 20000\nd = collections.defaultdict(x.copy)\n"
    "for n in range(19000): d[n]",
    "missing values of a kind": "class D(collections.defaultdict): pass\nx = [0] * 20000\nd = D()\n"
    "d.default_factory = x.copy\nfor n in range(19000): d[n]",
    "calls until": "x = {n: n for n in range(9000)}\nlist(iter(x.copy, None))",
    "fields made": "y, kept = [0] * 20000, []\n@dataclass\nclass A:\n"
    "    x: list = field(default_factory=y.copy)\nfor n in range(19000): kept.append(A())",
    "native as context": "import contextlib\ncontextlib.contextmanager(Fraction)('1e99999999')",
    "native of an enumeration": "class A(enum.Enum):\n    _missing_ = 'a'.ljust\n    X = 1\n"
    "A(10**9)",
    "chance by a native": "import random\nclass R(random.Random):\n"
    "    getrandbits = staticmethod(int)\nR().randrange(1)",
    "chance by an attribute": "import random\nclass R(random.Random): pass\nr = R()\n"
    "r.random = float\nr.normalvariate(0, 1)",
    "elements that are slices": "x = [0] * 20000\n"
    "operator.itemgetter(*[slice(0, 20000)] * 2000)(x)",
    "bytes replaced": "(b'a' * 20000).replace(b'a', b'b' * 20000)",
    "bytes between": "(b'a' * 20000).join([b''] * 20000)",
    "texts of objects": "s = 'a' * 20000\nclass A:\n    __repr__ = lambda self: s\n"
    "repr([A()] * 20000)",
    "texts of enumerations": "class A(enum.Enum):\n    X = 'a' * 20000\nrepr([A.X] * 20000)",
    "texts of decimals": "import decimal\nrepr([decimal.Decimal('0.' + '9' * 19000)] * 20000)",
    "texts of partial functions": "p = 1\nfor _ in range(60): p = functools.partial(len, p, p)\n"
    "repr(p)",
    "texts of names": "f = lambda: 0\nf.__qualname__ = 'a' * 20000\nrepr([f] * 20000)",
    "texts of classes": "repr([type('a' * 20000, (), {})] * 20000)",
    "texts of fields": "x = 1\nfor _ in range(60): x = field(default=(x, x))\nrepr(x)",
    "texts of errors": _DOUBLED + "z = []\ne = OSError(2, 'x', z)\nz.append(x)\nstr(e)",
    "texts of time zones": "import datetime\n"
    "repr([datetime.timezone(datetime.timedelta(0), 'a' * 20000)] * 20000)",
    "texts of matches": "repr([re.match('.*', 'a' * 10000)] * 20000)",
    "texts in the place of matches": "s = 'a' * 20000\nre.sub('a', lambda m: s, 'a' * 10000)",
    "groups of a match": "m, x = re.match('(?=.(.*))' * 99, 'a' * 10000), []\n"
    "while True: x.append(m.groups())",
    "elements of a match": "m, x = re.match('(?=.(.*))', 'a' * 10000), []\n"
    "while True: x.append([m[1]] + [m[1]])",
    "groups of many matches": "x = []\nwhile True: x.append(re.findall('(?=.(.*))', 'a' * 3000))",
    "a stream far out": "import io\nb = io.BytesIO()\n"
    "for _ in range(9000): b.seek(1000, 1)\nb.write(b'a')",
    "copies": "class A: pass\na = A()\na.x = [[0] * 9000 for _ in range(30)]\n"
    "x = [copy.deepcopy(a) for _ in range(900)]",
}
_RUNNER = """
import ast, json, resource, sys
from researchers.program_analysis.rehearsal.limits import Exhausted, Refused
from researchers.program_analysis.rehearsal.rehearsal import _deep
from researchers.program_analysis.rehearsal.suite import Suite
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
for name, source in json.load(sys.stdin).items():
    print(name, end=": ", flush=True)
    trees = {"tests/test_a.py": ast.parse(source).body}
    try:
        with _deep():
            ended = Suite(trees).outcome("tests.test_a::test_a", %d)[0]
    except (Refused, Exhausted) as error:
        ended = type(error).__name__
    print(ended, flush=True)
"""


_STOPPED = ("Refused", "TookLong", "Exhausted")


def test_nothing_keeps_the_process_busy_or_fills_its_memory() -> None:
    sources = {name: inside(statements) for name, statements in BOMBS.items()}
    ended = subprocess.run(
        [sys.executable, "-c", _RUNNER % STEPS],
        input=json.dumps(sources), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout[-200:] + ended.stderr[-2000:]
    told = dict(line.split(": ") for line in ended.stdout.splitlines())
    assert told.keys() == BOMBS.keys()
    assert {n: e for n, e in told.items() if e not in _STOPPED} == {
        "deep records": "RecursionError",
        "native as operator": "TypeError",
        "patterns of messages": "AssertionError",
    }


_ALONE = """
        x, y = [1], [1]
        for _ in range(50): x, y = [x, x], [y, y]
        class A:
            def __enter__(self): return 1
            def __exit__(self, *ended): pass
            def __copy__(self): return 2
        a = A()
        a.__dict__['{}'] = [x, y].sort
        {}"""


@pytest.mark.parametrize(
    ("name", "use"),
    [("__enter__", "with a as b: assert b == 1"), ("__copy__", "assert copy.copy(a) == 2")],
)
def test_what_python_looks_up_in_classes_no_object_has_for_itself(name: str, use: str) -> None:
    assert outcome(inside(_ALONE.format(name, use))) == PASSED


def test_cases_of_cases_are_not_compared() -> None:
    source = """
        x = y = 1
        for _ in range(60): x, y = pytest.param(x, x), pytest.param(y, y)
        assert x != y and {x: 1}[x] and repr(x)"""
    assert outcome(inside(source)) == PASSED


HONEST = {
    "a class with parameters": """
        T = typing.TypeVar('T')
        class Stack(typing.Generic[T]):
            def __init__(self): self.kept: list[T] = []
        assert Stack[int]().kept == []""",
    "a typed tuple": """
        class Point(typing.NamedTuple):
            x: int
            y: int = 2
        assert Point(1) == (1, 2) and Point(1)._replace(x=3).x == 3""",
    "an enumeration": """
        class Colour(str, enum.Enum):
            RED = 'r'
        assert Colour['RED'] is Colour.RED and Colour('r').value == 'r'""",
    "a protocol": """
        @typing.runtime_checkable
        class Sized(typing.Protocol):
            def size(self) -> int: ...
        class A:
            def size(self): return 1
        assert isinstance(A(), Sized) and not isinstance(1, Sized)""",
    "records": """
        @dataclass(order=True)
        class A:
            n: int
            more: list = field(default_factory=list)
        assert sorted([A(2), A(1)])[0] == A(1) and repr(A(1)).endswith('A(n=1, more=[])')
        assert asdict(A(1, [A(2)])) == {'n': 1, 'more': [{'n': 2, 'more': []}]}""",
    "copies": """
        class A:
            def __init__(self): self.x = {1: [2]}
        a = A()
        a.me = a
        b, c = copy.deepcopy(a), copy.copy(a)
        b.x[1].append(3)
        assert a.x == {1: [2]} and b.x == {1: [2, 3]} and b.me is b and c.x is a.x""",
    "wrapped functions": """
        def twice(f):
            @functools.wraps(f)
            def run(*given):
                return 2 * f(*given)
            return run
        @twice
        def one(): return 1
        assert one() == 2 and one.__name__ == 'one'""",
    "iterators": """
        x = enumerate(itertools.chain([1], 'a'))
        assert next(x) == (0, 1) and list(x) == [(1, 'a')]
        assert list(itertools.chain.from_iterable([[1], [2]])) == [1, 2]
        assert list(itertools.islice(itertools.count(5), 2)) == [5, 6]
        assert [k for k, g in itertools.groupby('aab')] == ['a', 'b']
        assert sum(map(int, '12')) == 3 and sum([[1], [2]], []) == [1, 2]
        assert functools.reduce(operator.mul, [2, 3]) == 6""",
    "records one by one": """
        x = [1]
        x.extend(iter([2]))
        x += (n for n in [3])
        def f(): yield from range(3)
        assert x == [1, 2, 3] and list(f()) == [0, 1, 2]
        x[1:] = iter('ab')
        assert x == [1, 'a', 'b'] and {1: 2}.keys() | iter([3]) == {1, 3}
        d = collections.defaultdict(functools.partial(int, '7'))
        assert d[1] == 7 and collections.defaultdict(lambda: 3)[0] == 3
        assert operator.itemgetter(1, 0)('ab') == ('b', 'a')
        assert re.sub('a', lambda m: m[0] * 2, 'ab') == 'aab' and 5 in range(10**9)""",
    "chance of a kind": """
        import random
        class R(random.Random):
            def random(self): return 0.5
        assert R().choice([1, 2, 3]) == 2 and R().uniform(0, 2) == 1""",
    "super": """
        class A(Exception):
            def __init__(self, n):
                super().__init__('no')
                self.n = n
        assert str(A(1)) == 'no' and A(1).args == ('no',)""",
}


@pytest.mark.parametrize("statements", HONEST.values(), ids=HONEST)
def test_what_honest_programs_do_passes(statements: str) -> None:
    assert outcome(inside(statements)) == PASSED

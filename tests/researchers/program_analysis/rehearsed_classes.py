# ruff: noqa: E501
"""Classes of all kinds: small programs that set `result` or end with an exception."""

from __future__ import annotations

CASES: dict[str, str] = {
    "inheritance": """\
class Shape:
    sides = 0
    made = 0
    def __init__(self, name):
        self.name = name
        Shape.made += 1
    def area(self):
        raise NotImplementedError
    def __str__(self):
        return f"{self.name}:{self.area()}"
class Square(Shape):
    sides = 4
    def __init__(self, edge):
        super().__init__("square")
        self.edge = edge
    def area(self):
        return self.edge ** 2
class Cube(Square):
    def area(self):
        return 6 * super().area()
    def __repr__(self):
        return "Cube"
shapes = [Square(2), Cube(3)]
result = [str(s) for s in shapes], Shape.made, Cube.sides, f"{shapes[1]!r}", isinstance(
    shapes[1], Shape), issubclass(Cube, Square), type(shapes[0]).__name__
""",
    "not_implemented": """\
class Shape:
    def area(self):
        raise NotImplementedError("area")
Shape().area()
""",
    "diamond": """\
class A:
    def go(self):
        return ["A"]
class B(A):
    def go(self):
        return ["B", *super().go()]
class C(A):
    def go(self):
        return ["C", *super().go()]
class D(B, C):
    def go(self):
        return ["D", *super().go()]
result = D().go()
""",
    "operators_of_a_class": """\
class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)
    def __mul__(self, k):
        return Vector(self.x * k, self.y * k)
    __rmul__ = __mul__
    def __neg__(self):
        return self * -1
    def __eq__(self, other):
        return isinstance(other, Vector) and (self.x, self.y) == (other.x, other.y)
    def __hash__(self):
        return hash((self.x, self.y))
    def __lt__(self, other):
        return abs(self) < abs(other)
    def __abs__(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5
    def __bool__(self):
        return bool(self.x or self.y)
    def __getitem__(self, place):
        return (self.x, self.y)[place]
    def __len__(self):
        return 2
    def __repr__(self):
        return f"V({self.x}, {self.y})"
    def __call__(self, n):
        return n * self.x
    def __contains__(self, n):
        return n in (self.x, self.y)
v, w = Vector(3, 4), Vector(1, 2)
total = v
total += w
result = (repr(v + w), repr(2 * v), -w == Vector(-1, -2), v != w, sorted([v, w])[0][1], len(v), v(3),
          bool(Vector(0, 0)), list(v), {v: 1}[Vector(3, 4)], 4 in v, abs(v), repr(total))
""",
    "property_and_methods": """\
class Celsius:
    count = 0
    def __init__(self, degrees):
        self.degrees = degrees
    @property
    def degrees(self):
        return self._degrees
    @degrees.setter
    def degrees(self, value):
        if value < -273:
            raise ValueError("too cold")
        self._degrees = value
    @classmethod
    def of(cls, fahrenheit):
        cls.count += 1
        return cls((fahrenheit - 32) / 1.8)
    @staticmethod
    def unit():
        return "C"
warm = Celsius.of(212)
warm.degrees += 1
errors = []
try:
    warm.degrees = -300
except ValueError as error:
    errors.append(str(error))
result = warm.degrees, Celsius.count, Celsius.unit(), warm.unit(), errors
""",
    "read_only_property": """\
class Fixed:
    @property
    def size(self):
        return 3
Fixed().size = 4
""",
    "missing_attribute": "class A:\n    pass\nA().size\n",
    "attribute_of_none": "result = None\nresult.upper()\n",
    "attribute_of_text": "'a'.append('b')\n",
    "attributes_by_name": """\
class Bag:
    kind = "bag"
bag = Bag()
setattr(bag, "size", 3)
result = getattr(bag, "size"), getattr(bag, "none", 0), hasattr(bag, "kind"), hasattr(bag, "x")
""",
    "deleted_attribute": """\
class Bag:
    pass
bag = Bag()
bag.size = 1
del bag.size
bag.size
""",
    "getattr_of_a_class": """\
class Row:
    def __init__(self, data):
        self.data = data
    def __getattr__(self, name):
        if name in self.data:
            return self.data[name]
        raise AttributeError(name)
row = Row({"a": 1})
result = row.a, hasattr(row, "b")
""",
    "slots_and_class_attributes": """\
class Point:
    __slots__ = ("x", "y")
    def __init__(self, x, y):
        self.x = x
        self.y = y
p = Point(1, 2)
p.x += 1
result = p.x, p.y
""",
    "class_within_function": """\
def make(base):
    class Adder:
        step = base
        def add(self, n):
            return n + base + self.step
    return Adder()
result = make(3).add(1)
""",
    "class_decorator_and_nested_class": """\
def named(cls):
    cls.label = cls.__name__.lower()
    return cls
@named
class Tree:
    class Leaf:
        value = 5
    def leaf(self):
        return Tree.Leaf().value
result = Tree.label, Tree().leaf()
""",
    "iterator_of_a_class": """\
class Down:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        return self
    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n
result = list(Down(3)), max(Down(4)), [*Down(2)], 1 in Down(3)
""",
    "subclass_of_list": """\
class Stack(list):
    def push(self, x):
        self.append(x)
        return self
    def top(self):
        return self[-1]
class Table(dict):
    def __missing__(self, key):
        return key * 2
s = Stack([1]).push(2)
result = s.top(), len(s), list(s), Table(a=1)["a"], Table()[4]
""",
    "dataclass": """\
from dataclasses import dataclass, field, replace, asdict
@dataclass
class Item:
    name: str
    price: float = 1.5
    tags: list[str] = field(default_factory=list)
    def cost(self, n):
        return self.price * n
one, two = Item("a"), Item("b", 2.0, ["x"])
one.tags.append("own")
result = (one.tags, two.tags, one == Item("a", 1.5, ["own"]), two.cost(3), repr(two),
          asdict(replace(two, price=0.0)))
""",
    "dataclass_order": """\
from dataclasses import dataclass
import heapq
@dataclass(order=True)
class Job:
    due: int
    name: str = ""
heap = [Job(3, "c"), Job(1, "b"), Job(1, "a")]
heapq.heapify(heap)
result = [heapq.heappop(heap).name for _ in range(3)], Job(1) < Job(2), max(Job(1), Job(4)).due
""",
    "dataclass_frozen": """\
from dataclasses import dataclass
@dataclass(frozen=True)
class Point:
    x: int
    y: int = 0
    def __post_init__(self):
        if self.x < 0:
            raise ValueError("x")
    @property
    def sum(self):
        return self.x + self.y
seen = {Point(1, 2): "one"}
caught = ""
try:
    Point(-1)
except ValueError as error:
    caught = str(error)
result = seen[Point(1, 2)], Point(1).sum, caught
""",
    "dataclass_frozen_assignment": """\
from dataclasses import dataclass
@dataclass(frozen=True)
class Point:
    x: int
Point(1).x = 2
""",
    "dataclass_inheritance": """\
from __future__ import annotations
import dataclasses
from typing import ClassVar, Optional
@dataclasses.dataclass
class Base:
    a: int
    known: ClassVar[int] = 3
@dataclasses.dataclass
class Child(Base):
    next: Optional[Child] = None
    b: int = dataclasses.field(default=2, repr=False)
c = Child(1, Child(5))
result = c.next.a, c.b, Child.known, len(dataclasses.fields(c))
""",
    "dataclass_arguments": """\
from dataclasses import dataclass
@dataclass
class Point:
    x: int
Point(1, 2)
""",
    "named_tuple": """\
from typing import NamedTuple
from collections import namedtuple
class Move(NamedTuple):
    start: int
    end: int = 0
    def size(self):
        return self.end - self.start
Pair = namedtuple("Pair", "left right")
m = Move(2, 5)
start, end = m
result = (m.size(), m[0], m == (2, 5), start + end, tuple(m._replace(end=9)), Move(1).end,
          Pair(1, right=2).right, Pair(3, 4)._asdict(), sorted([Move(3), Move(1)])[0].start)
""",
    "enum": """\
from enum import Enum, IntEnum, auto
class Color(Enum):
    RED = 1
    BLUE = "b"
    def shown(self):
        return self.name.lower()
class Level(IntEnum):
    LOW = auto()
    HIGH = auto()
result = (Color.RED.value, Color("b").name, Color["RED"] is Color.RED, [c.name for c in Color],
          Color.BLUE.shown(), Level.LOW < Level.HIGH, int(Level.HIGH), Color.RED == Color.BLUE,
          {Color.RED: 1}[Color.RED], str(Color.RED), len(Color), Color.RED in Color)
""",
    "enum_unknown": "from enum import Enum\nclass C(Enum):\n    A = 1\nC(2)\n",
    "abstract_class": """\
from abc import ABC, abstractmethod
class Shape(ABC):
    @abstractmethod
    def area(self):
        ...
class Dot(Shape):
    def area(self):
        return 0
assert Dot().area() == 0
Shape()
""",
}

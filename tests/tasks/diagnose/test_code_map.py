"""The code map of a small target: calls, keys with readers, prompts, and what does not parse."""

from __future__ import annotations

import pytest

from tasks.diagnose import map_code

FILES = {
    "shop/__init__.py": "from .stock import Stock\n",
    "shop/stock.py": """\
        from __future__ import annotations
        from shop.prices import Prices, convert as to_euro
        from . import words

        class Base:
            def describe(self):
                return words.clean("x")

        class Stock(Base):
            tax: Prices

            def __init__(self, prices: Prices | None, settings):
                self.prices = prices
                self.limit = settings["search"]["limit"]
                part = settings["display"]
                self.shown = part.get("limit", 3)

            def total(self, names):
                return sum(map(self._price, names))

            def _price(self, name):
                return to_euro(self.prices.lookup(name)) + self.tax.lookup(name)
        """,
    "shop/prices.py": """\
        class Prices:
            def lookup(self, name):
                return 1

        def convert(value):
            async def inner():
                return value
            return inner
        """,
    "shop/words.py": """\
        def clean(text):
            return text.strip()

        def unused_cousin(thing):
            thing.restock_everything()

        class Shelf:
            def restock_everything(self):
                '''limit_of_docs'''
                return {"dead": 1}
        """,
    "main.py": """\
        import shop
        import shop.words as w

        def run(settings):
            stock = shop.Stock(None, settings)
            stock.describe()
            w.clean(open("notes/greeting.txt").read())
            settings.output.colour = "red"
            return stock.total([]), settings.output.format

        if __name__ == "__main__":
            run({})
        """,
    "tests/test_shop.py": "def test_it():\n    assert tested_only\n",
    "settings.yaml": """\
        search: {limit: 5, dead: true}
        display:
          limit: 7
        output: {format: "text", colour: blue, limit_of_docs: 1}
        tested_only: [1, 2]
        """,
    "extra.json": '{"search.k": 3}',
    "data.json": "[1, 2]",
    "bad.yaml": "a: [",
    "bad.py": "def",
    "pyproject.toml": "[project]\nname = 'x'\n",
    "notes/greeting.txt": "Hello {name}",
    "notes/other.txt": "nothing",
    "prompts/answer.md": "Answer: {question}",
    "README.md": "x",
}


@pytest.fixture
def code_map(target):
    return map_code(target(FILES).root, ("**",), ("tests/**", "prompts/secret/**"))


def test_modules_functions_and_what_does_not_parse(code_map):
    assert code_map.modules == (
        "main.py", "shop/__init__.py", "shop/prices.py", "shop/stock.py", "shop/words.py",
    )  # fmt: skip
    assert code_map.unparsed == ("bad.py", "bad.yaml")
    functions = {f"{f.path}:{f.name}": f for f in code_map.functions}
    price = functions["shop/stock.py:Stock._price"]
    assert (price.line, price.end_line, price.parameters) == (21, 22, ("self", "name"))
    assert price.calls == ("self.prices.lookup", "self.tax.lookup", "to_euro")
    assert "shop/prices.py:convert.inner" in functions
    assert not any(name.startswith("tests/") for name in functions)


def test_calls(code_map):
    assert code_map.calls == {
        "main.py:<module>": ("main.py:run",),
        "main.py:run": (
            "shop/stock.py:Base.describe",
            "shop/stock.py:Stock.__init__",
            "shop/stock.py:Stock.total",
            "shop/words.py:clean",
        ),
        "shop/prices.py:convert": ("shop/prices.py:convert.inner",),
        "shop/stock.py:Base.describe": ("shop/words.py:clean",),
        "shop/stock.py:Stock._price": ("shop/prices.py:Prices.lookup", "shop/prices.py:convert"),
        "shop/stock.py:Stock.total": ("shop/stock.py:Stock._price",),
        "shop/words.py:unused_cousin": ("shop/words.py:Shelf.restock_everything",),
    }


def test_configuration_keys_and_their_readers(code_map):
    keys = {k.key: k for k in code_map.config_keys}
    readers = {
        name: [f"{r.path}:{r.line}:{r.function}" for r in key.readers] for name, key in keys.items()
    }
    assert readers == {
        "search.limit": ["shop/stock.py:14:Stock.__init__"],
        "search.dead": [],
        "display.limit": ["shop/stock.py:16:Stock.__init__"],
        "output.format": ["main.py:9:run"],
        "output.colour": [],
        "output.limit_of_docs": [],
        "tested_only": [],
        "search.k": [],
    }
    assert (keys["search.dead"].value, keys["output.format"].value) == ("true", '"text"')
    assert keys["tested_only"].value == "[1, 2]"


def test_keys_unpacked_into_parameters_are_read(target):
    subject = target(
        {
            "a.yaml": "index: {size: 3, colour: red}",
            "a.py": "def build(size): return size\ndef go(c): return build(**c['index'])",
        }
    )
    found = {k.key: len(k.readers) for k in map_code(subject.root, ("**",), ()).config_keys}
    assert found == {"index.size": 1, "index.colour": 0}


def test_prompts(code_map):
    assert code_map.prompts == ("notes/greeting.txt", "prompts/answer.md")


def test_only_editable_files_are_listed_but_all_are_searched(target):
    code_map = map_code(target(FILES).root, ("shop/**", "settings.yaml"), ())
    assert set(code_map.modules) == {m for m in code_map.modules if m.startswith("shop/")}
    keys = {k.key: k.readers for k in code_map.config_keys}
    assert keys["output.format"][0].path == "main.py"
    assert "main.py:run" in code_map.calls


def test_circular_imports_and_bases_end(target):
    subject = target(
        {
            "a.py": "from b import *\nfrom b import X\nclass A(B): pass\nA().missing_method()\n",
            "b.py": "from a import *\nfrom a import X\nclass B(A): pass\nX()\n",
        }
    )
    assert map_code(subject.root, ("**",), ()).calls == {}

"""Each operator mends a small program: the code is run before and after the change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

import pytest

Check = Callable[[ModuleType], Any]
HEAD = "import datetime as dt\nfrom datetime import date, datetime, timedelta\n"

CASES: dict[str, tuple[str, str, Check, Any]] = {
    "clamped profit": (
        "remove_clamp",
        "def margin(income, cost):\n    return max(0, income - cost)\n",
        lambda m: m.margin(1, 3), -2,
    ),
    "one bad price ends the list": (
        "try_each",
        "def prices(rows):\n    out = []\n    try:\n        for row in rows:\n"
        "            out.append(float(row))\n    except ValueError:\n        pass\n"
        "    return out\n",
        lambda m: m.prices(["1", "x", "3"]), [1.0, 3.0],
    ),
    "clamp by statement": (
        "remove_clamp",
        "def level(x):\n    y = x - 5\n    if y < 0:\n        y = 0\n    return y\n",
        lambda m: m.level(1), -4,
    ),
    "tags lose their order": (
        "keep_order",
        "def tags(words):\n    return list(set(words))\n",
        lambda m: m.tags(["pear", "fig", "pear", "kiwi", "nut"]), ["pear", "fig", "kiwi", "nut"],
    ),
    "equal notes collapse": (
        "key_by_identity",
        "class Note:\n    id: int\n    text: str\n    def __init__(self, id: int, text: str):\n"
        "        self.id: int = id\n        self.text: str = text\n"
        "def table(notes: list[Note]):\n    return {n.text: n for n in notes}\n",
        lambda m: len(m.table([m.Note(1, "a"), m.Note(2, "a")])), 2,
    ),
    "log lines stamped with the clock": (
        "replace_wall_clock",
        HEAD + "def stamp(line: str, sent_at: datetime):\n"
        "    return {'line': line, 'at': datetime.now()}\n",
        lambda m: m.stamp("x", 7)["at"], 7,
    ),
    "epoch for a missing day": (
        "replace_wall_clock",
        HEAD + "def due(invoice_date: date, days: int):\n"
        "    start = date(1970, 1, 1)\n    return start + timedelta(days)\n",
        lambda m: m.due(m.date(2024, 3, 1), 1).year, 2024,
    ),
    "clock below a caller that knows": (
        "thread_date",
        HEAD + "def resolve(words: str):\n    base = datetime.now()\n    return base\n"
        "def read(message: str, sent_date: datetime):\n    return resolve(message)\n",
        lambda m: m.read("yesterday", 5), 5,
    ),
    "a month of thirty days": (
        "calendar_shift",
        HEAD + "def back(day: date, n: int):\n    return day - timedelta(days=30 * n)\n",
        lambda m: str(m.back(m.date(2024, 3, 31), 1)), "2024-02-29",
    ),
    "body cut before storing": (
        "keep_whole_text",
        "def store(text: str):\n    return {'body': text[:5]}\n",
        lambda m: m.store("abcdefgh")["body"], "abcdefgh",
    ),
    "the last row is left out": (
        "widen_range",
        "def rows(n: list):\n    return [n[i] for i in range(len(n) - 1)]\n",
        lambda m: m.rows([1, 2, 3]), [1, 2, 3],
    ),
    "windows end too soon": (
        "widen_range",
        "def starts(n: int, size: int):\n    return list(range(n - size))\n",
        lambda m: m.starts(4, 2), [0, 1, 2],
    ),
    "a threshold of zero is lost": (
        "none_default",
        "def limit(given):\n    threshold = given or 10\n    return threshold\n",
        lambda m: m.limit(0), 0,
    ),
    "farthest first": (
        "flip_order",
        "def nearest(shops):\n"
        "    return sorted(shops, key=lambda s: s['distance'], reverse=True)\n",
        lambda m: m.nearest([{"distance": 1}, {"distance": 2}])[0]["distance"], 1,
    ),
    "smallest invoices as the largest": (
        "flip_order",
        "def largest(invoices):\n    return sorted(invoices)[:1]\n",
        lambda m: m.largest([1, 9]), [9],
    ),
    "sku in another case": (
        "fold_case",
        "def stock(items, name: str):\n    return [i for i in items if i['name'] == name]\n",
        lambda m: len(m.stock([{"name": "Bolt"}], "bolt")), 1,
    ),
    "see in seen": (
        "whole_word",
        "def about(text: str, word: str):\n    return word in text\n",
        lambda m: m.about("it was seen", "see"), False,
    ),
    "a basket shared by all": (
        "fresh_default",
        "def add(item, basket=[]):\n    basket.append(item)\n    return basket\n",
        lambda m: (m.add(1), m.add(2))[1], [2],
    ),
    "owners written with brackets": (
        "join_elements",
        "def label(owners: list[str]):\n    return str(owners)\n",
        lambda m: m.label(["x"]), "x",
    ),
    "query side not lowered": (
        "same_treatment",
        "def build(pages):\n    return [set(p.lower().split()) for p in pages]\n"
        "def find(pages, query):\n    q = set(query.split())\n"
        "    return [bool(q & p) for p in build(pages)]\n",
        lambda m: m.find(["Red Car"], "RED"), [True],
    ),
    "stored by clean key": (
        "same_treatment",
        "def clean(s):\n    return s.strip().lower()\n"
        "class Book:\n    def __init__(self):\n        self.pages = {}\n"
        "    def put(self, name, page):\n        self.pages[clean(name)] = page\n"
        "    def get(self, name):\n        return self.pages.get(name)\n",
        lambda m: (b := m.Book(), b.put(" A ", 1), b.get("A"))[2], 1,
    ),
    "cut before the filter": (
        "filter_first",
        "def top(rows, k):\n    best = sorted(rows)[:k]\n    return [r for r in best if r % 2]\n",
        lambda m: m.top([2, 4, 1, 3, 5], 2), [1, 3],
    ),
    "search too shallow for its filter": (
        "filter_first",
        "def search(rows, k):\n    return rows[:k]\n"
        "def odd(rows, limit):\n    return [r for r in search(rows, limit) if r % 2]\n",
        lambda m: m.odd([2, 4, 1, 3], 2), [1, 3],
    ),
    "width for height": (
        "uncross_arguments",
        "def area(width, height):\n    return (width, height)\n"
        "def tile(width, height):\n    return area(height, width)\n",
        lambda m: m.tile(1, 2), (1, 2),
    ),
    "what comes after for what came before": (
        "uncross_arguments",
        "def grown(old, new):\n    return new - old\n"
        "def report(height_before, height_after):\n    return grown(height_after, height_before)\n",
        lambda m: m.report(1, 3), 2,
    ),
    "time that runs backwards": (
        "reversed_difference_turned",
        "def elapsed(start, end):\n    return (start - end) / 60\n",
        lambda m: m.elapsed(60, 180), 2,
    ),
    "unit never passed": (
        "pass_argument",
        "def show(value, unit='m'):\n    return f'{value}{unit}'\n"
        "def line(value, unit):\n    return show(value)\n",
        lambda m: m.line(3, "km"), "3km",
    ),
    "a limit overwritten": (
        "honour_value",
        "def take(rows, limit):\n    limit = 1\n    return rows[:limit]\n",
        lambda m: m.take([1, 2, 3], 2), [1, 2],
    ),
    "a table beats the caller": (
        "honour_value",
        "PLAN = {'rate': 1}\n"
        "def price(x, rate):\n    r = PLAN.get('rate', rate)\n    return x * r\n",
        lambda m: m.price(3, 5), 15,
    ),
    "a literal beats the caller": (
        "honour_value",
        "def pay(x, days=1):\n    return x * days\n"
        "def total(x, days):\n    return pay(x, days=30)\n",
        lambda m: m.total(2, 3), 6,
    ),
    "an ignored parameter": (
        "use_parameter",
        "def pad(text: str, width: int = 4):\n    return text.ljust(4)\n",
        lambda m: len(m.pad("a", 9)), 9,
    ),
    "a conjunct drops rows": (
        "relax_guard",
        "def keep(rows):\n    out = []\n    for r in rows:\n"
        "        if r.get('url') and r.get('note'):\n            out.append(r)\n    return out\n",
        lambda m: len(m.keep([{"note": "x"}])), 1,
    ),
    "prices with a sign are swallowed": (
        "rescue_records",
        "def prices(rows):\n    out = []\n    for r in rows:\n        try:\n"
        "            out.append(float(r))\n        except ValueError:\n            continue\n"
        "    return out\n",
        lambda m: m.prices(["1,200", "$3"]), [1200.0, 3.0],
    ),
    "rows without a caption are swallowed": (
        "rescue_records",
        "def read(rows):\n    out = []\n    for r in rows:\n        try:\n"
        "            out.append((r['a'], r['caption']))\n        except KeyError:\n"
        "            pass\n    return out\n",
        lambda m: m.read([{"a": 1}]), [(1, "")],
    ),
    "a cleaner that nobody calls": (
        "wire_component",
        "def tidy(text: str) -> str:\n    return text.strip()\n"
        "def show(text: str) -> str:\n    return text\n",
        lambda m: m.show(" a "), "a",
    ),
    "rivers hidden by another sensor": (
        "unmask",
        "import numpy as np\n"
        "def levels(depth, rain):\n    return np.where(rain > 0, depth * 2, 0.0)\n",
        lambda m: m.levels(m.np.array([1.0, 2.0]), m.np.array([0, 1])).tolist(), [2.0, 4.0],
    ),
    "profits clipped in an array": (
        "remove_clamp",
        "import numpy as np\n"
        "def margin(income, cost):\n    return np.maximum(0.0, income - cost)\n",
        lambda m: m.margin(m.np.array([1.0]), 3).tolist(), [-2.0],
    ),
    "the first sentence of a report": (
        "keep_whole_text",
        "def gist(report: str):\n    return report.split('. ')[0]\n",
        lambda m: m.gist("All well. Nearly"), "All well. Nearly",
    ),
    "the abstract of an article in an issue": (
        "keep_whole_text",
        "class Article:\n    text: str\n    abstract: str\n"
        "    def __init__(self, text: str, abstract: str):\n"
        "        self.text: str = text\n        self.abstract: str = abstract\n"
        "class Issue:\n    article: Article\n    def __init__(self, article: Article):\n"
        "        self.article: Article = article\n"
        "def index(issue: Issue):\n    return issue.article.abstract\n",
        lambda m: m.index(m.Issue(m.Article("long", "short"))), "long",
    ),
    "art in party": (
        "bound_pattern",
        "import re\nTOPIC = re.compile('art|music')\nDAY = re.compile(r'\\bday\\b')\n"
        "def topic(text: str):\n    return bool(TOPIC.search(text))\n",
        lambda m: (m.topic("a party"), m.topic("the art of it")), (False, True),
    ),
    "no notes for parcels without a label": (
        "relax_guard",
        "def note_of(parcel: dict):\n    if not parcel.get('label'):\n        return ''\n"
        "    return parcel.get('note') or ''\n",
        lambda m: m.note_of({"note": "fragile"}), "fragile",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_an_operator_mends_what_it_is_for(case: str, bench: Any) -> None:
    operator, source, check, wanted = CASES[case]
    target = bench({"job.py": source})
    assert check(target.load(None, "job.py")) != wanted
    proposals = target.of(f"operator:{operator}")
    assert proposals
    results = [_outcome(check, target, proposal) for proposal in proposals]
    assert wanted in results


def _outcome(check: Check, target: Any, proposal: Any) -> Any:
    try:
        return check(target.load(proposal, "job.py"))
    except Exception as error:  # noqa: BLE001  (a sibling draft may break the program)
        return repr(error)


SETTINGS: dict[str, tuple[str, Mapping[str, str], Check, Any]] = {
    "a component switched off": (
        "switch_setting",
        {
            "conf.yaml": "# kept\nspell:\n  enabled: false  # why\n",
            "job.py": "import yaml, pathlib\n"
            "HERE = pathlib.Path(__file__).parent\n"
            "def on():\n"
            "    return yaml.safe_load((HERE / 'conf.yaml').read_text())['spell']['enabled']\n",
        },
        lambda m: m.on(), True,
    ),
    "a setting that a table beats": (
        "honour_value",
        {
            "conf.yaml": "fees:\n  express: 9\n  normal: 4\n",
            "job.py": "import yaml, pathlib\n"
            "FILE = pathlib.Path(__file__).parent / 'conf.yaml'\n"
            "CONF = yaml.safe_load(FILE.read_text())['fees']\n"
            "FEES = {'near': 1, 'far': 2}\n"
            "def fee(zone):\n    return FEES.get(zone, CONF['normal'])\n",
        },
        lambda m: m.fee("far"), 4,
    ),
    "a component that its settings name": (
        "wire_component",
        {
            "conf.yaml": "price:\n  with_tax_rate: 0.5\n  base: 10.0\n",
            "job.py": "import yaml, pathlib\n"
            "FILE = pathlib.Path(__file__).parent / 'conf.yaml'\n"
            "CONF = yaml.safe_load(FILE.read_text())['price']\n"
            "def with_tax(amount: float, rate: float) -> float:\n"
            "    return amount * (1 + rate)\n"
            "def price(count: float) -> float:\n    return CONF['base'] * count\n",
        },
        lambda m: m.price(2), 30.0,
    ),
    "a setting that nobody reads": (
        "read_setting",
        {
            "conf.yaml": "page:\n  rows: 3\n  columns: 2\n",
            "job.py": "import yaml, pathlib\n"
            "FILE = pathlib.Path(__file__).parent / 'conf.yaml'\n"
            "CONF = yaml.safe_load(FILE.read_text())['page']\n"
            "def page(items):\n    rows = 1\n    columns = CONF['columns']\n"
            "    return items[: rows * columns]\n",
        },
        lambda m: len(m.page(list(range(9)))), 6,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SETTINGS)
def test_settings_are_switched_and_read(case: str, bench: Any) -> None:
    operator, files, check, wanted = SETTINGS[case]
    target = bench(files)
    proposals = target.of(f"operator:{operator}")
    assert wanted in [_outcome(check, target, proposal) for proposal in proposals]


def test_declared_hyperparameters_are_left_to_the_tuner(bench: Any) -> None:
    target = bench({"conf.yaml": "spell: false\n", "job.py": "x = 1\n"})
    assert target.of("operator:switch_setting")
    assert not target.of("operator:switch_setting", hyperparameters=("conf.yaml:spell",))


def test_a_template_learns_what_the_metric_asks_for(bench: Any) -> None:
    target = bench({"prompts/ask.txt": "Question: {question}\n", "job.py": "x = 1\n"})
    texts = [
        edit.content
        for proposal in target.of("operator:speak_template", notes='Write "not known" if so.')
        for edit in proposal.edits
    ]
    assert any("not known" in (text or "") for text in texts)

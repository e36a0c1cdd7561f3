"""Chunking, caching, pictures and questions: small systems, run before and after."""

from __future__ import annotations

from typing import Any

from tasks.records.dossier import MetricCard
from tasks.records.evidence import FlowCount, FlowTrace, Location

MANUALS = {
    "manuals.py": (
        "from dataclasses import dataclass\n\n\n@dataclass(frozen=True)\nclass Manual:\n"
        "    number: int\n    text: str\n    photo: str = ''\n\n\n"
        "def terms(text: str) -> set[str]:\n    return set(text.lower().split())\n\n\n"
        "class Shelf:\n    def __init__(self, manuals: list[Manual]):\n"
        '        """Indexes all manuals."""\n        self.manuals = manuals\n'
        "        self.index = [terms(m.text) for m in manuals]\n\n"
        "    def search(self, query: str, limit: int = 2) -> list[Manual]:\n"
        "        wanted = terms(query)\n"
        "        share = [len(wanted & s) / len(s) for s in self.index]\n"
        "        order = sorted(range(len(share)), key=lambda i: -share[i])\n"
        "        return [self.manuals[i] for i in order[:limit]]\n\n\n"
        "def ask(shelf: Shelf, question: str) -> int:\n"
        "    return shelf.search(question, 1)[0].number\n"
    )
}
ROWS = {
    "rows.py": (
        "def find(records, query, limit):\n    wanted = query.split()\n\n"
        "    def share(r):\n"
        "        return -sum(w in r['body'] for w in wanted) / len(r['body'])\n\n"
        "    best = sorted(records, key=share)\n    return best[:limit]\n"
    )
}
SPEED = MetricCard(name="latency", kind="command", direction="minimize", unit="seconds", notes="")


def test_a_long_text_is_found_by_one_of_its_pieces(bench: Any) -> None:
    target = bench(MANUALS)
    long = " ".join([f"filler{i}" for i in range(300)] + ["descale", "the", "boiler", "valve"])
    for proposal, number in ((None, 2), (target.of("recipe:chunking")[0], 1)):
        module = target.load(proposal, "manuals.py")
        other = " ".join(f"word{i}" for i in range(40))
        books = [module.Manual(1, long), module.Manual(2, f"the boiler {other}")]
        found = module.Shelf(books).search("descale the boiler valve", 1)
        assert [b.number for b in found] == [number]
        assert found[0] in books


def test_rows_of_a_mapping_come_back_whole(bench: Any) -> None:
    target = bench(ROWS)
    module = target.load(target.of("recipe:chunking")[0], "rows.py")
    rows = [{"body": "x " * 200 + "oil leak"}, {"body": "oil and water" + " and more" * 8}]
    assert module.find(rows, "oil leak", 9) in (rows, rows[::-1])
    assert module.find(rows, "oil leak", 9)[0] is rows[0]


def test_a_list_of_positions_is_not_split(bench: Any) -> None:
    source = (
        "def rank(rows, query):\n    return [i for i, r in enumerate(rows) if query in r['text']]\n"
    )
    target = bench({"a.py": source})
    assert not target.of("recipe:chunking")


def test_a_pure_function_is_computed_once_and_answers_the_same(bench: Any) -> None:
    source = (
        "CALLS = 0\n\n\ndef factors(n: int) -> list[int]:\n    found = []\n"
        "    for d in range(2, n + 1):\n        while n % d == 0:\n            found.append(d)\n"
        "            n //= d\n    return found\n\n\n"
        "def all_of(numbers):\n    return [factors(n) for n in numbers]\n"
    )
    target = bench({"a.py": source})
    plain, quick = (
        target.load(p, "a.py") for p in (None, target.of("recipe:caching", metric=SPEED)[0])
    )
    assert quick.all_of([12, 12, 7, True]) == plain.all_of([12, 12, 7, True])
    quick.factors(12).append(99)
    assert quick.factors(12) == [2, 2, 3]


def test_what_is_not_pure_or_not_asked_for_is_not_cached(bench: Any) -> None:
    impure = (
        "import random\n\nSEEN = []\n\n\ndef a(n: int) -> int:\n    SEEN.append(n)\n"
        "    return sum(range(n))\n\n\ndef b(n: int) -> float:\n"
        "    return sum(random.random() for _ in range(n))\n\n\ndef c(n: list) -> int:\n"
        "    return sum(x for x in n)\n\n\n"
        "def d(n: int) -> object:\n    return [x for x in range(n)]\n\n\n"
        "def e(n: int) -> int:\n    return sum(len(open(str(i)).read()) for i in range(n))\n\n\n"
        "def all_of(ns):\n    return [(a(n), b(n), c([n]), d(n), e(n)) for n in ns]\n"
    )
    target = bench({"a.py": impure})
    assert not target.of("recipe:caching", metric=SPEED)
    reasons = {u.source: u.reason for u in target.draft(mutations=False).unmatched}
    assert "does not reward speed" in reasons["recipe:caching"]


def test_the_trace_says_whether_a_function_is_called_often(bench: Any) -> None:
    source = "def half(n: int) -> int:\n    return n // 2\n"
    target = bench({"a.py": source})
    for calls, drafted in ((2, 0), (5000, 1)):
        flow = FlowCount(location=Location(path="a.py", function="half"), calls=calls, seconds=1.0)
        trace = FlowTrace(flows=(flow,))
        assert len(target.of("recipe:caching", metric=SPEED, trace=trace)) == drafted


def test_calls_that_multiply_are_remembered_for_any_metric(bench: Any) -> None:
    source = "def ways(n: int) -> int:\n    return 1 if n < 2 else ways(n - 1) + ways(n - 2)\n"
    target = bench({"a.py": source})
    assert target.load(target.of("recipe:caching")[0], "a.py").ways(300) > 10**60


def test_a_pictures_description_goes_into_the_index(bench: Any) -> None:
    describe = "def describe_photo(photo: str) -> str:\n    return f'a {photo} seen from above'\n"
    target = bench({**MANUALS, "seen.py": describe})
    proposal = target.of("recipe:picture-indexing")[0]
    module = target.load(proposal, "manuals.py")
    books = [module.Manual(1, "about pumps"), module.Manual(2, "about valves", "lever")]
    assert module.ask(module.Shelf(books), "lever seen from above") == 2


def test_a_table_of_descriptions_goes_into_the_index(bench: Any) -> None:
    source = (
        "def build_index(rows, captions):\n"
        "    return [set(tokenize(row['text'])) for row in rows if row['image'] is not None]\n\n\n"
        "def tokenize(text):\n    return text.split()\n"
    )
    target = bench({"a.py": source})
    rows = [{"text": "at home", "image": "7.png"}]
    assert "lamp" not in target.load(None, "a.py").build_index(rows, {"7.png": "a lamp"})[0]
    module = target.load(target.of("recipe:picture-indexing")[0], "a.py")
    assert "lamp" in module.build_index(rows, {"7.png": "a lamp"})[0]


def test_pictures_that_are_described_already_are_left_alone(bench: Any) -> None:
    files = {
        "a.py": (
            "def describe_photo(photo):\n    return 'x' + photo\n\n\n"
            "def index(rows):\n    return [r['text'] + describe_photo(r['photo']) for r in rows]\n"
        )
    }
    assert not bench(files).of("recipe:picture-indexing")


def test_function_words_of_a_question_are_left_out(bench: Any) -> None:
    target = bench(MANUALS)
    plain = next(p for p in target.of("recipe:query-expansion") if "function words" in p.title)
    for proposal, number in ((None, 1), (plain, 2)):
        module = target.load(proposal, "manuals.py")
        books = [
            module.Manual(1, "what is the use of it"),
            module.Manual(2, "valve and many parts"),
        ]
        assert module.ask(module.Shelf(books), "what is the use of the valve?") == number


def test_a_second_search_uses_words_of_the_first_results(bench: Any) -> None:
    files = {
        "a.py": (
            "def search(rows: list[str], query: str) -> list[str]:\n    wanted = query.split()\n"
            "    found = [r for r in rows if any(w in r.split() for w in wanted)]\n"
            "    return sorted(found, key=lambda r: -sum(w in r.split() for w in wanted))\n\n\n"
            "def ask(rows, question):\n    return search(rows, question)\n"
        )
    }
    target = bench(files)
    again = next(p for p in target.of("recipe:query-expansion") if "first results" in p.title)
    rows = ["kettle lost", "kettle boils water", "boils water kettle fast"]
    assert target.load(None, "a.py").ask(rows, "kettle")[0] == "kettle lost"
    found = target.load(again, "a.py").ask(rows, "kettle")
    assert found[0] == "kettle boils water"
    assert sorted(found) == sorted(rows)

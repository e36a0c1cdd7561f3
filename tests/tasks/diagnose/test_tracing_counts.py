"""What the tracer counts: flows, drops, swallowed exceptions and coverage of small programs."""

from __future__ import annotations

import pytest

CLEANER = """\
import csv
import io
from dataclasses import dataclass


@dataclass
class Row:
    name: str
    price: float
    note: str | None = None


def parse(text):
    rows = []
    for record in csv.DictReader(io.StringIO(text)):
        if not record["name"]:
            continue
        try:
            price = float(record["price"])
        except ValueError:
            continue
        if price > 0:
            rows.append(Row(record["name"], price, record["note"] or None))
    return rows


def cheap(rows, limit):
    return [row for row in rows if row.price < limit]


def find(rows, name):
    for row in rows:
        if row.name == name:
            return row


def reading(path):
    try:
        return open(path).read()
    except OSError:
        return ""


def each(rows):
    yield from rows


def main():
    text = "name,price,note\\nnut,1,\\n,2,\\nbolt,x,\\ncog,-1,\\ngear,9,big\\n"
    rows = parse(text)
    print(cheap(rows, 5), [find(rows, n) for n in ("nut", "bolt", "gear")], reading("/absent"))
    for n in range(300):
        find(rows, "nut" if n % 3 else "none")
    print(len(list(each(rows))))


main()
"""


@pytest.fixture
def trace(target):
    subject = target({"cleaner.py": CLEANER})
    assert subject.traced("cleaner.py").stdout.endswith("2\n")
    return subject.trace


def flow(trace, name):
    return next(f for f in trace.flows if f.location.function == name)


def test_kinds_and_sizes(trace):
    cheap = flow(trace, "cheap")
    assert cheap.inputs == {
        "rows: list[Row{name,note=None,price}|Row{name,note,price}]": 1,
        "limit: int": 1,
    }
    assert cheap.outputs == {"list[Row{name,note=None,price}]": 1}
    assert cheap.out_sizes == (1, 1, 1)
    assert (cheap.location.path, cheap.location.line, cheap.location.end_line) == (
        "cleaner.py",
        27,
        28,
    )
    assert flow(trace, "each").outputs == {"generator": 1}


def test_calls_and_empty_returns_are_exact_beyond_the_sample(trace):
    find = flow(trace, "find")
    assert find.calls == 303
    assert find.empty_returns == 101
    assert sum(find.outputs.values()) == 200
    assert flow(trace, "reading").outputs == {"empty str": 1}
    assert flow(trace, "main").empty_returns == 0


def test_drops(trace):
    found = {(d.location.line, d.statement): (d.dropped, d.seen) for d in trace.drops}
    assert found == {
        (17, "if not record['name']: continue"): (1, 5),
        (21, "except ValueError: continue"): (1, 5),
        (22, "if not (price > 0): skipped"): (1, 5),
        (28, "if not (row.price < limit): skipped"): (1, 2),
        (34, "if row.name == name: return"): (202, 303),
    }
    kinds = {d.location.line: d.kinds for d in trace.drops}
    assert kinds[17] == {"dict{name,note,price}": 1}
    assert kinds[28] == {"Row{name,note,price}": 1}


LOSSES = """\
def cut(words, text, n):
    head = words[:n]
    best = sorted(words, reverse=True)[:n]
    return head, best, text[:4], text[n:], words[-n:]


def by_name(rows):
    found = {}
    for row in rows:
        found[row["name"]] = row
    return found, {row["name"]: row for row in rows}, {row["name"] for row in rows}


def count(rows):
    found = {}
    for row in rows:
        found[row["name"]] = found.get(row["name"], 0) + 1
    return found


def unique(words):
    return set(words), dict.fromkeys(words)


def long_ones(words):
    return list(filter(lambda word: len(word) > 3, words)), list(filter(None, words))


def first(rows):
    for n, row in enumerate(rows):
        if row["name"] == "b":
            break
    for name, row in by_name(rows)[0].items():
        if name == "c":
            return row


def main():
    words = ["delta", "al", "delta", "beta", ""]
    rows = [{"name": name} for name in "abac"]
    print(cut(words, "a long text", 2), by_name(rows), count(rows), unique(words))
    print(long_ones(words), first(rows))


main()
"""


def test_every_way_to_lose_records(target):
    subject = target({"losses.py": LOSSES})
    assert subject.traced("losses.py") == subject.plain("losses.py")
    trace = subject.trace
    found = {(d.location.line, d.how, d.statement): (d.dropped, d.seen) for d in trace.drops}
    assert {key: counts for key, counts in found.items() if counts[0]} == {
        (2, "slice", "words[:n]"): (3, 5),
        (3, "slice", "sorted(words, reverse=True)[:n]"): (3, 5),
        (4, "text", "text[:4]"): (7, 11),
        (10, "overwrite", "found[row['name']] = row"): (2, 8),
        (11, "collapse", "{row['name']: row for row in rows}"): (2, 8),
        (11, "collapse", "{row['name'] for row in rows}"): (2, 8),
        (22, "collapse", "set(words)"): (1, 5),
        (22, "collapse", "dict.fromkeys(words)"): (1, 5),
        (26, "filter", "filter(lambda word: len(word) > 3, words)"): (2, 5),
        (26, "filter", "filter(None, words)"): (1, 5),
        (32, "break", "if row['name'] == 'b': break"): (1, 1),
        (35, "return", "if name == 'c': return"): (1, 1),
    }
    loops = {loop.location.line: loop for loop in trace.loops}
    assert (loops[9].entered, loops[9].records) == (2, 8)
    assert loops[9].kinds == {"dict{name}": 6}
    assert (loops[30].records, loops[33].records) == (4, 3)


def test_swallowed(trace):
    assert {s.location.line: s.raised for s in trace.swallowed} == {
        20: "cleaner.py:19", 40: "cleaner.py:39",
    }  # fmt: skip
    found = {(s.location.line, s.exception, s.message, s.count) for s in trace.swallowed}
    assert found == {
        (20, "ValueError", "could not convert string to float: 'x'", 1),
        (40, "FileNotFoundError", "[Errno 2] No such file or directory: '/absent'", 1),
    }


def test_raising_handlers_swallow_nothing(target):
    subject = target(
        {
            "main.py": """\
            def strict(x):
                try:
                    return int(x)
                except ValueError as error:
                    if x == "y":
                        return 0
                    raise KeyError(x) from error

            for x in ("1", "x", "x", "y"):
                try:
                    strict(x)
                except KeyError:
                    pass
            """
        }
    )
    assert subject.traced("main.py").stderr == ""
    found = {(s.location.function, s.exception, s.count) for s in subject.trace.swallowed}
    assert found == {("strict", "ValueError", 1), ("", "KeyError", 2)}


SEARCH = """\
from dataclasses import dataclass

@dataclass
class Query:
    id: str
    words: str

def overlap(a, b):
    return len(set(a.split()) & set(b.split()))

def rank(words, pages):
    return max(pages, key=lambda page: overlap(words, page))

def rewrite(words):
    return words.lower()

def answer(query, pages):
    words = query.words
    if "?" in words:
        words = rewrite(words)
    return rank(words, pages)

def save(results):
    return len(results)

pages = ["the red fox", "a blue whale"] * 200
warm = [overlap("x", page) for page in pages]
queries = [Query("id-1", "red fox"), Query("id-2", "BLUE whale?"), Query("id-3", "fox")]
results = [{"id": q.id, "page": answer(q, pages)} for q in queries]
save(results)
"""


def test_coverage_follows_the_item_at_hand(target):
    subject = target({"search.py": SEARCH})
    run = subject.traced("search.py", items={"id-1": "red fox", "id-2": "BLUE whale?", "id-9": "?"})
    assert run.stderr == ""
    trace = subject.trace
    assert trace.items == 2
    assert trace.coverage == {
        "search.py:answer": ("id-1", "id-2"),
        "search.py:rank": ("id-1", "id-2"),
        "search.py:overlap": ("id-1", "id-2"),
        "search.py:rewrite": ("id-2",),
    }


def test_without_recognised_items_coverage_is_empty(target):
    subject = target({"search.py": SEARCH})
    subject.traced("search.py", items={"unknown": "never asked"})
    assert subject.trace.coverage == {}
    assert subject.trace.items == 0


def test_trace_is_written_when_the_program_fails(target):
    subject = target({"main.py": "import sys\ndef f():\n    sys.exit(3)\nf()\n"})
    assert subject.traced("main.py").status == 3
    assert [f.calls for f in subject.trace.flows] == [1]

# ruff: noqa: E501
"""Three small systems with several defects each, for the search to mend by measured score."""

from __future__ import annotations

HELPDESK_NOTES = ""

HELPDESK = {
    "desk/__init__.py": "",
    "desk/ticket.py": """\
'''Tickets of the help desk.'''
from dataclasses import dataclass
from datetime import datetime


@dataclass
class Ticket:
    number: int
    author: str
    body: str
    screenshot_caption: str = ""
    opened: datetime | None = None


def parse_date(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d")
""",
    "desk/load.py": """\
'''Reads tickets.'''
from datetime import datetime

from desk.ticket import Ticket, parse_date


def load(rows: list[dict]) -> list[Ticket]:
    tickets = []
    for row in rows:
        try:
            tickets.append(
                Ticket(
                    number=row["number"],
                    author=row["author"],
                    body=row["body"],
                    screenshot_caption=row["caption"],
                    opened=datetime.now(),
                )
            )
        except KeyError:
            continue
        opened = row["opened_on"]
    return tickets
""",
    "desk/index.py": """\
'''Finds tickets by words.'''
from collections import Counter

from desk.ticket import Ticket


def terms(text: str) -> list[str]:
    return text.split()


class Index:
    def __init__(self, tickets: list[Ticket], settings: dict) -> None:
        self.tickets = tickets
        self.settings = settings
        self.bags = [Counter(terms(t.body.lower())) for t in tickets]

    def score(self, query: str, bag: Counter) -> float:
        return sum(1.0 for word in set(terms(query)) if bag[word])

    def search(self, query: str, k: int = 5, author: str = "") -> list[Ticket]:
        order = sorted(range(len(self.tickets)), key=lambda i: self.score(query, self.bags[i]), reverse=True)
        hits = [self.tickets[i] for i in order][:k]
        if author:
            hits = [t for t in hits if t.author == author]
        return hits
""",
    "desk/answer.py": """\
'''Answers a question from tickets.'''
import yaml

from desk.index import Index
from desk.load import load


def phrase(text: str, max_words: int = 200) -> str:
    return " ".join(text.split()[:max_words])


class Desk:
    def __init__(self, rows: list[dict], settings: dict) -> None:
        self.settings = settings
        self.index = Index(load(rows), settings)

    def answer(self, question: str, author: str = "") -> str:
        hits = self.index.search(question, self.settings["k"], author)
        if not hits:
            return ""
        best = hits[0]
        if question.lower().startswith("when"):
            return best.opened.strftime("%Y-%m-%d")
        return phrase(best.body)
""",
    "settings.yaml": """\
k: 2
max_words: 6
""",
    "evaluate.py": """\

import json, random, re
import yaml
from desk.answer import Desk

rng = random.Random(1)
people = ["Ana", "Bo", "Cy"]
things = ["printer", "router", "laptop", "monitor", "scanner", "keyboard", "phone", "badge", "server", "projector"]
faults = ["jams daily", "drops packets", "overheats badly", "flickers blue", "smears ink", "sticks shut", "rings twice", "beeps loudly", "restarts often", "shows stripes"]
rows, items = [], []
for n, (thing, fault) in enumerate(zip(things, faults)):
    for who in people:
        row = {"number": len(rows), "author": who.lower() if n % 2 else who, "body": f"The {thing.title()}, it {fault} near room {10*n + people.index(who)}. Please help me soon with this matter because work is blocked and everybody waits for it", "opened_on": f"2024-0{1 + n % 9}-1{people.index(who)}"}
        if n % 3: row["caption"] = f"photo of {thing}"
        rows.append(row)
        body = row["body"]
        items.append((f"What is wrong with the {thing}?", who, " ".join(body.split()[:6])))
        items.append((f"When was the {thing} reported?", who, row["opened_on"]))
desk = Desk(rows, yaml.safe_load(open("settings.yaml")))
def words(t): return re.findall(r"[\\w-]+", t.lower())
out = []
for q, who, gold in items:
    p = str(desk.answer(q, who))
    a, b = words(p), words(gold)
    same = len([w for w in b if w in a])
    f = 2 * same / (len(a) + len(b)) if same else 0.0
    out.append({"question": q, "gold": gold, "prediction": p, "score": f})
print(json.dumps(out))
""",
}

SALES_NOTES = ""

SALES = {
    "sales/__init__.py": "",
    "sales/read.py": """\
'''Reads sales rows.'''


def number(text):
    return float(text)


def read(rows):
    kept = []
    for row in rows:
        try:
            amount = number(row["amount"])
        except ValueError:
            continue
        kept.append({"region": row["region"], "amount": amount, "day": row["day"], "status": row["status"], "id": row["id"]})
    return kept
""",
    "sales/report.py": """\
'''Totals per region and the largest sales.'''

REGIONS = {}


def settled(rows):
    return [r for r in rows if r["status"] == "paid" and r["amount"] > 100]


def total(rows, region):
    return sum(max(0, r["amount"]) for r in rows if r["region"] == region)


def largest(rows, n):
    return sorted(rows, key=lambda r: r["amount"])[:n]


def average(rows):
    if not rows:
        return 0
    return sum(r["amount"] for r in rows) / (len(rows) - 1)


def growth(old, new):
    return (old - new) / old


def change(rows, first, second):
    before = sum(r["amount"] for r in rows if r["day"].startswith(first))
    after = sum(r["amount"] for r in rows if r["day"].startswith(second))
    return growth(after, before)


def windows(values, size):
    out = []
    for i in range(len(values) - size):
        out.append(sum(values[i:i + size]))
    return out
""",
    "evaluate.py": """\

import json
from sales.read import read
from sales import report
rows = [
 {"id": 1, "region": "North", "amount": "120.0", "day": "2024-01-03", "status": "paid"},
 {"id": 2, "region": "north", "amount": "1,300", "day": "2024-01-09", "status": "paid"},
 {"id": 3, "region": "South", "amount": "80", "day": "2024-02-01", "status": "Paid"},
 {"id": 4, "region": "South", "amount": "-30", "day": "2024-02-02", "status": "paid"},
 {"id": 5, "region": "East", "amount": "$50", "day": "2024-02-11", "status": "open"},
 {"id": 6, "region": "East", "amount": "200", "day": "2024-02-20", "status": "paid"},
]
data = read(rows)
checks = {
 "read": (lambda: len(data), 6),
 "sum": (lambda: sum(r["amount"] for r in data), 1720),
 "north": (lambda: report.total(data, "North"), 1420),
 "south": (lambda: report.total(data, "South"), 50),
 "settled": (lambda: len(report.settled(data)), 5),
 "largest": (lambda: [r["id"] for r in report.largest([r for r in data if r["id"] != 2], 2)], [6, 1]),
 "average": (lambda: report.average([{"amount": 2}, {"amount": 4}]), 3),
 "growth": (lambda: report.growth(100, 150), 0.5),
 "change": (lambda: report.change([{"day": "2024-01-1", "amount": 100}, {"day": "2024-02-1", "amount": 150}], "2024-01", "2024-02"), 0.5),
 "windows": (lambda: report.windows([1, 2, 3, 4], 2), [3, 5, 7]),
}
out = []
for name, (f, gold) in checks.items():
    try: got = f()
    except Exception as e: got = repr(e)
    out.append({"question": name, "gold": str(gold), "prediction": str(got), "score": float(got == gold)})
print(json.dumps(out))
""",
}

DIARY_NOTES = (
    'Answers are scored by token F1. Where nothing is known, "no information available" scores one.'
)

DIARY = {
    "src/diary/__init__.py": "",
    "src/diary/predict.py": """\
'''Answers questions about a diary.'''
import argparse
import json

from .reader import Reader
from .store import load_entries, Finder


def main(path):
    book = json.load(open(path))
    entries = load_entries(book["pages"])
    finder = Finder(entries)
    reader = Reader()
    out = []
    for row in book["questions"]:
        found = finder.find(row["q"])
        out.append({"id": row["id"], "prediction": reader.read(row["q"], found)})
    return out
""",
    "src/diary/store.py": """\
'''Diary entries and how they are found.'''


def load_entries(pages):
    entries = []
    for page in pages:
        for line in page["lines"]:
            entries.append({"who": line["who"], "text": line["text"], "date": page["date"]})
    return entries


class Finder:
    def __init__(self, entries):
        self.entries = entries

    def find(self, query, limit=5):
        wanted = set(query.split())
        scored = [(len(wanted & set(e["text"].split())), e) for e in self.entries]
        scored.sort(key=lambda pair: pair[0], reverse=True)
        return [e for s, e in scored[:limit]]
""",
    "src/diary/reader.py": """\
'''Turns what was found into an answer.'''


class Reader:
    def read(self, question, found):
        if not found:
            return ""
        return found[0]["text"]
""",
    "evaluate.py": """\

import json, re, sys
sys.path.insert(0, "src")
from diary.predict import main
pages = [
 {"date": "8 May, 2023", "lines": [{"who": "Mia", "text": "Hello there! I adopted a puppy yesterday, he is called Rex."}, {"who": "Tom", "text": "Nice! My garden is full of tomatoes."}]},
 {"date": "3 June, 2023", "lines": [{"who": "Tom", "text": "I painted a mural at school last week. It shows whales."}, {"who": "Mia", "text": "Wow, was the mural hard to paint?"}]},
 {"date": "9 July, 2023", "lines": [{"who": "Mia", "text": "I visited Lisbon two months ago with my sister."}, {"who": "Tom", "text": "What did you like most about Lisbon?"}]},
 {"date": "1 August, 2023", "lines": [{"who": "Tom", "text": "My trumpet lessons started today, Mr. Hale teaches me."}]},
]
qs = [("When did Mia adopt a puppy?", "7 May 2023"), ("What is Mia's puppy called?", "Rex"), ("When did Tom paint a mural?", "the week before 3 June 2023"),
 ("What does Tom's mural show?", "whales"), ("When did Mia visit Lisbon?", "May 2023"), ("When did Tom start trumpet lessons?", "1 August 2023"), ("Who teaches Tom the trumpet?", "Mr. Hale"),
 ("What is Tom's puppy called?", "no information available"), ("Why did Mia paint a mural?", "no information available"), ("What grows in Tom's garden?", "tomatoes")]
json.dump({"pages": pages, "questions": [{"id": i, "q": q} for i, (q, _) in enumerate(qs)]}, open("book.json", "w"))
preds = {r["id"]: r["prediction"] for r in main("book.json")}
def words(t): return re.findall(r"\\w+", t.lower())
out = []
for i, (q, gold) in enumerate(qs):
    a, b = words(preds[i]), words(gold)
    same = len([w for w in b if w in a])
    f = 2 * same / (len(a) + len(b)) if same else 0.0
    if gold.startswith("no info"): f = float(gold in preds[i].lower())
    out.append({"question": q, "gold": gold, "prediction": preds[i], "score": f})
print(json.dumps(out))
""",
}

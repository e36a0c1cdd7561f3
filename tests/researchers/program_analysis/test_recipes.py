"""Recipes put a component into programs of several shapes, and the changed programs do better."""

from __future__ import annotations

from typing import Any

import pytest

from tasks.records.change import Proposal
from tasks.records.dossier import Sample
from tasks.records.evidence import FailureReport
from tasks.records.knowledge import KnowledgeEntry, KnowledgeHit

NOTES = 'An unanswerable question is right when "not recorded" is said.'

TYPED = {
    "shelf/__init__.py": "",
    "shelf/book.py": (
        "from dataclasses import dataclass\nfrom datetime import date\n\n\n@dataclass\n"
        "class Passage:\n    id: int\n    speaker: str\n    text: str\n"
        '    caption: str = ""\n    day: date | None = None\n'
    ),
    "shelf/find.py": (
        "from shelf.book import Passage\n\n\ndef terms(text: str) -> list[str]:\n"
        "    return text.split()\n\n\nclass Finder:\n"
        "    def __init__(self, passages: list[Passage]):\n        self.passages = passages\n"
        "        self.index = [set(terms(p.text)) for p in passages]\n\n"
        "    def search(self, query: str, k: int = 3) -> list[Passage]:\n"
        "        wanted = set(terms(query))\n"
        "        order = sorted(range(len(self.passages)),"
        " key=lambda i: -len(wanted & self.index[i]))\n"
        "        return [self.passages[i] for i in order[:k]]\n\n"
        "    def answer(self, question: str) -> str:\n        hits = self.search(question)\n"
        "        return hits[0].text\n"
    ),
}
PLAIN = {
    "notes.py": (
        "def find(rows, query, limit):\n    wanted = query.split()\n"
        "    found = [r for r in rows if any(w in r['body'].split() for w in wanted)]\n"
        "    return found[:limit]\n\n\n"
        "def answer(question, rows):\n    return rows[0]['body']\n"
    ),
}


def _passages(module: Any) -> list[Any]:
    from datetime import date

    book = module.Passage
    return [
        book(1, "Ida", "We planted Roses, yesterday.", "red flowers", date(2024, 3, 2)),
        book(2, "Olaf", "My boats were sold.", "", date(2024, 5, 1)),
        book(3, "Ida", "The weather stayed grey all through.", "", date(2024, 6, 1)),
    ]


def _finder(target: Any, proposal: Proposal | None) -> Any:
    module = target.load(proposal, "shelf/find.py")
    return module.Finder(_passages(module))


def test_a_tokenizer_learns_to_fold_case_punctuation_and_endings(bench: Any) -> None:
    target = bench(TYPED)
    before = target.load(None, "shelf/find.py")
    assert before.terms("Roses,") != before.terms("rose")
    done = target.load(target.of("recipe:lexical-normalisation")[0], "shelf/find.py")
    assert done.terms("The Roses,") == done.terms("rose")


def test_split_calls_without_a_tokenizer_are_changed_together(bench: Any) -> None:
    target = bench(PLAIN)
    rows = [{"body": "The Invoices, unpaid"}]
    assert target.load(None, "notes.py").find(rows, "invoice", 3) == []
    changed = target.load(target.of("recipe:lexical-normalisation")[0], "notes.py")
    assert changed.find(rows, "invoice", 3) == rows


def test_a_date_is_answered_where_a_time_is_asked_for(bench: Any) -> None:
    target = bench(TYPED)
    question = "When did Ida plant roses?"
    assert "2024" not in _finder(target, None).answer(question)
    finder = _finder(target, target.of("recipe:date-grounding")[0])
    assert finder.answer(question) == "1 March 2024"
    assert finder.answer("My boats were what?") == "My boats were sold."


def test_dates_are_told_as_the_gold_answers_tell_them(bench: Any) -> None:
    target = bench(TYPED)
    sample = Sample(
        item="1", group="g", question="When was it?", gold="2024-05-01", prediction="", score=0.0
    )
    proposal = target.of("recipe:date-grounding", samples=(sample,))[0]
    assert _finder(target, proposal).answer("When did Ida plant roses?") == "2024-03-01"


def test_it_refuses_what_somebody_else_said(bench: Any) -> None:
    target = bench(TYPED)
    proposals = target.of("recipe:abstention", notes=NOTES)
    finder = _finder(target, proposals[0])
    assert finder.answer("Which boats were sold by Ida?") == "not recorded"
    assert finder.answer("Which boats were sold by Olaf?") == "My boats were sold."


def test_no_refusal_without_a_phrase_for_it(bench: Any) -> None:
    reasons = {u.source: u.reason for u in bench(TYPED).draft(mutations=False).unmatched}
    assert "quote no phrase" in reasons["recipe:abstention"]


def test_long_answers_are_cut_to_what_is_new(bench: Any) -> None:
    target = bench(TYPED)
    lengths = FailureReport(slices=(), prediction_words=20.0, gold_words=2.0)
    answers = [
        _finder(target, p).answer("What did the weather do?")
        for p in target.of("recipe:span-extraction", failures=lengths)
    ]
    assert any(len(a.split()) <= 4 for a in answers)
    fitting = FailureReport(slices=(), prediction_words=2.0, gold_words=2.0)
    assert not target.of("recipe:span-extraction", failures=fitting)


def test_a_caption_becomes_searchable(bench: Any) -> None:
    target = bench(TYPED)
    assert "flowers" not in _finder(target, None).index[0]
    found = [
        p for p in target.of("recipe:caption-indexing") if "caption" in p.title
    ]  # fmt: skip
    assert "flowers" in _finder(target, found[0]).index[0]


def test_a_lexical_ranking_stands_beside_another_one(bench: Any) -> None:
    target = bench(TYPED)
    fused = [p for p in target.of("recipe:lexical-fusion") if "Rank by words" in p.title]
    assert _finder(target, None).search("sell boat", 1)[0].id == 1
    assert 2 in [p.id for p in _finder(target, fused[0]).search("sell boat", 2)]


def test_the_record_beside_a_hit_comes_along(bench: Any) -> None:
    target = bench(TYPED)
    expanded = _finder(target, target.of("recipe:neighbour-expansion")[0])
    assert [p.id for p in expanded.search("weather", 1)] == [3, 2]


def test_two_lists_of_hits_are_fused(bench: Any) -> None:
    source = (
        "def search_names(q):\n    return ['a', 'b', 'c']\n"
        "def search_codes(q):\n    return ['c', 'a']\n"
        "def both(q):\n    names = search_names(q)\n    codes = search_codes(q)\n"
        "    return names + codes\n"
    )
    target = bench({"job.py": source})
    fused = target.of("recipe:lexical-fusion")[0]
    assert target.load(None, "job.py").both("x") == ["a", "b", "c", "c", "a"]
    assert target.load(fused, "job.py").both("x") == ["a", "c", "b"]


@pytest.mark.parametrize("files", [TYPED, PLAIN])
def test_an_unmatched_recipe_says_why(files: dict[str, str], bench: Any) -> None:
    drafts = bench(files).draft(mutations=False)
    matched = {p.source for p in drafts.proposals}
    for entry in drafts.unmatched:
        assert entry.source not in matched
        assert len(entry.reason.split()) > 3


def test_recipes_cite_the_knowledge_that_names_them(bench: Any) -> None:
    entry = KnowledgeEntry(
        id="endings", title="Stems", text="Stems help.", source="Porter, 1980",
        recipes=("lexical-normalisation",),
    )  # fmt: skip
    hit = KnowledgeHit(entry=entry, query="q", similarity=0.9)
    formed = bench(TYPED).hypotheses(knowledge=(hit,))
    cited = {h.statement.split(":")[0]: h.knowledge for h in formed if h.knowledge}
    assert cited["Lexical normalisation"][0] == "endings"
    assert "porter-stemming" in cited["Lexical normalisation"]
    assert [name for name, known in cited.items() if "endings" in known] == [
        "Lexical normalisation"
    ]


def test_what_recipes_propose_carries_what_they_cite(bench: Any) -> None:
    target = bench(TYPED)
    knowledge = {h.id: h.knowledge for h in target.hypotheses()}
    proposals = [
        p for p in target.draft(mutations=False).proposals if p.source.startswith("recipe:")
    ]
    assert proposals
    assert [p.title for p in proposals if "+" not in p.source and not knowledge[p.hypothesis]] == []


def test_trees_and_networks_are_not_taken_for_searches(bench: Any) -> None:
    source = (
        "class Node:\n    def find_all(self, kind):\n        return [kind]\n\n\n"
        "class Loop:\n    def __init__(self, body: Node, test: Node):\n        self.body = body\n"
        "        self.test = test\n\n    def names(self, node: Node):\n"
        "        return node.find_all(Node)\n\n\n"
        "def send(request, stream):\n    return dict(response=stream.answer(request))\n"
    )
    assert not [p for p in bench({"a.py": source}).draft(5000, mutations=False).proposals
                if p.source.startswith("recipe:")]  # fmt: skip

"""Replies take the place of found questions: in a forum of scored posts, and in plain rows."""

from __future__ import annotations

from typing import Any

from researchers.program_analysis.recipes.parts.replies import replies_first

FORUM = {
    "forum.py": (
        "from dataclasses import dataclass\n\n\n@dataclass(frozen=True)\nclass Post:\n"
        "    author: str\n    body: str\n\n\n@dataclass(frozen=True)\nclass Scored:\n"
        "    post: Post\n    score: float\n\n\nclass Board:\n"
        "    def __init__(self, posts: list[Post], most: int):\n"
        "        self.posts, self.most = posts, most\n\n"
        "    def scores(self, query: str) -> list[int]:\n        wanted = set(query.split())\n"
        "        return [len(wanted & set(p.body.split())) for p in self.posts]\n\n"
        "    def best(self, scores: list[int]) -> list[Scored]:\n"
        "        order = sorted(range(len(scores)), key=lambda i: -scores[i])\n"
        "        return [Scored(self.posts[i], scores[i])"
        " for i in order[: self.most]]\n"
    )
}
ROWS = {
    "log.py": (
        "def search(messages, query):\n    wanted = query.split()\n"
        "    return [r for r in messages if all(w in r['text'] for w in wanted)]\n\n\n"
        "def senders(rows):\n    return {r['sender'] for r in rows}\n"
    )
}


def test_a_scored_reply_takes_the_place_and_the_score_of_its_question(bench: Any) -> None:
    target = bench(FORUM)
    replies = target.of("recipe:replies")[0]
    for proposal, heads in ((None, ["ann", "cid"]), (replies, ["bo", "cid"])):
        module = target.load(proposal, "forum.py")
        posts = [
            module.Post("ann", "which oil does the old pump take ?"),
            module.Post("bo", "Grade 30, never thinner."),
            module.Post("cid", "the pump is old"),
        ]
        board = module.Board(posts, 2)
        found = board.best(board.scores("which oil does the pump take"))
        assert [h.post.author for h in found] == heads
        assert [h.score for h in found] == [6, 2]


def test_rows_without_a_class_are_answered_too(bench: Any) -> None:
    target = bench(ROWS)
    rows = [
        {"sender": "a", "text": "where is the key?"},
        {"sender": "b", "text": "Under the mat."},
        {"sender": "a", "text": "the key fits"},
    ]
    module = target.load(target.of("recipe:replies")[0], "log.py")
    assert module.search(rows, "the key") == [rows[1], rows[2]]


def test_who_goes_on_speaking_answers_nobody() -> None:
    rows = [
        {"author": "a", "text": "Why not?"},
        {"author": "a", "text": "Well."},
        {"author": "b", "text": "Is it late?"},
    ]
    assert replies_first(rows[:1], rows) == rows[:1]
    assert replies_first(rows[2:], rows) == rows[2:]


def test_pairs_and_mappings_around_a_record_keep_what_else_they_hold() -> None:
    rows = [{"author": "a", "text": "Why?"}, {"author": "b", "text": "For fun."}]
    assert replies_first([(0.5, rows[0])], rows) == [(0.5, rows[1])]
    both = replies_first([{"doc": rows[0], "score": 2}, {"doc": rows[1], "score": 1}], rows)
    assert both == [{"doc": rows[1], "score": 2}, {"doc": rows[0], "score": 1}]


def test_records_without_an_author_do_not_answer_each_other(bench: Any) -> None:
    source = "def search(rows, query):\n    return [r for r in rows if query in r['text']]\n"
    drafts = bench({"log.py": source}).draft(mutations=False)
    reasons = {u.source: u.reason for u in drafts.unmatched}
    assert "no author" in reasons["recipe:replies"]

"""Reading a short answer out of the memories that were found, without a model."""

import re
from collections.abc import Iterable

from memory.dates import Phrasing
from memory.question import Question
from memory.records import Hit
from memory.settings import ReaderSettings
from memory.spans import AMOUNT, DURATION, QUOTED, brief, names, sentences, shown
from memory.tokens import STOP_WORDS, stem, words

DEPTH = {"when": 5, "yes_no": 1, "list": 20, "how_long": 10, "how_many": 10}
DEPTH |= {"title": 10, "name": 10, "fact": 20}

Ranked = list[tuple[float, str, Hit]]


def overlap(text: str, question: Question) -> float:
    """Share of the question's terms that a text has."""
    return len(question.terms & set(text.lower().split())) / max(1, len(question.terms))


class Reader:
    """`leave_out` are words that add nothing to an answer."""

    def __init__(
        self, settings: ReaderSettings, phrasing: Phrasing, leave_out: Iterable[str]
    ) -> None:
        self.settings, self.phrasing = settings, phrasing
        self.leave_out = STOP_WORDS | frozenset(leave_out)

    def answer(self, question: Question, hits: list[Hit]) -> str:
        """The answer; empty when the memories do not hold one."""
        if not hits or self.refuses(question, hits):
            return ""
        depth = DEPTH.get(question.kind, self.settings.hits)
        ranked = self.ranked(question, hits[:depth])
        if question.kind == "when":
            return self.date(ranked, hits)
        if question.kind == "yes_no":
            return "Yes"
        patterns = {"how_long": DURATION, "how_many": AMOUNT, "title": QUOTED}
        found = self.span(ranked, patterns[question.kind]) if question.kind in patterns else ""
        if not found and question.kind in ("title", "name"):
            found = self.name(question, ranked[: self.settings.name_sentences])
        limit = self.settings.list_words if question.kind == "list" else self.settings.max_words
        return found or self.join(question, ranked)

    def refuses(self, question: Question, hits: list[Hit]) -> bool:
        """Whether the best match was said by somebody other than the person asked about."""
        if not question.subject or question.kind == "when":
            return False
        own = [hit.score for hit in hits if hit.memory.speaker == question.subject]
        other = [hit.score for hit in hits if hit.memory.speaker != question.subject]
        return max(own, default=0.0) < self.settings.refusal_ratio * max(other, default=0.0)

    def ranked(self, question: Question, hits: list[Hit]) -> Ranked:
        """Sentences and captions of the hits with their scores, best first."""
        found: Ranked = []
        for hit in hits:
            score = hit.score
            if hit.memory.speaker == question.subject:
                score += self.settings.speaker_weight
            for sentence in sentences(hit.memory.summary):
                if not sentence.endswith("?"):
                    found.append((score + self.fit(sentence, question), sentence, hit))
            if hit.memory.caption:
                caption = shown(hit.memory.caption)
                bonus = self.settings.caption_weight * question.visual
                found.append((score + bonus + self.fit(caption, question), caption, hit))
        return sorted(found, key=lambda item: -item[0])

    def fit(self, text: str, question: Question) -> float:
        return self.settings.overlap_weight * overlap(text, question)

    def date(self, ranked: Ranked, hits: list[Hit]) -> str:
        """When it happened; the day of the session where nothing tells."""
        best, answer = -1.0, self.phrasing.day(hits[0].memory.when)
        today = hits[0].memory.when
        for score, sentence, hit in ranked:
            phrase = self.phrasing.resolve(sentence, today)
            score += self.settings.date_weight * bool(phrase)
            if score > best:
                best, answer = score, phrase or self.phrasing.day(hit.memory.when)
        return answer

    def span(self, ranked: Ranked, pattern: re.Pattern[str]) -> str:
        matches = (pattern.search(sentence) for _, sentence, _ in ranked)
        return next((match.group(1) for match in matches if match), "")

    def name(self, question: Question, ranked: Ranked) -> str:
        for _, sentence, _ in ranked:
            for name in names(sentence):
                parts = words(name)
                if not any(p in question.speakers or stem(p) in question.terms for p in parts):
                    return name
        return ""

    def join(self, question: Question, ranked: Ranked, limit: int = 0) -> str:
        """What the sentences say beyond the question in `limit` words; 0: all they say."""
        told = [sentence for _, sentence, _ in ranked]
        if not limit:
            return " ".join(told)

        def is_new(word: str) -> bool:
            bare = word.lower().split("'")[0]
            return bare not in self.leave_out and stem(bare) not in question.terms

        return brief(" ; ".join(told), limit, is_new)

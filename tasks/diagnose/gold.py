"""Gold: what an item's gold answer is, as text and as a kind, whatever the benchmark calls it."""

from __future__ import annotations

import re
from typing import Any, Literal

from memory_systems.benchmark import Item

GoldKind = Literal["none", "yes/no", "date", "number", "list", "free"]
ANSWER_KEYS = ("answer", "answers", "text", "label", "target", "expected", "value")
MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
DATE = re.compile(
    rf"\b(?:{MONTHS})\.?,? \d|\d(?:st|nd|rd|th)?,? (?:of )?(?:{MONTHS})\b|\b(?:19|20)\d\d\b"
    r"|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b(?:yesterday|today|tomorrow)\b"
    r"|\b(?:last|next|previous|following) (?:day|week|weekend|month|year)\b"
    r"|\b(?:day|week|weekend|month|year)s? (?:before|after|ago)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:before|after|ago|last|next|previous|following|yesterday|today|tomorrow)\b"
)
NUMBER = re.compile(
    r"^(?:about |around )?[$€£]?(?:[\d.,]+|one|two|three|four|five|six|seven|eight|nine|ten|once"
    r"|twice)[%]?(?: \w+)?$",
    re.IGNORECASE,
)


def gold_text(item: Item) -> str:
    """The gold answer in words; empty when the item has none."""
    for key in ANSWER_KEYS:
        if item.gold.get(key) is not None:
            return _text(item.gold[key])
    texts = [value for value in item.gold.values() if isinstance(value, str)]
    return texts[0] if len(item.gold) == len(texts) == 1 else ""


def gold_kind(text: str) -> GoldKind:
    """What kind of answer the text is, by its form."""
    words = text.strip().rstrip(".!").lower()
    if not words:
        return "none"
    if re.match(r"(?:yes|no)\b", words) or words in ("true", "false"):
        return "yes/no"
    if len(words.split()) <= 12 and DATE.search(words):
        return "date"
    if NUMBER.match(words):
        return "number"
    parts = re.split(r",\s+(?:and )?|\s+and\s+|;\s+", words)
    if len(parts) > 1 and all(1 <= len(part.split()) <= 4 for part in parts):
        return "list"
    return "free"


def date_form(text: str) -> str:
    """How a date is put: `relative` to another, to the `day`, the `month` or the `year`."""
    words = text.lower()
    if _RELATIVE.search(words):
        return "relative"
    month = re.search(rf"\b(?:{MONTHS})\b", words)
    day = re.search(r"\b\d{1,2}(?:st|nd|rd|th)?\b", words)
    return "day" if day else "month" if month else "year"


def evidence_of(item: Item) -> tuple[str, ...]:
    """The identifiers of the gold evidence; empty when the item has none."""
    evidence = item.gold.get("evidence")
    return tuple(map(str, evidence)) if isinstance(evidence, (list, tuple)) else ()


def question_text(item: Item) -> str:
    """The question in words."""
    asked = item.question.get("question")
    if isinstance(asked, str):
        return asked
    return " ".join(_text(value) for value in item.question.values())


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)

"""Slicing: the subpopulations an item belongs to, declared ones and those seen from its form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from memory_systems.benchmark import Item
from tasks.diagnose.gold import DATE, date_form, gold_kind, gold_text, question_text
from tasks.records.score import Evaluation

FIRST_WORDS = frozenset(
    {"what", "when", "where", "who", "whom", "whose", "which", "why", "how"}
    | {"is", "are", "was", "were", "do", "does", "did", "has", "have", "had"}
    | {"can", "could", "will", "would", "should"}
)


def slices_of(
    evaluation: Evaluation,
    items: Mapping[str, Item],
    declared: Mapping[str, Mapping[str, str]],
    dimensions: Sequence[str],
) -> dict[str, dict[str, str]]:
    """Item id to dimension to value. No declared `dimensions` means all that the items have.

    Beside them: `group`, and for items whose question is known `question length` and `gold length`
    (terciles in words), `first word`, `gold kind`, and where there are any, `question holds`
    (a date or other digits) and `date form` (of a gold date).
    """
    known = [items[e.item] for e in evaluation.items if e.item in items]
    asked = _terciles({item.id: len(question_text(item).split()) for item in known})
    wanted = _terciles({i.id: len(gold_text(i).split()) for i in known if gold_text(i)})
    found: dict[str, dict[str, str]] = {}
    for entry in evaluation.items:
        own = declared.get(entry.item, {})
        slices = {d: own[d] for d in dimensions or sorted(own) if d in own}
        slices.setdefault("group", entry.group)
        item = items.get(entry.item)
        if item is not None:
            slices.setdefault("question length", asked[item.id])
            slices.setdefault("first word", _first_word(question_text(item)))
            slices.setdefault("gold kind", gold_kind(gold_text(item)))
            for dimension, value in _forms(item, wanted).items():
                slices.setdefault(dimension, value)
        found[entry.item] = slices
    return found


def _forms(item: Item, wanted: Mapping[str, str]) -> dict[str, str]:
    """Dimensions that only some items have: a catch-all value would be the largest slice."""
    question, gold = question_text(item), gold_text(item)
    found = {"gold length": wanted[item.id]} if item.id in wanted else {}
    if DATE.search(question):
        found["question holds"] = "date"
    elif any(character.isdigit() for character in question):
        found["question holds"] = "digits"
    if gold_kind(gold) == "date":
        found["date form"] = date_form(gold)
    return found


def _terciles(lengths: Mapping[str, int]) -> dict[str, str]:
    ordered = sorted(lengths.values())
    low, high = (ordered[len(ordered) * part // 3] for part in (1, 2)) if ordered else (0, 0)
    return {
        item: "short" if length < low else "medium" if length < high else "long"
        for item, length in lengths.items()
    }


def _first_word(question: str) -> str:
    words = question.split()
    first = words[0].strip(",.?!'\"").lower().partition("'")[0] if words else ""
    return first if first in FIRST_WORDS else "other"

"""Failure slices: shares of loss, retrieval against answer, and the sample for the dossier."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory_systems.benchmark import Item
from tasks.diagnose import samples, slice_failures
from tasks.diagnose.gold import gold_kind
from tasks.records.score import Evaluation, ItemScore


def item(name, question="What is it?", answer="a thing", kind="x", evidence=()):
    gold = {"answer": answer, "evidence": list(evidence)}
    return Item(name, "g", {"question": question}, gold, {"kind": kind})


def evaluation(*entries):
    return Evaluation(tree="t", split="dev", seed=0, items=entries)


def report(entries, items, dimensions=("kind",), sign=1):
    known = {i.id: i for i in items}
    slices = {i.id: i.slices for i in items}
    return slice_failures(evaluation(*entries), known, slices, dimensions, sign)


def find(found, dimension, value):
    return next(s for s in found.slices if (s.dimension, s.value) == (dimension, value))


def test_shares_and_kinds_of_loss():
    items = [
        item("a", evidence=["1", "2"]),
        item("b", evidence=["3"]),
        item("c", kind="y"),
        item("d", kind="y"),
    ]
    entries = [
        ItemScore(item="a", group="g", score=0.0, prediction="p q", retrieved=("1", "9")),
        ItemScore(item="b", group="g", score=0.5, prediction="p q", retrieved=("3",)),
        ItemScore(item="c", group="g", score=0.5, prediction=" "),
        ItemScore(item="d", group="g", score=1.0, prediction="one two three four"),
    ]
    found = report(entries, items)
    x, y = find(found, "kind", "x"), find(found, "kind", "y")
    assert (x.n, x.mean, x.loss_share, x.worst) == (2, 0.25, 0.75, ("a", "b"))
    assert (x.retrieval_loss, x.answer_loss) == (0.25, 0.5)
    assert (y.loss_share, y.retrieval_loss, y.answer_loss, y.worst) == (0.25, None, None, ("c",))
    assert (found.empty_predictions, found.constant_predictions) == (1, 2)
    assert (found.prediction_words, found.gold_words) == (2.0, 2.0)
    assert [s.loss_share for s in found.slices] == sorted(
        (s.loss_share for s in found.slices), reverse=True
    )


def test_slices_seen_from_the_form():
    items = [item(f"w{n}", "When was it?", "8 May 2023") for n in range(3)]
    items += [item(f"l{n}", "How long would the whole journey take them?", "5") for n in range(3)]
    found = report([ItemScore(item=i.id, group="g", score=0.0) for i in items], items)
    values = {(s.dimension, s.value): s.n for s in found.slices}
    assert values == {
        ("kind", "x"): 6, ("group", "g"): 6,
        ("first word", "when"): 3, ("first word", "how"): 3,
        ("gold kind", "date"): 3, ("gold kind", "number"): 3,
        ("question length", "medium"): 3, ("question length", "long"): 3,
        ("gold length", "medium"): 3, ("gold length", "long"): 3, ("date form", "day"): 3,
    }  # fmt: skip
    assert find(found, "kind", "x").retrieval_loss is None


def test_slices_of_some_items_only():
    items = [item(f"d{n}", "Who left on 3 May 2021?", "Ann") for n in range(3)]
    items += [item(f"n{n}", "Who left at 7?", "in May 2020") for n in range(3)]
    items += [item(f"p{n}", "Who left?", "a week before 3 May 2021") for n in range(3)]
    found = report([ItemScore(item=i.id, group="g", score=0.0) for i in items], items)
    values = {(s.dimension, s.value): s.n for s in found.slices}
    assert values["question holds", "date"] == values["question holds", "digits"] == 3
    assert values["date form", "month"] == values["date form", "relative"] == 3
    assert not any(dimension == "date form" and n > 3 for (dimension, _), n in values.items())


def test_other_metrics_lose_against_the_best_seen():
    entries = [
        ItemScore(item=n, group="g", score=s) for n, s in (("a", 3.0), ("b", 5.0), ("c", 9.0))
    ]
    found = slice_failures(evaluation(*entries), {}, {"c": {"size": "big"}}, (), -1)
    assert find(found, "size", "big").loss_share == 6 / 8
    assert find(found, "group", "g").worst == ("c", "b")
    assert (found.prediction_words, found.empty_predictions) == (None, 0)


def test_a_perfect_evaluation_has_no_loss():
    found = report([ItemScore(item="a", group="g", score=1.0)], [item("a")])
    assert find(found, "kind", "x").loss_share == 0.0
    assert find(found, "kind", "x").worst == ()


def test_nothing_evaluated():
    assert slice_failures(evaluation(), {}, {}).slices == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "none"),
        ("Yes, he did", "yes/no"),
        ("No.", "yes/no"),
        ("Norway", "free"),
        ("7 May 2023", "date"),
        ("The week before 9 June 2023", "date"),
        ("2022", "date"),
        ("last weekend", "date"),
        ("5", "number"),
        ("three times", "number"),
        ("$4,500", "number"),
        ("pottery, camping, painting", "list"),
        ("Ann and Bob", "list"),
        ("a mental health counsellor", "free"),
        ("may have been tired", "free"),
    ],
)
def test_gold_kinds(text, expected):
    assert gold_kind(text) == expected


scores = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from("xyz"), st.sampled_from("gh")), max_size=40
)


@given(scores)
def test_every_dimension_accounts_for_all_loss(drawn):
    items = [item(str(n), kind=kind) for n, (_, kind, _) in enumerate(drawn)]
    entries = [
        ItemScore(item=str(n), group=group, score=score)
        for n, (score, _, group) in enumerate(drawn)
    ]
    found = report(entries, items)
    kinds = [s for s in found.slices if s.dimension == "kind"]
    assert sum(s.n for s in kinds) == len(drawn)
    lost = any(score < 1 for score, _, _ in drawn)
    assert sum(s.loss_share for s in kinds) == pytest.approx(1.0 if lost else 0.0)


def test_samples_are_seeded_bounded_and_from_all_strata():
    items = {str(n): item(str(n), kind="rare" if n < 3 else "common") for n in range(300)}
    entries = [
        ItemScore(item=str(n), group="g", score=float(n % 2), prediction="p") for n in range(300)
    ]
    chosen = samples(evaluation(*entries), items, 1, seed=4)
    assert len({s.item for s in chosen}) == len(chosen) == 60
    assert chosen == samples(evaluation(*reversed(entries)), items, 1, seed=4)
    assert chosen != samples(evaluation(*entries), items, 1, seed=5)
    assert {(s.slices["kind"], s.score) for s in chosen} == {
        ("rare", 0.0), ("rare", 1.0), ("common", 0.0), ("common", 1.0),
    }  # fmt: skip
    assert sum(s.slices["kind"] == "rare" for s in chosen) == 3
    assert len(samples(evaluation(*entries[:7]), items)) == 7


def test_samples_without_items():
    (sample,) = samples(evaluation(ItemScore(item="test_a", group="g", score=0.0)), {})
    assert (sample.item, sample.question, sample.gold) == ("test_a", "", "")

"""The tree of the search: every change once, beneath its cause and what it refines."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

from hypothesis import given
from hypothesis import strategies as st

from tasks.records.document import ChangeEntry, RunDocument
from tasks.report.tree import Leaf, Round, tree


def leaves(rounds: tuple[Round, ...]) -> Iterator[str]:
    def below(leaf: Leaf) -> Iterator[str]:
        yield leaf.change.id
        for refined in leaf.refined:
            yield from below(refined)

    for round_ in rounds:
        for cause in round_.causes:
            for leaf in cause.leaves:
                yield from below(leaf)


def anchors(document: RunDocument) -> dict[str, str]:
    return {c.id: f"a-{c.id}" for c in (*document.accepted, *document.rejected)}


def test_a_refinement_stands_beneath_what_it_refines_and_causes_group(sample: ModuleType) -> None:
    def change(number: int, verdict: str, **more: object) -> ChangeEntry:
        made: ChangeEntry = sample.change(number, "bug_fix", f"c {number}", verdict, 0.01, **more)
        return made

    first = change(1, "indecisive", cause="tokens differ", parent="f" * 40, round=1)
    second = change(2, "rejected", cause="tokens differ", round=1)
    refined = change(3, "accepted", refines=first.id, round=2)
    document = sample.sample_document(rejected=0, accepted=0).model_copy(
        update={"accepted": (refined,), "rejected": (first, second)}
    )
    one, two = tree(document, anchors(document))
    assert (one.number, one.parent, one.tried, one.accepted) == (1, "f" * 40, 2, 0)
    (cause,) = one.causes
    assert [leaf.change.id for leaf in cause.leaves] == [first.id, second.id]
    assert [leaf.change.id for leaf in cause.leaves[0].refined] == [refined.id]
    assert (two.tried, two.accepted, two.causes) == (1, 1, ())


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 12)), max_size=12))
def test_no_change_is_lost_whatever_it_says_of_its_origin(
    sample: ModuleType, drawn: list[tuple[int, int]]
) -> None:
    document = sample.sample_document(rejected=0, accepted=0).model_copy(
        update={
            "rejected": tuple(
                sample.change(i, "prompt", f"c {i}", "rejected", 0.0, round=r, refines=f"c{of:03d}")
                for i, (r, of) in enumerate(drawn)
            )
        }
    )
    found = sorted(leaves(tree(document, anchors(document))))
    assert found == sorted(anchors(document))

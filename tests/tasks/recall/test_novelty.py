"""What counts as tried before, what does not, and that the reason says so."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tasks.errors import DataError
from tasks.recall import GitTrees, NoveltyDecision, embed, screen
from tasks.recall.novelty import THRESHOLD
from tasks.records import ExperienceEntry, FileEdit, Proposal

_BASE = "def index(text):\n    return text.split()\n\n\ndef ask(text):\n    return text.split()\n"
_FOLDED = _BASE.replace("return text.split()", "return text.lower().split()", 1)
_FOLDED_OTHER_END = _BASE.removesuffix("text.split()\n") + "text.lower().split()\n"
_IDEA = "Fold case in the tokenizer"


class _Trees:
    """Commits c1 and c1b hold one tree, c2 another; the file is the same in all."""

    def digest(self, commit: str) -> str:
        return {"c1": "tree1", "c1b": "tree1", "c2": "tree2"}[commit]

    def text(self, commit: str, path: str) -> str:
        return {"tokens.py": _BASE}.get(path, "")


def _proposal(
    name: str,
    content: str = _FOLDED,
    title: str = _IDEA,
    base: str = "c1",
    path: str = "tokens.py",
    refines: str | None = None,
) -> Proposal:
    return Proposal(
        id=name,
        title=title,
        rationale="Words that differ only by case do not match.",
        change_type="bug_fix",
        base=base,
        edits=(FileEdit(path=path, content=content),),
        source="operator",
        researcher="program_analysis",
        refines=refines,
    )


def _tried(proposal: Proposal, verdict: str = "rejected") -> ExperienceEntry:
    return ExperienceEntry(
        id=f"x-{proposal.id}",
        run="r0",
        target="naive",
        tree=_Trees().digest(proposal.base),
        title=proposal.title,
        idea=proposal.idea,
        change_type="bug_fix",
        source=proposal.source,
        researcher=proposal.researcher,
        verdict=verdict,
        reason="No gain.",
        delta=0.0,
        edit_digest=proposal.edit_digest,
    )


def _one(
    proposal: Proposal, *tried: Proposal, verdict: str = "rejected", edits_known: bool = True
) -> NoveltyDecision:
    entries = [_tried(t, verdict) for t in tried]
    known = tried if edits_known else ()
    (decision,) = screen([proposal], entries, trees=_Trees(), known=known)
    assert decision.reason.endswith(".")
    assert decision.proposal_id == proposal.id
    return decision


def test_with_nothing_tried_everything_is_new() -> None:
    decision = _one(_proposal("p1"))
    assert decision.novel
    assert (decision.nearest, decision.similarity, decision.penalty) == (None, 0.0, 1.0)
    assert screen([], [], trees=_Trees()) == ()


@pytest.mark.parametrize("edits_known", [True, False])
def test_the_same_edit_in_the_same_tree_is_a_duplicate_whatever_it_is_called(
    edits_known: bool,
) -> None:
    renamed = _proposal("p2", title="Improve the picture pipeline", base="c1b")
    decision = _one(renamed, _proposal("p1"), edits_known=edits_known)
    assert not decision.novel
    assert decision.nearest == "x-p1"
    assert decision.reason == f'It makes exactly the edit of "{_IDEA}" (x-p1), which was rejected.'


@pytest.mark.parametrize("verdict", ["accepted", "superseded"])
def test_what_was_accepted_elsewhere_may_be_done_again(verdict: str) -> None:
    decision = _one(_proposal("p2"), _proposal("p1"), verdict=verdict)
    assert decision.novel
    assert decision.penalty == 1.0


def test_the_same_idea_with_a_cosmetic_difference_is_a_duplicate() -> None:
    commented = _proposal("p2", "# Case is noise.\n\n" + _FOLDED)
    decision = _one(commented, _proposal("p1"))
    assert not decision.novel
    assert "100% of the changed lines" in decision.reason
    assert decision.similarity == pytest.approx(1.0, abs=1e-5)


def test_the_same_idea_at_another_place_is_new_but_less_urgent() -> None:
    decision = _one(_proposal("p2", _FOLDED_OTHER_END), _proposal("p1"))
    assert decision.novel
    assert decision.penalty == 0.5
    assert "failed once by another edit or in another tree" in decision.reason


def test_the_same_idea_carried_out_otherwise_is_new() -> None:
    casefold = _FOLDED.replace("lower()", "casefold()")
    assert _one(_proposal("p2", casefold), _proposal("p1")).novel


def test_the_same_idea_in_another_file_is_new() -> None:
    assert _one(_proposal("p2", path="query.py"), _proposal("p1")).novel


def test_failures_in_another_tree_lower_the_priority_and_forbid_nothing() -> None:
    decision = _one(_proposal("p3", base="c2"), _proposal("p1"), _proposal("p2", _FOLDED_OTHER_END))
    assert decision.novel
    assert decision.penalty == pytest.approx(1 / 3)
    assert "failed 2 times" in decision.reason


def test_an_indecisive_attempt_is_no_failure() -> None:
    decision = _one(_proposal("p2", base="c2"), _proposal("p1"), verdict="indecisive")
    assert decision.novel
    assert decision.penalty == 1.0


def test_an_unlike_idea_is_new_at_full_priority() -> None:
    title = "Index the captions of pictures that have no address"
    unlike = _proposal("p2", _FOLDED_OTHER_END, title=title)
    unlike = unlike.model_copy(update={"rationale": "Photos cannot be found."})
    decision = _one(unlike, _proposal("p1"))
    assert decision.novel
    assert decision.penalty == 1.0
    assert decision.similarity < 0.5
    assert decision.reason.startswith("It is not like")


def test_a_refinement_is_not_a_repetition_of_what_it_refines() -> None:
    long = _BASE + "".join(f"LINE_{i} = {i}\n" for i in range(20))
    mended = long.replace("LINE_3 = 3", "LINE_3 = 30")
    assert not _one(_proposal("p2", mended), _proposal("p1", long)).novel
    decision = _one(_proposal("p2", mended, refines="p1"), _proposal("p1", long))
    assert decision.novel
    assert decision.penalty == 1.0
    assert not _one(_proposal("p3", long, refines="p1"), _proposal("p1", long)).novel


def test_within_a_batch_the_first_of_two_alike_stays() -> None:
    batch = [_proposal("p1"), _proposal("p2"), _proposal("p3", _FOLDED_OTHER_END)]
    first, second, third = screen(batch, [], trees=_Trees())
    assert (first.novel, second.novel, third.novel) == (True, False, True)
    assert second.nearest == "p1"
    assert "is in the same batch" in second.reason
    assert third.penalty == 1.0


def test_trees_are_read_from_git(tmp_path: Path) -> None:
    def git(*arguments: str, env: Mapping[str, str] | None = None) -> str:
        identity = ("-c", "user.name=T", "-c", "user.email=t@example.org")
        command = ["git", "-C", str(tmp_path), *identity, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    git("init", "-q")
    (tmp_path / "tokens.py").write_text(_BASE)
    git("add", ".")
    git("commit", "-q", "-m", "One")
    git("commit", "-q", "--allow-empty", "-m", "Two")
    trees = GitTrees(tmp_path)
    one, two = git("rev-parse", "HEAD~1"), git("rev-parse", "HEAD")
    assert one != two
    assert trees.digest(one) == trees.digest(two) == git("rev-parse", "HEAD^{tree}")
    assert trees.text(one, "tokens.py") == _BASE
    assert trees.text(one, "nothing.py") == ""
    with pytest.raises(DataError, match="has no commit deadbeef"):
        trees.digest("deadbeef")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (
            "Add BM25 beside dense retrieval. Rare names are missed by vectors.",
            "Fuse lexical and dense retrieval. Dense vectors miss rare names.",
            True,
        ),
        (
            "Resolve relative dates against the session date. Last week is taken from today.",
            "Ground relative dates in the session's date. 'Last week' is computed from today.",
            True,
        ),
        ("Set top_k to 30. Evidence is cut off.", "Set top_k to 50. Evidence is cut off.", True),
        (
            "Fold case in the tokenizer. Words that differ only by case do not match.",
            "Strip punctuation in the tokenizer. Words at the end of a sentence do not match.",
            False,
        ),
        (
            "Catch no exception in load_picture. A whole modality is swallowed.",
            "Catch no exception in search. A whole modality is swallowed.",
            False,
        ),
        (
            "Stem tokens in the index. Inflected forms do not match.",
            "Drop stop words in the index. Function words dominate scores.",
            False,
        ),
    ],
)
def test_the_threshold_tells_paraphrases_from_neighbours(one: str, other: str, alike: bool) -> None:
    vectors = embed([one, other])
    assert (float(vectors[0] @ vectors[1]) >= THRESHOLD) is alike
